import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { didYouMean } from '../preflight/nearest';
import type { AlertSettings, TuningSettings } from './alert-settings';
import type { Threshold } from './alert-row';

/** Why a stack does not have an alert. */
export interface Absence {
  readonly reason: string;
  /** What to say to have it, where that is one thing. */
  readonly needs?: string;
}

/** What tuning needs to know about an alert. */
export interface Tunable {
  readonly name: string;
  /** Why the stack does not have it; undefined when it has it. */
  readonly absent: Absence | undefined;
  /** Undefined for an alert that compares with nothing. */
  readonly threshold: Threshold | undefined;
  /** What to change instead of a threshold. */
  readonly instead: string;
}

function wrong(subject: string, tuning: TuningSettings, { name, absent, threshold, instead }: Tunable): Finding[] {
  if (absent !== undefined) {
    const problem = `this stack does not have ${name}: ${absent.reason}`;
    const fix = absent.needs === undefined ? 'remove the entry' : `give ${absent.needs}, or remove the entry`;
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
  const problem = `is ${value}, and that of ${name} is ${allowed}; its unit: ${unit}`;
  const percent = share && value > 1 && value < 100;
  const fix = percent ? `give ${Number((value / 100).toPrecision(6))}, not ${value}` : 'give such a number';
  return [error('alert-threshold', subject, problem, fix)];
}

/** What is wrong with the changes to alerts. */
export function tuningFindings(subject: string, { tune = {} }: AlertSettings, alerts: readonly Tunable[]): Finding[] {
  const known = new Map(alerts.map((alert) => [alert.name, alert]));
  return Object.entries(tune).flatMap(([name, tuning]) => {
    const alert = known.get(name);
    if (alert) return wrong(`${subject}.tune.${name}`, tuning, alert);
    const problem = `there is no such alert${didYouMean(name, known.keys())}`;
    return [error('unknown-alert', `${subject}.tune.${name}`, problem, 'use a name of docs/runbooks/README.md')];
  });
}

/** What is said about alerts that there shall not be. */
export function offFindings(subject: string, options: AlertSettings): Finding[] {
  return Object.entries(options)
    .filter(([option, value]) => option !== 'enabled' && value !== undefined)
    .map(([option]) => {
      const problem = `is said, but ${subject}.enabled is false: there are no alerts`;
      return error('alerts-off', `${subject}.${option}`, problem, `leave it out, or leave ${subject}.enabled out`);
    });
}
