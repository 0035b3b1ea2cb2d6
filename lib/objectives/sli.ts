import type { MetricScope } from '../metrics/promql';
import { series } from '../metrics/promql';
import type { PlannedObjective } from '../metrics/slo';
import { SLO_RECORDS } from '../metrics/slo';
import { gatewayRecord } from '../plan/gateway-rules';
import type { Sli } from '../plan/sli';
import { errorSli, latencySli } from '../plan/sli';
import type { Watched } from '../plan/watched';
import { ofWorkload } from '../plan/workload-series';

/** All pods, over the window that every longer one is summed from. */
const LAST_5M = { window: '5m', pods: {} };

/** What the events of an objective were recorded as, without labels. */
const recorded = (scope: MetricScope, { id }: PlannedObjective): string =>
  `sum(${series(SLO_RECORDS.events, scope, { sloth_id: id })})`;

/**
 * Every answer at the gateway, whether a pod or the gateway gave it: the records of the stack. Without a gateway there are
 * none, and a finding refuses the promise.
 */
function errorsAtGateway(watched: Watched): Sli {
  return { events: gatewayRecord('answered', watched), bad: gatewayRecord('failed', watched) };
}

/** A second in which replicas are desired is an event. It is a bad one if no replica is available. */
function availability(watched: Watched): Sli {
  const { desiredReplicas, availableReplicas } = watched.workload;
  const desired = `max(${ofWorkload(desiredReplicas, watched)})`;
  const available = `max(${ofWorkload(availableReplicas, watched)})`;
  const over5m = (expression: string): string => `avg_over_time((${expression})[5m:30s])`;
  return {
    events: over5m(`${desired} > bool 0`),
    bad: over5m(`(${desired} > bool 0) * (${available} == bool 0)`),
  };
}

/** How a promise is measured. */
export function sliOf(objective: PlannedObjective, watched: Watched): Sli {
  if (objective.latency) return latencySli(objective.latency, watched, LAST_5M);
  if (objective.kind === 'gateway-error-rate') return errorsAtGateway(watched);
  if (objective.kind === 'availability') return availability(watched);
  return errorSli(watched, LAST_5M, `0 * ${recorded(watched, objective)}`);
}
