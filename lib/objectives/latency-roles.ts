import type { MetricRole } from '../engine/metric-roles';
import { newestName } from '../engine/metric-roles';
import type { LatencyKind } from './objective-spec';

/** What measures each latency. */
const LATENCY_ROLES: Readonly<Record<LatencyKind, MetricRole>> = {
  'time-to-first-token': 'timeToFirstToken',
  'inter-token-latency': 'interTokenLatency',
  'end-to-end': 'endToEnd',
};

/**
 * The histogram of a promise. Its newest name only: a promise under a name that vLLM drops would start from zero
 * with an upgrade.
 */
export function histogramOf(kind: LatencyKind): string {
  return newestName(LATENCY_ROLES[kind]);
}
