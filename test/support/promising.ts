import { Duration } from 'cdk8s';
import { Objective } from '../../lib';
import type { AlertingRule, RuleGroup } from '../../lib/metrics/rules';
import { planObjectives } from '../../lib/objectives/objectives-plan';
import { sloAlerts } from '../../lib/objectives/slo-alerts';
import { sloRules } from '../../lib/objectives/slo-rules';
import type { Watched } from '../../lib/plan/watched';
import { watchedWith } from './watched';

export const WITHIN = Duration.millis(60);
export const MONTH = Duration.days(28);

/** The facts about a stack with some objectives, for rules and alerts. */
export function promising(objectives: Objective[], more: Partial<Watched> = {}): Watched {
  const watched = watchedWith(more);
  const planned = planObjectives(objectives, watched);
  return { ...watched, objectives: planned };
}

/** All rules of a stack's objectives: one group for each, and one for the alerts. */
export function objectiveRules(watched: Watched): RuleGroup[] {
  const { namespace, app, model } = watched;
  const alerts = sloAlerts(watched).map(
    ({ name, severity, expr, for: lasts, labels, summary, description }): AlertingRule => ({
      alert: name,
      expr,
      for: lasts,
      labels: { namespace, app, model, severity, ...labels },
      annotations: { summary, description },
    }),
  );
  return [...sloRules(watched), { name: 'alerts', rules: alerts }];
}

/** One objective of each kind. */
export const EACH_KIND: readonly Objective[] = [
  Objective.timeToFirstToken({ percentile: 95, within: WITHIN }),
  Objective.interTokenLatency({ percentile: 99, within: Duration.millis(50), window: MONTH }),
  Objective.endToEnd({ percentile: 90, within: Duration.seconds(30) }),
  Objective.errorRate({ below: 0.005 }),
  Objective.errorRate({ below: 0.01, atGateway: true }),
  Objective.availability({ atLeast: 0.999, window: MONTH }),
];
