import type { PlannedObjective } from '../../metrics/slo';
import { SECONDS_OF_DAY, SLO_RECORDS, windowLabel } from '../../metrics/slo';
import type { Row } from '../grafana/layout';
import { COLUMNS } from '../grafana/layout';
import type { Panel } from '../grafana/panel';
import { table } from '../grafana/table';
import { timeseries } from '../grafana/timeseries';
import { UNIT } from '../grafana/units';
import { stat } from '../grafana/values';
import { max } from '../panel-queries';
import type { ServiceScope } from './scope';

/** Narrowest number that its title still fits above. */
const MIN_WIDTH = 4;

const percent = (share: number): string => `${Number((share * 100).toFixed(6))} %`;

function attainment({ slo, title, target, window }: PlannedObjective, width: number, scope: ServiceScope): Panel {
  const errors = scope.whole(SLO_RECORDS.errorRatio + windowLabel(window * SECONDS_OF_DAY), { sloth_slo: slo });
  return stat({
    title,
    about: `Share of good events in the last ${window} days; the promise is ${percent(target)}. Below it the promise is broken: make no changes except repairs, and look at the burn rate to see when it happened.`,
    unit: UNIT.share,
    queries: [{ expr: `1 - ${max(errors)}`, legend: title }],
    width,
    decimals: 2,
    base: 'red',
    bounds: [{ value: target, color: 'green' }],
  });
}

function budget(objectives: readonly PlannedObjective[], scope: ServiceScope): Panel {
  return timeseries({
    title: 'Error budget remaining',
    about:
      'Share of the allowed bad events that is left. At 0 the budget is used up: make no risky changes until it recovers.',
    unit: UNIT.share,
    signed: true,
    max: 1,
    queries: objectives.map(({ slo, title }) => ({
      expr: max(scope.whole(SLO_RECORDS.budgetRemaining, { sloth_slo: slo })),
      legend: title,
    })),
    lines: [{ value: 0, color: 'red' }],
  });
}

/** Burn rates that page a person on call. */
function pageFactors(objectives: readonly PlannedObjective[]): number[] {
  const pages = objectives.flatMap(({ burnRates }) => burnRates.filter(({ severity }) => severity === 'page'));
  return [...new Set(pages.map(({ factor }) => factor))].sort((a, b) => a - b);
}

function burn(objectives: readonly PlannedObjective[], scope: ServiceScope): Panel {
  return timeseries({
    title: 'Burn rate',
    about:
      'How many times faster than allowed the error budget burns. At 1 it lasts exactly for its window. If it stays above a red line, it pages a person on call. Look at the latency and error panels of the same minute.',
    unit: UNIT.count,
    queries: objectives.map(({ slo, title }) => ({
      expr: max(scope.whole(SLO_RECORDS.currentBurnRate, { sloth_slo: slo })),
      legend: title,
    })),
    lines: [
      { value: 1, color: 'orange' },
      ...pageFactors(objectives).map((value) => ({ value, color: 'red' as const })),
    ],
  });
}

/** Prometheus writes the series ALERTS itself: the list needs no access to an Alertmanager. */
function alerts(scope: ServiceScope, width: number): Panel {
  return table({
    title: 'Firing alerts',
    about: 'Alerts of this stack that fire now. Each has a runbook in its annotations.',
    width,
    labels: { alertname: 'Alert', severity: 'Severity' },
    columns: [
      {
        title: 'Firing',
        unit: UNIT.count,
        expr: `count by (alertname, severity) (${scope.whole('ALERTS', { alertstate: 'firing' })})`,
      },
    ],
    sortBy: 'Severity',
  });
}

/** The objectives, what is left of their error budgets, and the alerts that fire; without objectives only the alerts. */
export function sloRow(scope: ServiceScope): Row {
  const { objectives } = scope.watched;
  if (objectives.length === 0) return { title: 'Alerts', panels: [alerts(scope, COLUMNS)] };
  const width = Math.max(MIN_WIDTH, Math.floor(COLUMNS / objectives.length));
  return {
    title: 'Objectives',
    panels: [
      ...objectives.map((objective) => attainment(objective, width, scope)),
      budget(objectives, scope),
      burn(objectives, scope),
      alerts(scope, COLUMNS / 3),
    ],
  };
}
