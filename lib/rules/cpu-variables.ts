import { AcceleratorKind } from '../accelerator/accelerator';
import { warning } from '../preflight/finding';
import type { CrossCheck } from './cross-check';

const VARIABLES = ['VLLM_CPU_KVCACHE_SPACE', 'VLLM_CPU_OMP_THREADS_BIND', 'VLLM_CPU_NUM_OF_RESERVED_CPU'];

/** Variables of the CPU backend beside a GPU: their names look as if they were about offloading. */
export const cpuVariables: CrossCheck = ({ accelerator: { kind, resourceName }, environment }) => {
  // A device with cores of its own may be one that vLLM treats as a CPU.
  if (kind === AcceleratorKind.RESOURCE && !/^(nvidia|amd)\.com\//.test(resourceName)) return [];
  return VARIABLES.filter((name) => environment.has(name)).map((name) => {
    const problem = 'has no effect on a GPU: only the CPU backend of vLLM reads it';
    const fix = 'remove it, or use Accelerator.cpu(); to keep blocks on the host, set engine.kvOffloadingSize';
    return warning('cpu-variable-on-gpu', `env.${name}`, problem, fix);
  });
};
