import type { Catalogue } from '../catalogue/catalogue';
import type { ReleasedMetric } from '../catalogue/released';

/** What changes from one release to another in the metrics that a stack reads. */
export function metricChanges(before: Catalogue, after: Catalogue, read: readonly string[]): string[] {
  return read.flatMap((name) => {
    const [old, now] = [before.metric(name), after.metric(name)];
    if (old === undefined) return [];
    return now === undefined ? [`the metric ${name} is removed${use(old)}`] : differences(old, now);
  });
}

const use = ({ replacedBy }: ReleasedMetric) => (replacedBy === undefined ? '' : `: use ${replacedBy}`);

function differences(old: ReleasedMetric, now: ReleasedMetric): string[] {
  const changes: string[] = [];
  const { name } = now;
  if (!old.hidden && now.hidden) changes.push(`the metric ${name} is hidden${use(now)}`);
  else if (old.deprecated === undefined && now.deprecated !== undefined) {
    changes.push(`the metric ${name} is deprecated${use(now)}`);
  }
  const lost = old.labels.filter((label) => !now.labels.includes(label));
  const added = now.labels.filter((label) => !old.labels.includes(label));
  if (lost.length > 0) changes.push(`the metric ${name} no longer has the label ${lost.join(', ')}`);
  if (added.length > 0) changes.push(`the metric ${name} has the new label ${added.join(', ')}, so it has more series`);
  return changes;
}
