import { Catalogue } from '../engine/catalogue/catalogue';
import { isExposed, metricOf } from '../engine/metric-roles';
import type { Alert, AlertingRule, RuleGroup } from '../metrics/rules';
import { runbookUrl } from '../metrics/runbook';
import type { Watched } from '../plan/watched';
import type { Finding } from '../preflight/finding';
import type { AlertOptions } from './alert-options';
import type { AlertSettings, TuningSettings } from './alert-settings';
import { alertSettings } from './alert-settings';
import type { AlertRow } from './alert-row';
import { numberFor } from './alert-row';
import { ALERT_ROWS, ALERT_TOPICS, OBJECTIVE_ALERTS } from './catalogue/alert-catalogue';
import type { Absence, Tunable } from './tuning';
import { offFindings, tuningFindings } from './tuning';

/** The property of the stack that holds the options. */
const SUBJECT = 'alerts';

/** Everything decided about the alerts of a stack. */
export interface AlertPlan {
  /** One group for each topic that has alerts. */
  readonly groups: readonly RuleGroup[];
  readonly settings: AlertSettings;
  /** Names of the alerts that another part of the stack worked out: those of its objectives. */
  readonly promised: readonly string[];
}

/** Why a stack does not have an alert. */
function absence(row: AlertRow, watched: Watched, tuning: TuningSettings = {}): Absence | undefined {
  const catalogue = Catalogue.of(watched.release);
  const missing = row.reads?.map((role) => metricOf(role, catalogue)).find((name) => !isExposed(name, catalogue));
  if (missing !== undefined) return { reason: `vLLM ${watched.release.text} has no ${missing}` };
  const reason = row.absent?.(watched);
  if (reason !== undefined) return { reason, needs: row.needs };
  const needsThreshold = row.threshold !== undefined && row.threshold.value === undefined;
  if (!needsThreshold || tuning.threshold !== undefined) return undefined;
  return { reason: 'it has no threshold until you set one', needs: 'threshold' };
}

/** A row as an alert of this stack. */
function alertOf(row: AlertRow, watched: Watched, tuning: TuningSettings = {}): Alert {
  const { name, severity, pending, threshold, summary, description } = row;
  const limit = tuning.threshold ?? numberFor(threshold?.value ?? 0, watched);
  return { name, severity, expr: row.expr(watched, limit), for: numberFor(pending, watched), summary, description };
}

/** Prometheus reads labels of alerts as templates, and the name of a model may have any character but spaces. */
const literal = (text: string): string => text.replaceAll('{{', '{{"{{"}}');

function ruleOf(alert: Alert, watched: Watched, options: AlertSettings): AlertingRule {
  const { name, severity, expr, labels, summary, description } = alert;
  const { namespace, app, model } = watched;
  const { runbookBaseUrl, dashboardUrl } = options;
  const tuning = options.tune?.[name] ?? {};
  return {
    alert: name,
    expr,
    for: tuning.pending ?? alert.for,
    labels: {
      severity: tuning.severity ?? severity,
      namespace,
      app,
      model: literal(model),
      ...labels,
      ...options.labels,
    },
    annotations: {
      summary,
      description,
      runbook_url: runbookUrl(name, runbookBaseUrl),
      ...(dashboardUrl === undefined ? {} : { dashboard_url: dashboardUrl }),
    },
  };
}

function tunables(watched: Watched, { settings, promised: names }: AlertPlan): Tunable[] {
  const rows = ALERT_ROWS.map((row) => ({
    name: row.name,
    absent: absence(row, watched, settings.tune?.[row.name]),
    threshold: row.threshold,
    instead: 'remove threshold: the condition either holds or not',
  }));
  const promised = new Set(names);
  const promises = [...new Set([...OBJECTIVE_ALERTS.keys(), ...promised])].map((name) => ({
    name,
    absent: promised.has(name) ? undefined : { reason: `no objective is set for ${OBJECTIVE_ALERTS.get(name)}` },
    threshold: undefined,
    instead: 'change the objective instead',
  }));
  return [...rows, ...promises];
}

/**
 * Decides the alerts of a stack. Expects options of the right shape.
 *
 * @param others alerts that another part of the stack worked out: those of its objectives
 */
export function planAlerts(watched: Watched, options: AlertOptions, others: readonly Alert[] = []): AlertPlan {
  const settings = alertSettings(options);
  const plan = { settings, promised: others.map(({ name }) => name) };
  if (settings.enabled === false) return { ...plan, groups: [] };
  const isOn = ({ name }: { readonly name: string }) => settings.tune?.[name]?.enabled !== false;
  const applies = (row: AlertRow) => isOn(row) && absence(row, watched, settings.tune?.[row.name]) === undefined;
  const topics = Object.entries(ALERT_TOPICS).map(([topic, rows]) => [topic, rows.filter(applies)] as const);
  const alerts: (readonly [topic: string, alerts: readonly Alert[]])[] = [
    ['objectives', others.filter(isOn)],
    ...topics.map(
      ([topic, rows]) => [topic, rows.map((row) => alertOf(row, watched, settings.tune?.[row.name]))] as const,
    ),
  ];
  return {
    ...plan,
    groups: alerts
      .filter(([, each]) => each.length > 0)
      .map(([topic, each]) => ({
        name: `${watched.app}-alerts-${topic}`,
        rules: each.map((alert) => ruleOf(alert, watched, settings)),
      })),
  };
}

/** What is wrong with the changes to the alerts of a stack. */
export function alertFindings(watched: Watched, plan: AlertPlan): Finding[] {
  const { settings } = plan;
  if (settings.enabled === false) return offFindings(SUBJECT, settings);
  return settings.tune === undefined ? [] : tuningFindings(SUBJECT, settings, tunables(watched, plan));
}
