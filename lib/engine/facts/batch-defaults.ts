import { MIG_BATCH } from '../../defaults';
import type { SetFacts } from './fact-table';

/** Batch sizes that vLLM uses where they are unset. */
export interface BatchDefaults {
  readonly maxNumSeqs: number;
  readonly maxNumBatchedTokens: number;
}

/**
 * vLLM's own defaults by the memory of the device, in MiB (vllm/engine/arg_utils.py, get_batch_defaults): an A100 of any
 * size has those of a small GPU, and the performance mode `throughput` doubles them.
 */
export function batchDefaults(memoryMib: number, gpu: string | undefined, facts: SetFacts): BatchDefaults {
  const memory = gpu?.startsWith('A100') ? 0 : memoryMib;
  const row = MIG_BATCH.find(({ fromMemory }) => memory >= fromMemory) ?? MIG_BATCH[2];
  const factor = facts.performanceMode.value === 'throughput' ? 2 : 1;
  return { maxNumSeqs: row.maxNumSeqs * factor, maxNumBatchedTokens: row.maxNumBatchedTokens * factor };
}
