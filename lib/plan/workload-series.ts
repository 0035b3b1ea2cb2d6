import type { Matcher } from '../metrics/promql';
import { namespaceLayouts, selector } from '../metrics/promql';
import type { WorkloadFacts } from './workload-facts';

/** A workload and the namespace of its series; in a dashboard, the namespace is a variable. */
export interface WorkloadScope {
  readonly namespace: string;
  readonly workload: WorkloadFacts;
}

/**
 * A series of a workload, with the labels of its exporter; several series with `or` if the exporter may hide the
 * namespace. `of` wraps each of them, for example in a rate.
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
