import { AcceleratorKind } from '../../accelerator/accelerator';
import { gpuNamed } from '../../accelerator/gpu-names';
import type { LabelRule } from './label-rule';
import type { NodeContext, Verdict } from './node-context';
import { away, compareGpu, devicesOf, MEMORY_TOLERANCE, wrong } from './node-context';
import { entryOf } from '../../shapes/entry-of';

/** Whether the accelerator is a GPU of NVIDIA whose kind is known. */
const isGpu = ({ accelerator: { model } }: NodeContext): boolean => model !== undefined;

/** Values of GKE that do not name the memory, and are not those of another size. */
const WITHOUT_MEMORY: Readonly<Record<string, string>> = { 'nvidia-tesla-a100': 'nvidia-a100-40gb' };

function ofName(value: string, context: NodeContext): Verdict | undefined {
  const gpu = gpuNamed(entryOf(WITHOUT_MEMORY, value) ?? value);
  return gpu && compareGpu(gpu, context);
}

/** Names of the driver begin with NVIDIA or Tesla, or with a GPU and its form, and their case counts. */
function unlikeProduct(value: string): Verdict | undefined {
  const isShort = /^[A-Za-z0-9]+$/.test(value) && gpuNamed(value) !== undefined;
  const isLower = /^(nvidia|tesla)-/.test(value);
  return isShort || isLower
    ? away('this label has the name of the driver, such as "NVIDIA-L4" or "Tesla-T4"')
    : undefined;
}

/** The product label of a GPU that is sliced or shared under the resource name of a whole one has a suffix. */
function ofProduct(value: string, context: NodeContext): Verdict | undefined {
  const found = ofName(value, context) ?? unlikeProduct(value);
  const { kind, profile, resourceName, claim } = context.accelerator;
  if (found !== undefined || !isGpu(context) || claim !== undefined) return found;
  const [, slice] = /-MIG-(.+)$/.exec(value) ?? [];
  const isShared = value.endsWith('-SHARED');
  const looksWhole = resourceName === 'nvidia.com/gpu';
  if (slice !== undefined) {
    if (kind === AcceleratorKind.MIG && looksWhole && slice === profile) return undefined;
    return wrong(
      `its nodes offer slices ${slice} as nvidia.com/gpu, and the stack is planned for ${devicesOf(context)}`,
    );
  }
  if (isShared && kind !== AcceleratorKind.SHARED) {
    return wrong(
      `its nodes offer shares of a GPU as nvidia.com/gpu, and the stack is planned for ${devicesOf(context)}`,
    );
  }
  if (!looksWhole || kind === AcceleratorKind.GPU || isShared) return undefined;
  const part = kind === AcceleratorKind.MIG ? 'slice' : 'share';
  return wrong(`its nodes offer whole GPUs as nvidia.com/gpu, and the pods request a ${part} by that name`);
}

/**
 * A value of GKE or Karpenter that names the GPU of the stack, and is not the one that nodes have: `nvidia-h100`. Other
 * values are not known well enough to refuse them.
 */
function misspelt(value: string, known: string | undefined, { own }: NodeContext): Verdict | undefined {
  if (known === undefined || known === value || gpuNamed(value)?.name !== own?.name) return undefined;
  // Several machines have one GPU under other names: nvidia-h100-mega-80gb.
  if (/mega|mig/.test(value) || (/^[a-z0-9]+$/.test(value) && /^[a-z0-9]+$/.test(known))) return undefined;
  return away(`nodes with this GPU have "${known}"`);
}

/** Memory in MiB as the driver or EC2 reports it; that of a slice under the strategy `single` is smaller. */
function ofMemory(value: string, context: NodeContext): Verdict | undefined {
  const { model, kind } = context.accelerator;
  const mib = Number(value);
  if (model === undefined || kind === AcceleratorKind.MIG) return undefined;
  if (!/^\d+$/.test(value)) return away('this label has MiB, as a whole number');
  if (mib < 1024) return away(`this label has MiB: ${devicesOf(context)} has ${model.memoryMib}`);
  if (Math.abs(mib - model.memoryMib) <= model.memoryMib * MEMORY_TOLERANCE) return undefined;
  return wrong(`its nodes have GPUs of ${mib} MiB, and ${model.name} has ${model.memoryMib}`);
}

const memoryRange = ({ accelerator: { model, kind } }: NodeContext): readonly [number, number] | undefined =>
  model === undefined || kind === AcceleratorKind.MIG
    ? undefined
    : [model.memoryMib * (1 - MEMORY_TOLERANCE), model.memoryMib * (1 + MEMORY_TOLERANCE)];

/** Families of GPU feature discovery by compute capability (NVIDIA/k8s-device-plugin internal/lm/resource.go). */
const FAMILIES: readonly (readonly [from: number, family: string])[] = [
  [13, 'rubin'],
  [10, 'blackwell'],
  [9, 'hopper'],
  [8.9, 'ada-lovelace'],
  [8, 'ampere'],
  [7.5, 'turing'],
  [7, 'volta'],
  [6, 'pascal'],
  [5, 'maxwell'],
];

const familyOf = (capability: number | undefined): string | undefined =>
  capability === undefined ? undefined : FAMILIES.find(([from]) => capability >= from)?.[1];

function ofFamily(value: string, context: NodeContext): Verdict | undefined {
  const { capability } = context;
  const family = familyOf(capability);
  if (family === undefined || family === value) return undefined;
  const gpu = context.accelerator.model?.name;
  const isFamily = FAMILIES.some(([, each]) => each === value);
  return (isFamily ? wrong : away)(`${gpu} is "${family}"`);
}

/** A part of the compute capability: the number before or after its point. */
const capabilityPart = ({ capability }: NodeContext, part: 0 | 1): number | undefined =>
  capability === undefined ? undefined : Number(capability.toFixed(1).split('.')[part]);

function ofCapability(part: 0 | 1) {
  return (value: string, context: NodeContext): Verdict | undefined => {
    const own = capabilityPart(context, part);
    if (own === undefined || value === String(own)) return undefined;
    const { capability = 0 } = context;
    return wrong(`${context.accelerator.model?.name} has compute capability ${capability.toFixed(1)}`);
  };
}

function majorRange(context: NodeContext): readonly [number, number] | undefined {
  const own = capabilityPart(context, 0);
  return own === undefined ? undefined : [own, own];
}

/** Devices of one node. */
function ofCount(value: string, context: NodeContext): Verdict | undefined {
  const { count, kind, resourceName } = context.accelerator;
  const isWhole = kind === AcceleratorKind.GPU || kind === AcceleratorKind.RESOURCE;
  if (!isWhole || !/^\d+$/.test(value) || Number(value) >= count) return undefined;
  return away(`its nodes have ${value} devices, and a pod requests ${count} ${resourceName}`);
}

const countRange = ({ accelerator: { count, kind } }: NodeContext): readonly [number, number] | undefined =>
  kind === AcceleratorKind.GPU ? [count, Infinity] : undefined;

const GPU_NAME_OF_EC2 = /^(karpenter\.k8s\.aws|eks\.amazonaws\.com)\/instance-gpu-name$/;

/**
 * Labels that name a GPU or a part of what it is.
 *
 * Sources: NVIDIA/k8s-device-plugin docs/gpu-feature-discovery; aws/karpenter-provider-aws and
 * Azure/karpenter-provider-azure, well-known labels; cloud.google.com/kubernetes-engine/docs/how-to/gpus; the cluster
 * autoscaler's accelerator label of AWS; docs.coreweave.com, node labels.
 */
export const GPU_LABELS: readonly LabelRule[] = [
  {
    key: /^cloud\.google\.com\/gke-accelerator$/,
    read: (value, context) => ofName(value, context) ?? misspelt(value, context.accelerator.model?.gke, context),
    own: ({ accelerator: { model } }) => (model?.gke === undefined ? [] : [model.gke]),
  },
  {
    key: GPU_NAME_OF_EC2,
    read: (value, context) =>
      ofName(value, context) ?? misspelt(value, context.accelerator.model?.karpenterAws, context),
    own: ({ accelerator: { model } }) => (model?.karpenterAws === undefined ? [] : [model.karpenterAws]),
  },
  { key: /^(karpenter\.azure\.com\/sku-gpu-name|k8s\.amazonaws\.com\/accelerator)$/, read: ofName },
  { key: /^(gpu\.nvidia\.com\/(model|class)|doks\.digitalocean\.com\/gpu-model)$/, read: ofName },
  {
    key: /^nvidia\.com\/gpu\.product$/,
    read: ofProduct,
    own: ({ accelerator: { model } }) => model?.products ?? [],
  },
  { key: /^nvidia\.com\/gpu\.memory$/, read: ofMemory, range: memoryRange },
  { key: /^(karpenter\.k8s\.aws|eks\.amazonaws\.com)\/instance-gpu-memory$/, read: ofMemory, range: memoryRange },
  { key: /^nvidia\.com\/gpu\.family$/, read: ofFamily },
  { key: /^nvidia\.com\/gpu\.compute\.major$/, read: ofCapability(0), range: majorRange },
  { key: /^nvidia\.com\/gpu\.compute\.minor$/, read: ofCapability(1) },
  { key: /^nvidia\.com\/gpu\.count$/, read: ofCount, range: countRange },
  { key: /^(karpenter\.k8s\.aws|eks\.amazonaws\.com)\/instance-gpu-count$/, read: ofCount, range: countRange },
  {
    key: /^(karpenter\.azure\.com\/sku-gpu-count|cloud\.google\.com\/gke-accelerator-count)$/,
    read: ofCount,
    range: countRange,
  },
];
