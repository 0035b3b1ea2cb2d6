import type { Accelerator } from './accelerator';
import { AcceleratorKind } from './accelerator';
import type { CpuArchitecture } from './cpu-options';
import type { DeviceClaim } from './device-claim';
import type { GpuFacts } from './gpu-facts';
import { GPU_FACTS } from './gpu-facts';
import type { GpuModel } from './gpu-model';
import { migResourceName, sliceMemoryMib } from './mig-profiles';

/** A kind of GPU as a plan holds it: its record, with its name. */
export interface GpuPlan extends GpuFacts {
  readonly name: string;
}

/** An accelerator as a plan holds it. */
export interface AcceleratorPlan {
  readonly kind: AcceleratorKind;
  /** Extended resource of the device. */
  readonly resourceName: string;
  /** Devices of one replica. */
  readonly count: number;
  /** Pods that share one device. */
  readonly sharers: number;
  /** Memory of one device in MiB, if it is known. */
  readonly memoryMib: number | undefined;
  /** Kind of GPU, for NVIDIA. */
  readonly model: GpuPlan | undefined;
  /** MIG profile of the slice. */
  readonly profile: string | undefined;
  readonly claim: DeviceClaim | undefined;
  /** KV cache of one rank on CPU, in MiB, where it is set. */
  readonly kvCacheMib: number | undefined;
  /** Architecture of the nodes, where it is set for a stack on CPU. */
  readonly architecture: CpuArchitecture | undefined;
}

/** Whether there is no device: then the engine has the memory of its pod. */
export const isCpu = ({ kind }: Pick<AcceleratorPlan, 'kind'>): boolean => kind === AcceleratorKind.CPU;

const gpuPlan = ({ name, _facts: facts }: GpuModel): GpuPlan => ({ ...facts, name });

/** The data of an accelerator. */
export function acceleratorPlan(accelerator: Accelerator): AcceleratorPlan {
  const { kind, resourceName, count, sharers, memoryMib, model, _profile: profile, _claim: claim } = accelerator;
  const { _kvCacheMib: kvCacheMib, _architecture: architecture } = accelerator;
  return {
    ...{ kind, resourceName, count, sharers, memoryMib, model: model && gpuPlan(model), profile, claim },
    ...{ kvCacheMib, architecture },
  };
}

/** Every GPU that the library lists. */
export function knownGpus(): GpuPlan[] {
  return Object.entries(GPU_FACTS).map(([name, facts]) => ({ ...facts, name }));
}

const ONE_POD = { sharers: 1, profile: undefined, claim: undefined, kvCacheMib: undefined, architecture: undefined };

/** Whole GPUs of a kind, for a suggestion. */
export function wholeGpus(model: GpuPlan, count: number): AcceleratorPlan {
  const { memoryMib } = model;
  return { ...ONE_POD, kind: AcceleratorKind.GPU, resourceName: 'nvidia.com/gpu', count, memoryMib, model };
}

/** A slice of a GPU, for a suggestion. */
export function sliceOf(model: GpuPlan, profile: string): AcceleratorPlan {
  const resourceName = migResourceName(profile);
  const memoryMib = sliceMemoryMib(model, profile);
  return { ...ONE_POD, kind: AcceleratorKind.MIG, resourceName, count: 1, memoryMib, model, profile };
}
