import { Catalogue } from '../engine/catalogue/catalogue';
import { countsEngineErrors, isExposed, metricOf, movedBy, WORK_HANDLERS } from '../engine/metric-roles';
import type { MetricScope } from '../metrics/promql';
import { series } from '../metrics/promql';
import type { PlannedObjective } from '../metrics/slo';
import { SLO_RECORDS } from '../metrics/slo';
import { engineSeries } from '../plan/engine-series';
import { gatewayRecord } from '../plan/gateway-rules';
import type { Watched } from '../plan/watched';
import { ofWorkload } from '../plan/workload-series';

/** The events of a promise in the last five minutes, each as one expression with one element. */
export interface Sli {
  /** Events per second; no element when nothing is scraped. */
  readonly events: string;
  /** Bad ones among them; an element whenever `events` has one. */
  readonly bad: string;
}

const rate = (selected: string): string => `sum(rate(${selected}[5m]))`;

/** A bucket's label as vLLM's Python client writes it: a float, `1.0`. */
export function bucketLabel(bound: number): string {
  return Number.isInteger(bound) ? `${bound}.0` : String(bound);
}

/** What the events of an objective were recorded as, without labels. */
const recorded = (scope: MetricScope, { id }: PlannedObjective): string =>
  `sum(${series(SLO_RECORDS.events, scope, { sloth_id: id })})`;

function latency({ histogram, bound }: NonNullable<PlannedObjective['latency']>, scope: MetricScope): Sli {
  const all = rate(series(`${histogram}_count`, scope));
  const fast = rate(series(`${histogram}_bucket`, scope, { le: bucketLabel(bound) }));
  return { events: all, bad: `${all} - ${fast}` };
}

/**
 * Failures that the HTTP server counts as 5xx, and those that come after the first byte of a stream, when 200 is sent
 * already: the engine's own, and rejections. A series that is missing reads 0 as long as requests are counted.
 */
function errors(objective: PlannedObjective, watched: Watched): Sli {
  const { release, flags } = watched;
  const handler = { matches: WORK_HANDLERS };
  const catalogue = Catalogue.of(release);
  const failed = engineSeries('http', watched, '', { handler, status: { matches: '5..' } });
  const none = `0 * ${recorded(watched, objective)}`;
  const counted = isExposed(metricOf('rejections', catalogue), catalogue);
  const rejects = counted && movedBy('rejections').some((flag) => flags.includes(flag));
  // Most rejections are 503 and counted as such: the larger of the two counts none twice. The label keeps them apart.
  const answered = rejects
    ? `max(sum by (app) (rate(${failed}[5m])) or ${rate(engineSeries('rejections', watched))})`
    : rate(failed);
  const broken = rate(engineSeries('finished', watched, '', { finished_reason: 'error' }));
  return {
    events: rate(engineSeries('http', watched, '', { handler })),
    bad: [answered, ...(countsEngineErrors(catalogue) ? [broken] : [])]
      .map((each) => `(${each} or ${none})`)
      .join(' + '),
  };
}

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
  if (objective.latency) return latency(objective.latency, watched);
  if (objective.kind === 'gateway-error-rate') return errorsAtGateway(watched);
  return objective.kind === 'availability' ? availability(watched) : errors(objective, watched);
}
