import { AcceleratorKind } from '../accelerator/accelerator';
import type { AcceleratorPlan } from '../accelerator/accelerator-plan';
import { MAX_UTILIZATION } from '../defaults';
import { error } from '../preflight/finding';
import type { CrossCheck } from './cross-check';

/**
 * The highest share of its memory that an engine can request on a device of its own: at start vLLM compares it with what
 * is free then, after CUDA and NCCL took theirs (vllm/v1/worker/utils.py, request_memory).
 */
export function highestUtilization({ memoryMib, count }: Pick<AcceleratorPlan, 'memoryMib' | 'count'>): number {
  const { ofAny, context, collectives } = MAX_UTILIZATION;
  if (memoryMib === undefined) return ofAny;
  const used = context + (count > 1 ? collectives : 0);
  return Math.min(ofAny, Math.floor((1 - used / memoryMib) * 100) / 100);
}

/** No device is free in full when the engine starts. */
export const utilization: CrossCheck = ({ accelerator, facts }) => {
  const { value, origin } = facts.gpuMemoryUtilization;
  const highest = highestUtilization(accelerator);
  // A share of a GPU has its own rule, and so has a CPU. Above 1 the value is out of bounds, and `ipc_cache` holds the weights outside.
  const hasOwnRule = accelerator.kind === AcceleratorKind.SHARED || accelerator.kind === AcceleratorKind.CPU;
  const isElsewhere = hasOwnRule || facts.loadFormat.value === 'ipc_cache';
  if (value === undefined || value <= highest || value > 1 || isElsewhere) return [];
  const problem = `is ${value}, but CUDA and NCCL already use memory when vLLM starts: it refuses to start if less than that share is free`;
  return [error('gpu-memory-in-use', origin, problem, `use at most ${highest}`)];
};
