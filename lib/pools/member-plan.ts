import type { MetricRole } from '../engine/metric-roles';
import type { InferencePoolMember } from './member-options';
import { memberLabels, pickerSelector } from './pool-labels';
import type { TokenRange } from './token-range';
import { tokenRange } from './token-range';

/** What membership in a pool adds to a stack: plain data. */
export interface MemberPlan {
  readonly pool: string;
  /** Undefined for prompts of every length. */
  readonly range: TokenRange | undefined;
  readonly podLabels: Readonly<Record<string, string>>;
  /** Labels of the pods that scrape the engine from the same namespace. */
  readonly picker: Readonly<Record<string, string>>;
}

/**
 * Metrics that the picker reads of every pod, by role, under their newest names only (llm-d/llm-d-router
 * pkg/epp/server/options.go).
 */
export const PICKER_METRICS: readonly MetricRole[] = ['running', 'waiting', 'kvCacheUse'];

/** Decides what membership adds to a stack. Expects options of the right shape. */
export function planMember({ pool, promptTokens }: InferencePoolMember): MemberPlan {
  const range = promptTokens && tokenRange(promptTokens);
  return { pool, range, podLabels: memberLabels(pool, range), picker: pickerSelector(pool) };
}
