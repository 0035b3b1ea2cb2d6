import { AcceleratorKind } from '../accelerator/accelerator';
import type { GpuFacts } from '../accelerator/gpu-facts';
import { notice, warning } from '../preflight/finding';
import type { CrossCheck } from './cross-check';

/** Maximum number of GPUs in a common machine: HGX boards, and machines with PCIe cards. */
const MAX_PER_MACHINE = 8;

/** Maximum number of these GPUs in a pod: all of them are on one node. */
export const maxGpus = ({ perMachine }: GpuFacts): number => perMachine ?? MAX_PER_MACHINE;

/**
 * Tensor parallelism exchanges partial results twice per layer for each token.
 *
 * Source: vLLM docs/serving/parallelism_scaling.md, which prefers pipeline parallelism on GPUs without NVLink.
 */
export const tensorsOverPcie: CrossCheck = ({ accelerator: { kind, model }, facts }) => {
  const { tensor } = facts.parallelism;
  if (kind !== AcceleratorKind.GPU || model === undefined || tensor === 1 || model.nvlink !== 0) return [];
  const problem = `splits each layer over ${tensor} GPUs, and a ${model.name} has no NVLink: the partial results of each layer go over PCIe, which slows every token`;
  const fix =
    'compare with engine.pipelineParallelSize, which sends far less data, or with one larger GPU; smaller weights may fit on one';
  return [notice('tensor-parallelism-over-pcie', facts.tensorParallelSize.origin, problem, fix)];
};

/** All GPUs of a pod are on one node. */
export const gpusOfOneNode: CrossCheck = ({ accelerator: { kind, model, count } }) => {
  if (kind !== AcceleratorKind.GPU || model === undefined) return [];
  const max = maxGpus(model);
  if (count > max) {
    const problem = `has ${count} ${model.name}s, and all GPUs of a pod are on one node: no common machine has more than ${max}, so the pods may stay Pending`;
    return [warning('more-gpus-than-a-node', 'accelerator', problem, `use at most ${max}, and more replicas`)];
  }
  if (Number.isInteger(Math.log2(count))) return [];
  const problem = `has ${count} GPUs, and machines have 1, 2, 4 or 8: few other pods can use the GPUs that are left on a node`;
  const fix = `use ${2 ** Math.ceil(Math.log2(count))} or ${2 ** Math.floor(Math.log2(count))}`;
  return [notice('uneven-gpus', 'accelerator', problem, fix)];
};
