import { AcceleratorKind } from '../accelerator/accelerator';
import { error } from '../preflight/finding';
import type { CrossCheck } from './cross-check';
import type { EngineFacts } from '../engine/facts/engine-facts';
import type { FactName } from '../engine/facts/fact-table';

const SIZES: readonly FactName[] = [
  'tensorParallelSize',
  'pipelineParallelSize',
  'dataParallelSizeLocal',
  'dataParallelSize',
  'prefillContextParallelSize',
];

/** The property that sets how the engine spreads over its devices. */
export function sizeOrigin(facts: EngineFacts): string {
  return facts[SIZES.find((name) => facts[name].isSet) ?? 'tensorParallelSize'].origin;
}

/**
 * Why an engine cannot span parts of GPUs.
 *
 * Sources: NVIDIA MIG user guide, "CUDA peer to peer"; NVIDIA/nccl#1716, where support for slices is experimental in
 * 2.32, newer than the NCCL of vLLM's images; k8s-device-plugin README, "Shared access to GPUs": two shares of one pod
 * may be the same GPU.
 */
const APART: Readonly<Record<string, string>> = {
  [AcceleratorKind.MIG]: 'MIG slices have no peer-to-peer access to each other, and NCCL does not run between them',
  [AcceleratorKind.SHARED]: 'two shares may belong to the same GPU, where NCCL refuses a second rank',
};

/** A slice or a share serves one rank. */
export const ranksOnParts: CrossCheck = ({ accelerator: { kind }, facts }) => {
  const { tensor, pipeline, prefillContext, dataLocal } = facts.parallelism;
  const ranks = tensor * pipeline * prefillContext * dataLocal;
  const reason = APART[kind];
  if (reason === undefined || ranks === 1) return [];
  const part = kind === AcceleratorKind.MIG ? 'one slice' : 'one share of a GPU';
  const problem = `the engine uses ${ranks} devices, but the accelerator is ${part}: ${reason}`;
  const fix = 'remove the parallel sizes and scale with replicas, or use whole GPUs: Accelerator.gpu';
  return [error('parallelism-on-parts', sizeOrigin(facts), problem, fix)];
};

/** All sharers of a GPU claim their part of its memory at start. */
export const sharedMemoryOfGpu =
  (limit: number): CrossCheck =>
  ({ accelerator: { kind, sharers }, facts }) => {
    const { value: share, origin } = facts.gpuMemoryUtilization;
    const together = Math.round((share ?? 0) * sharers * 1000) / 1000;
    if (kind !== AcceleratorKind.SHARED || together <= limit) return [];
    const max = Math.floor((limit / sharers) * 100) / 100;
    const problem = `is ${share}, and ${sharers} pods share the GPU: together ${together} of its memory`;
    return [error('shared-gpu-memory', origin, problem, `use at most ${max}`)];
  };
