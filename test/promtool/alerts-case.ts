import type { StackName } from './alerts-stacks';
import { HEALTHY } from './alerts-stacks';
import type { Labels } from './alerts-series';
import type { Series } from './series';

/** A situation, and every alert that fires in it: all others of the stack must be silent. */
export interface AlertCase {
  readonly title: string;
  /** Unset: the scaled one. */
  readonly stack?: StackName;
  /** Series of the healthy stack that are missing. */
  readonly without?: readonly RegExp[];
  /** Series that replace those with the same labels. */
  readonly series?: readonly Series[];
  /** The minute. */
  readonly at: number;
  /** Labels of each alert that fires, besides those that every alert has. */
  readonly fires?: Readonly<Record<string, readonly Labels[]>>;
  /** Alerts that might fire by mistake here: the reason for the case. */
  readonly silent?: readonly string[];
}

/** The pods' own series, when none of them is scraped. */
export const ENGINES = /^(up|vllm:[^{]*)\{namespace="llm",app="vllm",/;
export const STATES = /^kube_/;

/** All series of a case. */
export function seriesOf({ without = [], series = [] }: AlertCase): Series[] {
  const kept = HEALTHY.filter(([selector]) => !without.some((pattern) => pattern.test(selector)));
  return [...new Map([...kept, ...series])];
}

/** Series that end at a minute, as those of a deleted target. */
export const until = (minutes: number, series: readonly Series[]): Series[] =>
  series.map(([selector, values]) => [selector, `${values.replace(/x\d+$/, `x${minutes - 1}`)} stale`]);

/** Series that begin at a minute. */
export const since = (minutes: number, series: readonly Series[]): Series[] =>
  series.map(([selector, values]) => [selector, `_x${minutes - 1} ${values}`]);
