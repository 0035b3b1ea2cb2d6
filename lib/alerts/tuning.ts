import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { didYouMean } from '../preflight/nearest';
import type { AlertSettings, TuningSettings } from './alert-settings';
import type { Threshold } from './alert-row';

/** Why a stack does not have an alert. */
export interface Absence {
  readonly reason: string;
  /** The property to set to get it, where one property is enough. */
  readonly needs?: string;
}

/** What tuning needs to know about an alert. */
export interface Tunable {
  readonly name: string;
  /** Why the stack does not have it; undefined when it has it. */
  readonly absent: Absence | undefined;
  /** Undefined for an alert without a threshold. */
  readonly threshold: Threshold | undefined;
  /** What to change instead of a threshold. */
  readonly instead: string;
}

function wrong(subject: string, tuning: TuningSettings, { name, absent, threshold, instead }: Tunable): Finding[] {
  if (absent !== undefined) {
    const problem = `this stack does not have ${name}: ${absent.reason}`;
    const fix = absent.needs === undefined ? 'remove the entry' : `set ${absent.needs}, or remove the entry`;
    return [error('alert-not-there', subject, problem, fix)];
  }
  if (tuning.threshold === undefined) return [];
  if (threshold === undefined) {
    const problem = `is ${tuning.threshold}, but ${name} has no threshold`;
    return [error('alert-without-threshold', `${subject}.threshold`, problem, instead)];
  }
  return boundFindings(`${subject}.threshold`, tuning.threshold, name, threshold);
}

/** Thresholds with which an alert would always fire, or never. */
function boundFindings(subject: string, value: number, name: string, { unit, share, zero }: Threshold): Finding[] {
  if ((zero ? value >= 0 : value > 0) && (!share || value < 1)) return [];
  const allowed = `a number ${zero ? 'of at least 0' : 'above 0'}${share ? ' and below 1' : ''}`;
  const problem = `is ${value}, but the threshold of ${name} must be ${allowed}; its unit: ${unit}`;
  const percent = share && value > 1 && value < 100;
  const fix = percent ? `set ${Number((value / 100).toPrecision(6))} instead` : `set ${allowed}`;
  return [error('alert-threshold', subject, problem, fix)];
}

/** What is wrong with the changes to alerts. */
export function tuningFindings(subject: string, { tune = {} }: AlertSettings, alerts: readonly Tunable[]): Finding[] {
  const known = new Map(alerts.map((alert) => [alert.name, alert]));
  return Object.entries(tune).flatMap(([name, tuning]) => {
    const alert = known.get(name);
    if (alert) return wrong(`${subject}.tune.${name}`, tuning, alert);
    const problem = `unknown alert${didYouMean(name, known.keys())}`;
    return [error('unknown-alert', `${subject}.tune.${name}`, problem, 'use a name from docs/runbooks/README.md')];
  });
}

/** Options of alerts that are set although alerts are off. */
export function offFindings(subject: string, options: AlertSettings): Finding[] {
  return Object.entries(options)
    .filter(([option, value]) => option !== 'enabled' && value !== undefined)
    .map(([option]) => {
      const problem = `is set, but ${subject}.enabled is false: the stack has no alerts`;
      return error('alerts-off', `${subject}.${option}`, problem, `remove it, or remove ${subject}.enabled`);
    });
}
