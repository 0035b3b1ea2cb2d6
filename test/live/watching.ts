import type { Any } from '../world/world-api';
import { hurriedQuery } from './hurried';
import { NAMESPACE } from './live-stack';
import type { Prometheus } from './prometheus';

/** Alerts about canaries, with their queries. */
function canaryAlerts(manifests: readonly Any[]): Map<string, string> {
  const rules: Any[] = manifests
    .filter(({ kind }) => kind === 'PrometheusRule')
    .flatMap(({ spec }) => spec.groups)
    .flatMap((group) => group.rules);
  const own = rules.filter(({ alert }) => alert?.startsWith('VllmCanary'));
  return new Map(own.map(({ alert, expr }) => [alert, expr]));
}

/** The alerts about canaries whose query returns elements now, without their `for`. */
export async function activeAlerts(prometheus: Prometheus, manifests: readonly Any[]): Promise<string[]> {
  const alerts = [...canaryAlerts(manifests)];
  const elements = await Promise.all(alerts.map(([, expr]) => prometheus.query(expr)));
  return alerts.filter((_, at) => (elements[at] ?? []).length > 0).map(([name]) => name);
}

/** How many elements each panel about the rollout shows now, and the marks of changes. */
export async function rolloutPanels(
  prometheus: Prometheus,
  manifests: readonly Any[],
): Promise<Record<string, number>> {
  const [dashboard] = manifests
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap(({ data }) => Object.values<string>(data))
    .map((text) => JSON.parse(text));
  const row = dashboard.panels.find(({ title }: Any) => title === 'Rollout');
  const queries: [string, string][] = [
    ...row.panels.flatMap(({ title, targets }: Any) => targets.map(({ expr }: Any) => [title, expr])),
    ...dashboard.annotations.list.flatMap(({ name, expr }: Any) => (name === 'Rollout' ? [['marks', expr]] : [])),
  ];
  const counts = queries.map(async ([title, expr]) => [title, (await prometheus.query(filledIn(expr))).length]);
  return Object.fromEntries(await Promise.all(counts));
}

/** A query of a dashboard with the values that its variables have by default. */
const filledIn = (expr: string): string =>
  hurriedQuery(
    expr
      .replaceAll('$__rate_interval', '1m')
      .replaceAll('$namespace', NAMESPACE)
      .replaceAll(/\$(model|pod)\b/g, '.+'),
  );
