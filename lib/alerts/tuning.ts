import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { didYouMean } from '../private/nearest';
import type { AlertOptions, AlertTuning } from './alert-options';

/** What tuning needs to know about an alert. */
export interface Tunable {
  readonly name: string;
  /** Why the stack does not have it; undefined when it has it. */
  readonly absent: string | undefined;
  /** Unit of the threshold; undefined for an alert that has none. */
  readonly unit: string | undefined;
  /** What to change instead of a threshold. */
  readonly instead: string;
}

function wrong(subject: string, tuning: AlertTuning, { name, absent, unit, instead }: Tunable): Finding[] {
  if (absent !== undefined) {
    const problem = `this stack does not have ${name}: ${absent}`;
    return [error('alert-not-there', subject, problem, 'remove the entry')];
  }
  if (tuning.threshold !== undefined && unit === undefined) {
    const problem = `is ${tuning.threshold}, but ${name} has no threshold`;
    return [error('alert-without-threshold', `${subject}.threshold`, problem, instead)];
  }
  return [];
}

/** What is wrong with the changes to alerts. */
export function tuningFindings(subject: string, { tune = {} }: AlertOptions, alerts: readonly Tunable[]): Finding[] {
  const known = new Map(alerts.map((alert) => [alert.name, alert]));
  return Object.entries(tune).flatMap(([name, tuning]) => {
    const alert = known.get(name);
    if (alert) return wrong(`${subject}.tune.${name}`, tuning, alert);
    const problem = `there is no such alert${didYouMean(name, known.keys())}`;
    return [error('unknown-alert', `${subject}.tune.${name}`, problem, 'use a name of docs/runbooks/README.md')];
  });
}

/** What is said about alerts that there shall not be. */
export function offFindings(subject: string, options: AlertOptions): Finding[] {
  return Object.entries(options)
    .filter(([option, value]) => option !== 'enabled' && value !== undefined)
    .map(([option]) => {
      const problem = `is said, but ${subject}.enabled is false: there are no alerts`;
      return error('alerts-off', `${subject}.${option}`, problem, `leave it out, or leave ${subject}.enabled out`);
    });
}
