import { AcceleratorKind } from '../../accelerator/accelerator';
import { notice, warning } from '../../preflight/finding';
import type { CrossCheck } from '../cross-check';

/** GPUs without NVLink: data sheets of NVIDIA. An A30 or a PCIe card of an A100 or H100 may have a bridge. */
const WITHOUT_NVLINK: ReadonlySet<string> = new Set(['T4', 'A10', 'A10G', 'L4', 'L40S', 'RTX_PRO_6000']);

/** Most GPUs of one common machine, where it is not 8: a2-megagpu-16g of Google Cloud, a compute tray of an NVL72. */
const PER_MACHINE = new Map([
  ['A100_40GB', 16],
  ['GB200', 4],
  ['GB300', 4],
]);
const MOST_PER_MACHINE = 8;

/**
 * Tensor parallelism exchanges partial results twice per layer for each token.
 *
 * Source: vLLM docs/serving/parallelism_scaling.md, which prefers pipeline parallelism on GPUs without NVLink.
 */
export const tensorsOverPcie: CrossCheck = ({ accelerator: { kind, model }, parallelism: { tensor }, flags }) => {
  if (kind !== AcceleratorKind.GPU || model === undefined || tensor === 1 || !WITHOUT_NVLINK.has(model.name)) return [];
  const problem = `splits each layer over ${tensor} GPUs, and a ${model.name} has no NVLink: the partial results of each layer go over PCIe, which slows every token`;
  const fix =
    'measure against engine.pipelineParallelSize, which sends far less, or against one larger GPU; smaller weights may fit on one';
  return [notice('tensor-parallelism-over-pcie', flags.origin('--tensor-parallel-size'), problem, fix)];
};

/** All GPUs of a pod are of one node. */
export const gpusOfOneNode: CrossCheck = ({ accelerator: { kind, model, count } }) => {
  if (kind !== AcceleratorKind.GPU || model === undefined) return [];
  const most = PER_MACHINE.get(model.name) ?? MOST_PER_MACHINE;
  if (count > most) {
    const problem = `has ${count} ${model.name}s, and all GPUs of a pod are of one node: no common machine has more than ${most}, so the pods may stay Pending`;
    return [warning('more-gpus-than-a-node', 'accelerator', problem, `use at most ${most}, and more replicas`)];
  }
  if (Number.isInteger(Math.log2(count))) return [];
  const problem = `has ${count} GPUs, and machines have 1, 2, 4 or 8: what is left of a node fits few other pods`;
  const fix = `use ${2 ** Math.ceil(Math.log2(count))} or ${2 ** Math.floor(Math.log2(count))}`;
  return [notice('uneven-gpus', 'accelerator', problem, fix)];
};
