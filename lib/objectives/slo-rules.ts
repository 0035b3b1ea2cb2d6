import { SLO } from '../defaults';
import { series } from '../metrics/promql';
import type { RecordingRule, RuleGroup, RuleLabels } from '../metrics/rules';
import type { PlannedObjective } from '../metrics/slo';
import { SECONDS_OF_DAY, SLO_RECORDS, windowLabel } from '../metrics/slo';
import type { Watched } from '../plan/watched';
import { decimal } from '../units/decimal';
import { sliOf } from './sli';

const WINDOWS = [300, 1800, 3600, 7200, 21_600, 86_400, 259_200];

/** The labels of Sloth, by which its series are found. */
export function slothLabels({ id, service, slo }: PlannedObjective): RuleLabels {
  return { sloth_id: id, sloth_service: service, sloth_slo: slo };
}

/** Series that show how well each promise is kept, one group for each. */
export function sloRules(watched: Watched): RuleGroup[] {
  return watched.objectives.map((objective) => ({
    name: `${watched.app}-slo-${objective.slo}`,
    interval: SLO.evaluationInterval,
    rules: rulesOf(objective, watched),
  }));
}

/**
 * In an order in which each rule reads only what earlier ones have recorded. Each reads a total: when the model gets
 * another name, a window holds series of both, and a rule that makes one series of two fails until the old one is out.
 */
function rulesOf(objective: PlannedObjective, watched: Watched): RecordingRule[] {
  const { namespace, app, model } = watched;
  const labels = { namespace, app, model, ...slothLabels(objective) };
  const rule = (record: string, expr: string, more: RuleLabels = {}): RecordingRule => ({
    record,
    expr,
    labels: { ...labels, ...more },
  });
  const of = (record: string): string => series(record, watched, { sloth_id: objective.id });
  const { events, bad } = sliOf(objective, watched);
  const period = objective.window * SECONDS_OF_DAY;
  const budget = decimal(1 - objective.target);
  const perBudget = (window: number): string => `max(${of(SLO_RECORDS.errorRatio + windowLabel(window))}) / ${budget}`;

  return [
    rule(SLO_RECORDS.events, events),
    rule(SLO_RECORDS.badEvents, bad),
    ...[...WINDOWS, period].map((seconds) => {
      const window = windowLabel(seconds);
      const over = (record: string) =>
        `sum(${seconds === 300 ? of(record) : `sum_over_time(${of(record)}[${window}])`})`;
      const ratio = `${over(SLO_RECORDS.badEvents)} / (${over(SLO_RECORDS.events)} > 0)`;
      return rule(SLO_RECORDS.errorRatio + window, bounded(objective, ratio), { sloth_window: window });
    }),
    rule(SLO_RECORDS.objective, `vector(${objective.target})`),
    rule(SLO_RECORDS.errorBudget, `vector(${budget})`),
    rule(SLO_RECORDS.periodDays, `vector(${objective.window})`),
    rule(SLO_RECORDS.currentBurnRate, perBudget(300)),
    rule(SLO_RECORDS.periodBurnRate, perBudget(period)),
    rule(SLO_RECORDS.budgetRemaining, `1 - max(${of(SLO_RECORDS.periodBurnRate)})`),
    rule(SLO_RECORDS.info, 'vector(1)', { sloth_objective: String(decimal(objective.target * 100)) }),
  ];
}

/** A request can fail in the engine more than once: it has several prompts, or its failure is a 5xx as well. */
function bounded({ kind }: PlannedObjective, ratio: string): string {
  return kind === 'error-rate' ? `clamp_max(${ratio}, 1)` : ratio;
}
