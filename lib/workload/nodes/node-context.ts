import type { AcceleratorPlan } from '../../accelerator/accelerator-plan';
import type { NamedGpu } from '../../accelerator/gpu-names';
import { gpuNamed } from '../../accelerator/gpu-names';
import type { Vendor } from '../../accelerator/vendor';
import { vendorOf } from '../../accelerator/vendor';
import type { Release } from '../../engine/release';
import { needsCuda13 } from '../../rules/cuda-driver';

export type Arch = 'amd64' | 'arm64';

/** What the checks of node labels read of a stack. */
export interface NodeContext {
  readonly accelerator: AcceleratorPlan;
  /** Vendor of the accelerator; undefined for a device that is not listed. */
  readonly vendor: Vendor | undefined;
  /** The GPU of the accelerator by its name. */
  readonly own: NamedGpu | undefined;
  readonly capability: number | undefined;
  /** True for the image of a release that needs the driver of CUDA 13. */
  readonly needsCuda13: boolean;
  /** Architecture of the image, where its tag shows that it has only one. */
  readonly imageArch: Arch | undefined;
}

/** `v0.32.0-x86_64`: an image without the suffix has both. */
function archOf(image: string): Arch | undefined {
  const [, tag = ''] = /:([^:/@]+)(?:@.*)?$/.exec(image) ?? [];
  if (/(^|[-_.])(x86_64|x86-64|amd64)([-_.]|$)/.test(tag)) return 'amd64';
  return /(^|[-_.])(aarch64|arm64)([-_.]|$)/.test(tag) ? 'arm64' : undefined;
}

/** The context of the accelerator and the image of a stack. */
export function nodeContext(accelerator: AcceleratorPlan, image: string, release: Release): NodeContext {
  const { model, resourceName } = accelerator;
  const own = model && gpuNamed(model.name.replaceAll('_', '-'));
  return {
    accelerator,
    vendor: vendorOf(resourceName),
    own,
    capability: model?.computeCapability ?? own?.capability,
    needsCuda13: needsCuda13(accelerator, image, release),
    imageArch: archOf(image),
  };
}

/** The devices of a stack in words. */
export function devicesOf({ accelerator: { model, profile, sharers, count, resourceName } }: NodeContext): string {
  if (model === undefined) return count > 1 ? `${count} × ${resourceName}` : resourceName;
  if (profile !== undefined) return `a slice ${profile} of ${model.name}`;
  if (sharers > 1) return `a share of ${model.name}`;
  return count > 1 ? `${count} × ${model.name}` : model.name;
}

/**
 * What a value of a label means for the pods: `away` where nodes with it have no device for them, so that they stay
 * Pending; `wrong` where they run on another device than the planned one, or not at all; `other` where they probably run.
 */
export interface Verdict {
  readonly level: 'away' | 'wrong' | 'other';
  /** Continues "is "x": …". */
  readonly words: string;
  /** Id of the finding, where it does not follow from the level. */
  readonly id?: 'nodes-without-device' | 'driver-too-old' | 'nodes-of-another-platform';
}

export const away = (words: string): Verdict => ({ level: 'away', words });
export const wrong = (words: string): Verdict => ({ level: 'wrong', words });
export const other = (words: string): Verdict => ({ level: 'other', words });

/** What labels report and what the driver reports differ a little: EC2 counts an L4 with 22888 MiB, and NVML with 23034. */
export const MEMORY_TOLERANCE = 0.08;

const gib = (mib: number): string => `${Math.round(mib / 1024)} GB`;

/** Whether the GPUs of a node are those of the stack. */
export function compareGpu(gpu: NamedGpu, context: NodeContext): Verdict | undefined {
  const { accelerator, vendor, own, capability } = context;
  if (vendor !== undefined && gpu.vendor !== vendor) {
    return away(`its nodes have ${gpu.name} of ${gpu.vendor}, and the pods request ${accelerator.resourceName}`);
  }
  const { model } = accelerator;
  if (model === undefined) return undefined;
  const planned = `and the stack is planned for ${devicesOf(context)}`;
  if (gpu.capability !== undefined && capability !== undefined && gpu.capability !== capability) {
    return wrong(`its nodes have ${gpu.name}, ${planned}`);
  }
  const { memoryMib } = gpu;
  if (memoryMib !== undefined && memoryMib < model.memoryMib * (1 - MEMORY_TOLERANCE)) {
    return wrong(`its nodes have ${gpu.name} with ${gib(memoryMib)}, ${planned} with ${gib(model.memoryMib)}`);
  }
  if (own === undefined || own.name === gpu.name) return undefined;
  const isEqual = memoryMib !== undefined && memoryMib <= model.memoryMib * (1 + MEMORY_TOLERANCE);
  return isEqual ? undefined : other(`its nodes have ${gpu.name}, ${planned}`);
}
