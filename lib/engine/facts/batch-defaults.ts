import { MIG_BATCH } from '../../defaults';
import type { FlagValues } from './flag-values';

/** Batch sizes that vLLM takes when nobody says any. */
export interface BatchDefaults {
  readonly maxNumSeqs: number;
  readonly maxNumBatchedTokens: number;
}

/**
 * vLLM's own defaults by the memory of the device, in MiB (vllm/engine/arg_utils.py, get_batch_defaults): an A100 of any
 * size has those of a small GPU, and the performance mode `throughput` doubles them.
 */
export function batchDefaults(memoryMib: number, gpu: string | undefined, flags: FlagValues): BatchDefaults {
  const memory = gpu?.startsWith('A100') ? 0 : memoryMib;
  const row = MIG_BATCH.find(({ fromMemory }) => memory >= fromMemory) ?? MIG_BATCH[2];
  const factor = flags.text('--performance-mode') === 'throughput' ? 2 : 1;
  return { maxNumSeqs: row.maxNumSeqs * factor, maxNumBatchedTokens: row.maxNumBatchedTokens * factor };
}
