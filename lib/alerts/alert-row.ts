import type { MetricRole } from '../engine/metric-roles';
import type { Severity } from '../metrics/rules';
import type { Watched } from '../plan/watched';

/** A number that differs from stack to stack. */
export interface PerStack {
  readonly of: (watched: Watched) => number;
  /** What it is in words: `the startup budget`. */
  readonly words: string;
}

/** What the query compares with. */
export interface Threshold {
  /** The default; undefined where only the user can know it. */
  readonly value: number | PerStack | undefined;
  readonly unit: string;
  /** Whether it is below 1. */
  readonly share?: boolean;
  /** Whether 0 has a meaning: "any at all". */
  readonly zero?: boolean;
  /** Where the default comes from. */
  readonly reason: string;
}

/** One alert of the catalogue. */
export interface AlertRow {
  /** CamelCase, beginning with `Vllm`: the key to tune it by, and the name of its runbook. */
  readonly name: string;
  readonly severity: Severity;
  /** Seconds for which the query must have an element; 0 for at once. */
  readonly pending: number | PerStack;
  readonly threshold?: Threshold;
  /** vLLM's own metrics that its query reads. */
  readonly reads?: readonly MetricRole[];
  /** Why a stack does not have it: `does not scale`. Undefined when the stack has it. */
  readonly absent?: (watched: Watched) => string | undefined;
  /** The property to set to get the alert, where one property is enough. */
  readonly needs?: string;
  readonly expr: (watched: Watched, threshold: number) => string;
  /** One line. */
  readonly summary: string;
  /** What is seen, with the value in a template. */
  readonly description: string;
}

/** A default as a number. */
export function numberFor(value: number | PerStack, watched: Watched): number {
  return typeof value === 'number' ? value : value.of(watched);
}
