import { fleetDashboard } from '../../lib/dashboards/fleet/fleet-dashboard';
import { gpuDashboard } from '../../lib/dashboards/fleet/gpu-dashboard';
import type { Dashboard } from '../../lib/dashboards/grafana/dashboard';
import type { PlacedPanel, PlacedRow } from '../../lib/dashboards/grafana/layout';
import { serviceDashboard } from '../../lib/dashboards/service/service-dashboard';
import type { FlagName } from '../../lib/engine/catalogue/flag-name';
import { KNOWN_MINORS, lastPatchOf, parseRelease } from '../../lib/engine/release';
import type { PlannedObjective } from '../../lib/metrics/slo';
import type { Watched } from '../../lib/plan/watched';
import { AT_ENVOY_GATEWAY, AT_ISTIO } from './gateways';
import { AS_ROLLOUT, watchedWith } from './watched';

const PAGE = [
  { severity: 'page', long: 3600, short: 300, factor: 14.4, threshold: 0.72 },
  { severity: 'page', long: 21_600, short: 1800, factor: 6, threshold: 0.3 },
  { severity: 'ticket', long: 86_400, short: 7200, factor: 3, threshold: 0.15 },
] as const;

/** An objective as a stack plans it. */
export function objectiveWith(more: Partial<PlannedObjective> = {}): PlannedObjective {
  return {
    id: 'llm-vllm-ttft',
    service: 'llm/vllm',
    slo: 'ttft',
    kind: 'time-to-first-token',
    title: '95 % of first tokens within 60 ms',
    target: 0.95,
    window: 30,
    latency: { histogram: 'vllm:time_to_first_token_seconds', bound: 0.06, percentile: 95 },
    burnRates: PAGE,
    ...more,
  };
}

export const ERRORS = objectiveWith({
  slo: 'errors',
  kind: 'error-rate',
  title: 'Less than 0.5 % errors',
  target: 0.995,
  latency: undefined,
});

/** Flags with which a stack has every panel. */
export const ALL_FLAGS: readonly FlagName[] = ['--speculative-config', '--kv-transfer-config', '--kv-offloading-size'];

/** A stack that has every row. */
export function everything(more: Partial<Watched> = {}): Watched {
  const objectives = [objectiveWith(), ERRORS];
  return watchedWith({
    objectives,
    dollarsPerDeviceHour: 1.86,
    flags: ALL_FLAGS,
    gateway: AT_ENVOY_GATEWAY,
    ...more,
  });
}

const newest = KNOWN_MINORS.at(-1) ?? '';

export const release = (minor: string) => lastPatchOf(minor) ?? parseRelease(`${minor}.0`);
export const MINORS = KNOWN_MINORS;

const AMD = { nvidia: false, resourceName: 'amd.com/gpu', perPod: 1 };

/** Dashboards of every kind: both workloads, with and without a scaler, the smallest and the largest. */
export const DASHBOARDS: readonly (readonly [name: string, dashboard: Dashboard])[] = [
  ['a stack with everything', serviceDashboard(everything({ release: release(newest) }))],
  ['a stack with nothing', serviceDashboard(watchedWith({ scaler: undefined, device: AMD }))],
  ['a stack as a Rollout', serviceDashboard(everything({ workload: AS_ROLLOUT }))],
  ['a stack of the oldest release', serviceDashboard(everything({ release: release(KNOWN_MINORS[0] ?? '') }))],
  ['a stack behind Istio', serviceDashboard(watchedWith({ gateway: AT_ISTIO }))],
  ['the fleet', fleetDashboard('vllm-fleet')],
  ['the GPUs', gpuDashboard('vllm-gpus')],
];

const isRow = (panel: PlacedRow | PlacedPanel): panel is PlacedRow => panel.type === 'row';

/** Rows with all their panels, whether they are open or not. */
export function rowsOf({ panels }: Dashboard): { row: PlacedRow; panels: PlacedPanel[] }[] {
  const rows: { row: PlacedRow; panels: PlacedPanel[] }[] = [];
  for (const panel of panels) {
    if (isRow(panel)) rows.push({ row: panel, panels: [...panel.panels] });
    else rows.at(-1)?.panels.push(panel);
  }
  return rows;
}

/** All panels except the headings of rows. */
export const panelsOf = (dashboard: Dashboard): PlacedPanel[] => rowsOf(dashboard).flatMap(({ panels }) => panels);

/** The panel with a title; `inRow` is needed if two panels have that title. */
export function panelOf(dashboard: Dashboard, title: string, inRow?: string): PlacedPanel {
  const rows = rowsOf(dashboard).filter(({ row }) => inRow === undefined || row.title === inRow);
  const found = rows.flatMap(({ panels }) => panels.filter((panel) => panel.title === title));
  if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} panels are named "${title}"`);
  return found[0];
}

/** The queries of a panel. */
export const exprsOf = (dashboard: Dashboard, title: string, inRow?: string): string[] =>
  panelOf(dashboard, title, inRow).targets.map(({ expr }) => expr);

/** Every query of a dashboard, including those of annotations. */
export function queriesOf(dashboard: Dashboard): string[] {
  const { list } = dashboard.annotations as { list: { expr: string }[] };
  return [
    ...panelsOf(dashboard).flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ...list.map(({ expr }) => expr),
  ];
}

interface JsonVariable {
  readonly name: string;
  readonly type: string;
  readonly query: string | { readonly query: string };
  readonly allValue?: string;
  readonly multi: boolean;
  readonly current?: { readonly value: string | readonly string[] };
}

export const variablesOf = ({ templating }: Dashboard): JsonVariable[] => (templating as { list: JsonVariable[] }).list;

/** A query as Grafana sends it when the dashboard is opened. */
export function opened(expr: string, dashboard: Dashboard): string {
  let text = expr.replaceAll('$__rate_interval', '5m');
  for (const { name, allValue, current } of variablesOf(dashboard)) {
    const value = current?.value ?? '';
    text = text.replaceAll(`$${name}`, typeof value === 'string' ? value : (allValue ?? ''));
  }
  return text;
}
