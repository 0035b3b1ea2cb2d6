import { AcceleratorKind } from '../../accelerator/accelerator';
import { gpuNamed } from '../../accelerator/gpu-names';
import type { Machine } from '../../accelerator/machines';
import { awsFamily, machineOf } from '../../accelerator/machines';
import type { Vendor } from '../../accelerator/vendor';
import type { LabelRule } from './label-rule';
import type { NodeContext, Verdict } from './node-context';
import { away, compareGpu, other } from './node-context';
import { entryOf } from '../../shapes/entry-of';

/** Resources that count cores instead of the devices of a machine. */
const COUNTS_CORES = /\/neuroncore$/;

function ofMachine(machine: Machine | undefined, context: NodeContext): Verdict | undefined {
  if (machine === undefined) return undefined;
  const { count, kind, resourceName } = context.accelerator;
  if (machine.vendor === undefined) return away(`it has no devices, and the pods request ${resourceName}`);
  if (machine.gpu) {
    const found = compareGpu(machine.gpu, context);
    if (found) return found;
  } else if (context.vendor !== undefined && machine.vendor !== context.vendor) {
    return away(`it has devices of ${machine.vendor}, and the pods request ${resourceName}`);
  }
  const isCounted =
    kind === AcceleratorKind.GPU || (kind === AcceleratorKind.RESOURCE && !COUNTS_CORES.test(resourceName));
  if (!isCounted || machine.count === undefined || machine.count >= count) return undefined;
  return away(`it has ${machine.count}, and a pod requests ${count} ${resourceName}`);
}

/** Sizes of Azure begin with "Standard_", and their case counts. */
function unlikeAzure(value: string): Verdict | undefined {
  const isLower = /^standard_n/i.test(value) && !/^Standard_N/.test(value);
  const isShort = /^N[CDGV]C?\d+\w*_v\d$/.test(value);
  return isLower || isShort ? away('sizes of Azure are written as in "Standard_NC24ads_A100_v4"') : undefined;
}

/** Whether a label of a vendor's software is set to what nodes without its devices have. */
const isOff = (value: string): boolean => value === 'false';

/** A label that nodes with devices of a vendor have. */
function ofVendor(vendor: Vendor) {
  return (value: string, context: NodeContext): Verdict | undefined => {
    if (context.vendor === undefined) return undefined;
    const { resourceName } = context.accelerator;
    if (vendor !== context.vendor) {
      return isOff(value)
        ? undefined
        : away(`its nodes have devices of ${vendor}, and the pods request ${resourceName}`);
    }
    return isOff(value) ? away(`its nodes have no devices of ${vendor}`) : undefined;
  };
}

/** A label that says more about devices of a vendor, so its value may be "false" too. */
function ofSoftware(vendor: Vendor) {
  return (value: string, context: NodeContext): Verdict | undefined =>
    vendor === context.vendor ? undefined : ofVendor(vendor)(value, context);
}

/** A manufacturer by name, as Karpenter writes it: `nvidia`, `amd`, `aws`, `habana`. */
const MANUFACTURERS: Readonly<Partial<Record<string, Vendor>>> = {
  nvidia: 'NVIDIA',
  amd: 'AMD',
  aws: 'Neuron',
  habana: 'Gaudi',
};

function ofManufacturer(value: string, context: NodeContext): Verdict | undefined {
  const vendor = entryOf(MANUFACTURERS, value.toLowerCase());
  return vendor && ofVendor(vendor)('true', context);
}

/** Categories of EC2 with devices; the letters before the generation of a family. */
const CATEGORIES: Readonly<Partial<Record<string, Vendor>>> = { inf: 'Neuron', trn: 'Neuron' };

function ofCategory(value: string, context: NodeContext): Verdict | undefined {
  if (/^([acdhimrtxz]|u|hpc|mac)$/.test(value)) return away('it has no devices');
  const vendor = entryOf(CATEGORIES, value);
  return vendor && ofVendor(vendor)('true', context);
}

function ofComputeClass(value: string): Verdict | undefined {
  // cloud.google.com/kubernetes-engine/docs/concepts/autopilot-compute-classes; other names are those of the user.
  const isPlain = ['Balanced', 'Scale-Out', 'general-purpose'].includes(value);
  return isPlain ? away('this compute class has no GPUs; use "Accelerator"') : undefined;
}

/** GPUs of the families of Compute Engine; A3 has H100 or H200. */
const GOOGLE_FAMILIES: Readonly<Partial<Record<string, string>>> = {
  a2: 'A100',
  a4: 'B200',
  a4x: 'GB200',
  g2: 'L4',
  g4: 'RTX PRO 6000',
};

function ofGoogleFamily(value: string, context: NodeContext): Verdict | undefined {
  const gpu = gpuNamed(
    entryOf(GOOGLE_FAMILIES, value) ?? (value === 'a3' && context.own?.name !== 'H200' ? 'H100' : ''),
  );
  return gpu ? compareGpu(gpu, context) : ofMachine(machineOf(`${value}-standard-4`), context);
}

/** The taint of these nodes keeps pods away, and a cluster for one machine has none. */
const CONTROL_PLANE: Verdict = {
  ...other('nodes of the control plane usually have no devices, and a taint that the pods do not tolerate'),
  id: 'nodes-without-device',
};

/**
 * Labels that name a machine, its vendor or what it is for. Sources: kubernetes.io/docs/reference/labels-annotations-taints;
 * aws/karpenter-provider-aws and Azure/karpenter-provider-azure, well-known labels; kubernetes-sigs/node-feature-discovery,
 * PCI labels; ROCm/k8s-device-plugin, node labeller; docs.aws.amazon.com/eks, Fargate.
 */
export const MACHINE_LABELS: readonly LabelRule[] = [
  {
    key: /^((node|beta)\.kubernetes\.io\/instance-type|karpenter\.azure\.com\/sku-name)$/,
    read: (value, context) => ofMachine(machineOf(value), context) ?? unlikeAzure(value),
  },
  {
    key: /^(karpenter\.k8s\.aws|eks\.amazonaws\.com)\/instance-family$/,
    read: (value, context) => ofMachine(awsFamily(value), context),
  },
  { key: /^(karpenter\.k8s\.aws|eks\.amazonaws\.com)\/instance-category$/, read: ofCategory },
  { key: /^cloud\.google\.com\/machine-family$/, read: ofGoogleFamily },
  {
    key: /^karpenter\.azure\.com\/sku-family$/,
    read: (value) => (/^[A-MO-Z]+$/.test(value) ? away('only the family N has GPUs') : undefined),
  },
  { key: /\/(instance|sku)-(gpu|accelerator)-manufacturer$/, read: ofManufacturer },
  {
    key: /^(karpenter\.k8s\.aws|eks\.amazonaws\.com)\/instance-accelerator-name$/,
    read: ofVendor('Neuron'),
    vendor: 'Neuron',
  },
  { key: /^cloud\.google\.com\/compute-class$/, read: ofComputeClass },
  { key: /^cloud\.google\.com\/gke-tpu-(accelerator|topology)$/, read: ofVendor('TPU'), vendor: 'TPU' },
  {
    key: /^feature\.node\.kubernetes\.io\/pci-(\w+_)?10de(_\w+)*\.present$/,
    read: ofVendor('NVIDIA'),
    vendor: 'NVIDIA',
  },
  { key: /^nvidia\.com\/gpu\.(present|deploy\..*)$/, read: ofVendor('NVIDIA'), vendor: 'NVIDIA' },
  { key: /^nvidia\.com\/(gpu|mig|cuda)\b/, read: ofSoftware('NVIDIA'), vendor: 'NVIDIA' },
  { key: /^(beta\.)?amd\.com\/(gpu|cpu|compute)\b/, read: ofSoftware('AMD'), vendor: 'AMD' },
  {
    key: /^feature\.node\.kubernetes\.io\/(amd-gpu|pci-(\w+_)?1002(_\w+)*\.present)$/,
    read: ofVendor('AMD'),
    vendor: 'AMD',
  },
  {
    key: /^(intel\.feature\.node\.kubernetes\.io\/gpu|gpu\.intel\.com\/.*)$/,
    read: ofVendor('Intel'),
    vendor: 'Intel',
  },
  {
    key: /^eks\.amazonaws\.com\/compute-type$/,
    read: (value) => (value === 'fargate' ? away('Fargate has no devices') : undefined),
  },
  { key: /^type$/, read: (value) => (value === 'virtual-kubelet' ? away('a virtual node has no devices') : undefined) },
  {
    key: /^node-role\.kubernetes\.io\/(control-plane|master)$/,
    read: (value) => (isOff(value) ? undefined : CONTROL_PLANE),
  },
];
