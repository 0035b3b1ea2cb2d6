import { SLO } from '../defaults';
import type { MetricScope } from '../metrics/promql';
import { series } from '../metrics/promql';
import type { Alert } from '../metrics/rules';
import type { BurnRate, ObjectiveKind, PlannedObjective } from '../metrics/slo';
import { SLO_RECORDS, windowLabel } from '../metrics/slo';
import type { Watched } from '../plan/watched';
import { slothLabels } from './slo-rules';
import { about, percent, timeOf } from './words';

/** What a kind is called in the names of its alerts, and what its bad events are. */
const KINDS: Readonly<Record<ObjectiveKind, { readonly name: string; readonly bad: string }>> = {
  'time-to-first-token': { name: 'TimeToFirstToken', bad: 'first tokens came too late' },
  'inter-token-latency': { name: 'InterTokenLatency', bad: 'tokens came too late' },
  'end-to-end': { name: 'EndToEnd', bad: 'requests took too long' },
  'error-rate': { name: 'ErrorRate', bad: 'requests failed' },
  'gateway-error-rate': { name: 'GatewayErrorRate', bad: 'requests failed at the gateway' },
  availability: { name: 'Availability', bad: 'the time had no available replica' },
};

const LEVELS = [
  { sloth: 'page', speed: 'Fast', severity: 'critical', lasts: SLO.pageFor },
  { sloth: 'ticket', speed: 'Slow', severity: 'warning', lasts: SLO.ticketFor },
] as const;

/** Two alerts for each promise: one that pages a person on call, and one that can wait for the morning. */
export function sloAlerts(watched: Watched): Alert[] {
  return watched.objectives.flatMap((objective) =>
    LEVELS.map(({ sloth, speed, severity, lasts }) => {
      const { name, bad } = KINDS[objective.kind];
      const rates = objective.burnRates.filter((rate) => rate.severity === sloth);
      return {
        name: `Vllm${name}Burn${speed}`,
        severity,
        expr: rates.map((rate) => burning(rate, objective, watched)).join(' or '),
        for: lasts,
        labels: { ...slothLabels(objective), sloth_severity: sloth },
        summary: `The error budget of "${objective.title}" burns ${sloth === 'page' ? 'fast' : 'steadily'}.`,
        description: `{{ $value | humanizePercentage }} of ${bad}. The limit is ${rates.map(limitOf).join(', or ')}.`,
      };
    }),
  );
}

/**
 * A burn that counts: the long window shows that it matters, the short one that it continues, and the number of bad events
 * that it is not chance. Totals, as in the records: labels come from the rule.
 */
function burning({ long, short, threshold }: BurnRate, objective: PlannedObjective, scope: MetricScope): string {
  const { id, kind, minEventRate } = objective;
  const of = (record: string): string => series(record, scope, { sloth_id: id });
  const over = (seconds: number): string => `max(${of(SLO_RECORDS.errorRatio + windowLabel(seconds))}) > ${threshold}`;
  const conditions = [over(long), over(short)];
  if (kind !== 'availability') {
    const bad = `sum(sum_over_time(${of(SLO_RECORDS.badEvents)}[${windowLabel(long)}]))`;
    // A rate, recorded at each evaluation: times the seconds between two, it is a number of events.
    conditions.push(`${bad} * ${SLO.evaluationInterval} >= ${SLO.fewestBadEvents}`);
  }
  if (minEventRate !== undefined) {
    const events = `max(avg_over_time(${of(SLO_RECORDS.events)}[${windowLabel(long)}]))`;
    conditions.push(`${events} >= ${minEventRate}`);
  }
  return `(${conditions.join(' and ')})`;
}

const limitOf = ({ long, factor, threshold }: BurnRate): string =>
  `${percent(about(threshold))} over ${timeOf(long)}, ${times(factor)} the promise allows`;

/** A multiple in words. */
function times(factor: number): string {
  const rounded = Number(about(factor).toFixed(2));
  return rounded === 1 ? 'as much as' : `${rounded} times what`;
}
