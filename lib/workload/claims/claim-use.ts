import { AcceleratorKind } from '../../accelerator/accelerator';
import { GPU_FACTS } from '../../accelerator/gpu-facts';
import type { AccessMode } from '../../model/access-mode';
import type { Tree } from '../pod/tree';
import { list, tree } from '../pod/tree';
import type { WorkloadPlan } from '../workload-plan';

/** A claim that the pods of a stack mount: plain data. */
export interface ClaimUse {
  readonly claim: string;
  /** The property that names it. */
  readonly subject: string;
  readonly writes: boolean;
  /** As the user set it. */
  readonly accessMode: AccessMode | undefined;
  /** What it must hold, in MiB; undefined when that is not known. */
  readonly neededMib: number | undefined;
}

/** The pods of a stack that mount its claims. */
export interface MountingPods {
  /** The most replicas, with their property. */
  readonly replicas: number;
  readonly replicasProperty: string;
  /** Stacks that they belong to. */
  readonly stacks: number;
  /** The most pods while a rollout replaces them. */
  readonly peak: number;
  /** Whether two of them never fit on one node. */
  readonly onNodesOfTheirOwn: boolean;
}

/** The claims of a stack, and who mounts them. */
export interface ClaimsPlan {
  readonly uses: readonly ClaimUse[];
  readonly pods: MountingPods;
}

function ofWeights({ plan: { weights } }: WorkloadPlan): ClaimUse[] {
  const { claim, offline, isCached, accessMode, isBound, size } = weights;
  if (claim === undefined) return [];
  const subject = offline ? 'weights.claim' : 'weights.cacheClaim';
  return [{ claim, subject, writes: !offline && !isCached, accessMode, neededMib: isBound ? undefined : size?.value }];
}

function ofVolumes({ volumes }: WorkloadPlan): ClaimUse[] {
  return volumes.flatMap(({ source }, index) => {
    if (!('claim' in source)) return [];
    const { claim, readOnly, accessMode } = source;
    return [{ claim, subject: `extraVolumes[${index}]`, writes: !readOnly, accessMode, neededMib: undefined }];
  });
}

/** Whether some container of the overrides mounts a volume to write. */
function isWritten(spec: Tree, volume: unknown): boolean {
  const containers = ['containers', 'initContainers'].flatMap((kind) => list(spec[kind]));
  const mounts = containers.flatMap(({ volumeMounts }) => list(volumeMounts));
  return mounts.some(({ name, readOnly }) => name === volume && readOnly !== true);
}

function ofOverrides({ podTemplateOverrides }: WorkloadPlan): ClaimUse[] {
  const spec = tree(podTemplateOverrides['spec']);
  return list(spec['volumes']).flatMap((volume, index) => {
    const { claimName: claim, readOnly } = tree(volume['persistentVolumeClaim']);
    if (typeof claim !== 'string') return [];
    const subject = `podTemplateOverrides.spec.volumes[${index}]`;
    const writes = readOnly !== true && isWritten(spec, volume['name']);
    return [{ claim, subject, writes, accessMode: undefined, neededMib: undefined }];
  });
}

/** A GPU machine has at most 8 GPUs, unless the table of GPUs has another number. */
const PER_MACHINE = 8;

/** Whether two replicas need more GPUs than a node has. */
function needsANode({ plan: { basis } }: WorkloadPlan): boolean {
  const { kind, model, count } = basis.accelerator;
  if (kind !== AcceleratorKind.GPU || model === undefined || !Object.hasOwn(GPU_FACTS, model.name)) return false;
  return 2 * count > (model.perMachine ?? PER_MACHINE);
}

/** The claims of a stack; undefined for a stack without one. */
export function planClaims(
  workload: WorkloadPlan,
  pods: Omit<MountingPods, 'onNodesOfTheirOwn' | 'stacks'>,
): ClaimsPlan | undefined {
  const uses = [...ofWeights(workload), ...ofVolumes(workload), ...ofOverrides(workload)];
  return uses.length === 0
    ? undefined
    : { uses, pods: { ...pods, stacks: 1, onNodesOfTheirOwn: needsANode(workload) } };
}
