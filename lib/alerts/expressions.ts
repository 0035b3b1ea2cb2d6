import type { Matcher } from '../metrics/promql';
import { selector, window } from '../metrics/promql';
import type { Watched } from '../plan/watched';

type Labels = Readonly<Record<string, Matcher>>;

/** A metric of kube-state-metrics about the pods of a stack. */
export function ofPods(metric: string, { namespace, pods }: Watched, more: Labels = {}): string {
  return selector(metric, { namespace, pod: { matches: pods }, ...more });
}

/** The highest value for each pod: kube-state-metrics may run twice. */
export function maxByPod(query: string): string {
  return `max by (namespace, pod) (${query})`;
}

/** A total over the whole stack. */
export function total(query: string): string {
  return `sum by (namespace, app) (${query})`;
}

/** Growth per second over five minutes, which holds four scrapes a minute apart. */
export function rate(series: string, seconds = 300): string {
  return `rate(${series}[${window(seconds)}])`;
}

/** Each data-parallel engine of each pod. */
export const BY_ENGINE = '(namespace, pod, engine)';
