import type { Matcher } from '../metrics/promql';
import { namespaceLayouts, selector } from '../metrics/promql';
import type { WorkloadFacts } from './workload-facts';

/** A workload and the namespace of its series, which a dashboard has as a variable. */
export interface WorkloadScope {
  readonly namespace: string;
  readonly workload: WorkloadFacts;
}

/**
 * A series of a workload, as its kind's exporter names it; several with `or` where the exporter may hide the namespace.
 * `of` is what happens to each of them, such as a rate.
 */
export function ofWorkload(
  metric: string,
  { namespace, workload: { name, exporter } }: WorkloadScope,
  more: Readonly<Record<string, Matcher>> = {},
  of = (selected: string): string => selected,
): string {
  const layouts = exporter.hidesNamespace ? namespaceLayouts(namespace) : [{ namespace }];
  return layouts.map((each) => of(selector(metric, { ...each, [exporter.nameLabel]: name, ...more }))).join(' or ');
}
