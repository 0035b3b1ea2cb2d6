import { CUDA_13_DRIVER } from '../../rules/cuda-driver';
import { machineOf } from '../../accelerator/machines';
import type { LabelRule } from './label-rule';
import type { Arch, NodeContext, Verdict } from './node-context';
import { away, other } from './node-context';
import { entryOf } from '../../shapes/entry-of';

const ID = { id: 'nodes-of-another-platform' } as const;

/** GPUs with a processor of their own (Grace), and the GPU that only EC2 has, in machines of Intel and AMD. */
export function archOfGpu({ own }: NodeContext): Arch | undefined {
  if (own === undefined) return undefined;
  if (/^G[BH]\d/.test(own.name) || own.name === 'T4G') return 'arm64';
  return own.name === 'A10G' ? 'amd64' : undefined;
}

/** What nodes of an architecture mean for the image and the GPU. */
function ofArch(arch: Arch, context: NodeContext): Verdict | undefined {
  const { imageArch, accelerator } = context;
  const gpu = archOfGpu(context);
  const name = accelerator.model?.name;
  if (gpu !== undefined && gpu !== arch) return { ...away(`${name} is in machines of ${gpu}`), ...ID };
  if (imageArch !== undefined && imageArch !== arch) {
    return { ...away(`the image is for ${imageArch} only, and does not start on ${arch}`), ...ID };
  }
  if (arch === 'arm64' && gpu === undefined && name !== undefined) {
    return { ...other(`few machines of arm64 have ${name}`), ...ID };
  }
  return undefined;
}

/** Architectures as others call them. */
const OTHER_NAMES = { x86_64: 'amd64', x86: 'amd64', aarch64: 'arm64', arm: 'arm64' };

function ofArchLabel(value: string, context: NodeContext): Verdict | undefined {
  if (value === 'amd64' || value === 'arm64') return ofArch(value, context);
  const hint = entryOf(OTHER_NAMES, value);
  const words = hint === undefined ? 'vLLM has images for amd64 and arm64 only' : `Kubernetes calls it "${hint}"`;
  return { ...away(words), ...ID };
}

function ofOs(value: string): Verdict | undefined {
  return value === 'linux' ? undefined : { ...away('vLLM runs on "linux" only'), ...ID };
}

function ofDriver(value: string, { needsCuda13 }: NodeContext): Verdict | undefined {
  if (!needsCuda13 || !/^\d+$/.test(value) || Number(value) >= CUDA_13_DRIVER) return undefined;
  const words = `the image is for CUDA 13, which needs driver ${CUDA_13_DRIVER} or later, or the libraries of CUDA's forward compatibility`;
  return { ...other(words), id: 'driver-too-old' };
}

function ofRuntime(value: string, { needsCuda13 }: NodeContext): Verdict | undefined {
  if (!needsCuda13 || !/^\d+$/.test(value) || Number(value) >= 13) return undefined;
  return {
    ...other(`the image is for CUDA 13, and the driver of its nodes is for CUDA ${value}`),
    id: 'driver-too-old',
  };
}

/** Labels of what a node runs: architecture, operating system, driver. Sources: kubernetes.io; GPU feature discovery. */
export const PLATFORM_LABELS: readonly LabelRule[] = [
  { key: /^(beta\.)?kubernetes\.io\/arch$/, read: ofArchLabel },
  { key: /^(beta\.)?kubernetes\.io\/os$/, read: ofOs },
  {
    key: /^(node|beta)\.kubernetes\.io\/instance-type$/,
    read: (value, context) => {
      const machine = machineOf(value);
      if (machine?.vendor === undefined || machine.arch === undefined) return undefined;
      // That a machine has the GPU is known, so its architecture is no surprise.
      const verdict = ofArch(machine.arch, context);
      return verdict?.level === 'away' ? verdict : undefined;
    },
  },
  {
    key: /^nvidia\.com\/cuda\.driver(-version)?\.major$/,
    read: ofDriver,
    range: ({ needsCuda13 }) => (needsCuda13 ? [CUDA_13_DRIVER, Infinity] : undefined),
  },
  { key: /^nvidia\.com\/cuda\.runtime(-version)?\.major$/, read: ofRuntime },
];
