import { poolNames } from './pool-names';
import type { TokenRange } from './token-range';
import { rangeLabel } from './token-range';

/** The selector of a pool: every pod with this label and value in the namespace is a member. */
const POOL = 'cdk8s-vllm/inference-pool';

/** How the picker knows which metrics a pod has (llm-d/llm-d-router docs/plugin-metric-protocol.md). */
const ENGINE = 'llm-d.ai/engine-type';

/** What the plugin context-length-aware reads (llm-d/llm-d-router, contextlengthaware/README.md). */
export const RANGE = 'llm-d.ai/context-length-range';

/** Labels that only membership sets. */
export const OWNED_LABELS: readonly string[] = [POOL, ENGINE, RANGE];

/** The selector of a pool. It depends on the name only: a gateway selects new pods by it as well as old ones. */
export const poolSelector = (pool: string): Record<string, string> => ({ [POOL]: pool });

/** Labels of the pods of a member. */
export function memberLabels(pool: string, range: TokenRange | undefined): Record<string, string> {
  return { ...poolSelector(pool), [ENGINE]: 'vllm', ...(range && { [RANGE]: rangeLabel(range) }) };
}

/** Labels that select the pods of a pool's picker. */
export const pickerSelector = (pool: string): Record<string, string> => ({ app: poolNames(pool).picker });
