import type { Size } from 'cdk8s';
import { error, throwOnErrors } from '../preflight/finding';
import { mebibytesOf } from '../private/mebibytes';
import { didYouMean } from '../private/nearest';
import { findingsOf, instance, integer, matching, oneOf, size, struct } from '../private/shape';
import type { GpuModel } from './gpu-model';
import { MIG_PROFILES, migMemoryMib, migResourceName } from './mig-profiles';

/**
 * Options of a GPU that several pods share.
 */
export interface SharedGpuOptions {
  /**
   * How many pods share one GPU: the `replicas` of the device plugin's sharing configuration, from 2 to 90.
   *
   * Sharing does not isolate memory: each pod takes `gpuMemoryUtilization` of the whole GPU, so the shares of all must
   * stay below 0.95 together.
   */
  readonly sharers: number;

  /**
   * Extended resource under which the device plugin offers the shares.
   *
   * @default nvidia.com/gpu.shared, the name that `renameByDefault: true` gives
   */
  readonly resourceName?: string;
}

/**
 * Options of an accelerator of another vendor.
 */
export interface ResourceOptions {
  /**
   * Memory of one device.
   *
   * @default - unknown: what depends on it must then be said, such as `weightsSize` of an unknown model
   */
  readonly memory?: Size;
}

/**
 * What kind of device a replica runs on.
 */
export enum AcceleratorKind {
  /** Whole NVIDIA GPUs. */
  GPU = 'gpu',
  /** One MIG slice of an NVIDIA GPU. */
  MIG = 'mig',
  /** A time-sliced or MPS share of an NVIDIA GPU. */
  SHARED = 'shared',
  /** A device of another vendor. */
  RESOURCE = 'resource',
}

const GPU_MODEL = instance('GpuModel', 'a GpuModel, for example GpuModel.H100');
// The qualified form is obligatory: Kubernetes keeps unqualified names for itself.
const RESOURCE_NAME = matching(
  /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
  'an extended resource with its domain, for example "amd.com/gpu"',
);
const GPU_SHAPE = struct({ model: GPU_MODEL, count: integer(1) }, {});
// The device plugin refuses fewer than two replicas of a shared resource (k8s-device-plugin api/config/v1/replicas.go).
// Above 90, one share of what the engines may take together would be less than one percent.
const SHARED_OPTIONS = struct({ sharers: integer(2, 90) }, { resourceName: RESOURCE_NAME });
const RESOURCE_SHAPE = struct({ name: RESOURCE_NAME, count: integer(1) }, {});
const RESOURCE_OPTIONS = struct({}, { memory: size('Size.gibibytes(64)') });
const MODEL_SHAPE = struct({ model: GPU_MODEL }, {});

/**
 * What one replica runs on. Kubernetes takes care that a pod gets just these devices.
 */
export class Accelerator {
  /**
   * Whole GPUs.
   *
   * @param model kind of GPU
   * @param count GPUs per replica; more than one are used by tensor parallelism unless the engine
   *   options say otherwise
   */
  public static gpu(model: GpuModel, count: number = 1): Accelerator {
    throwOnErrors('Accelerator.gpu', findingsOf({ model, count }, '', GPU_SHAPE));
    return new Accelerator(AcceleratorKind.GPU, 'nvidia.com/gpu', count, model.memoryMib, model);
  }

  /**
   * One MIG slice, under the device plugin's `mixed` strategy. One slice per replica: slices cannot work together, so
   * scale with replicas.
   *
   * @param model kind of GPU that is sliced
   * @param profile for example `1g.10gb`, spelled as `nvidia-smi mig -lgip` does
   */
  public static mig(model: GpuModel, profile: string): Accelerator {
    throwOnErrors('Accelerator.mig', findingsOf({ model }, '', MODEL_SHAPE));
    const profiles = Object.keys(MIG_PROFILES[model._facts.mig ?? ''] ?? {});
    if (profiles.length === 0) {
      const problem = `no MIG profile of ${model.name} is known`;
      const fix = 'use Accelerator.gpu or Accelerator.shared';
      throwOnErrors('Accelerator.mig', [error('no-mig', 'model', problem, fix)]);
    }
    const findings = findingsOf({ profile }, '', struct({ profile: oneOf(...profiles) }, {})).map((finding) =>
      typeof profile === 'string' ? { ...finding, problem: finding.problem + didYouMean(profile, profiles) } : finding,
    );
    throwOnErrors(`Accelerator.mig of ${model.name}`, findings);
    // The name of a slice rounds up: the largest one would have more than the whole GPU.
    const memoryMib = Math.min(migMemoryMib(profile), model.memoryMib);
    return new Accelerator(AcceleratorKind.MIG, migResourceName(profile), 1, memoryMib, model);
  }

  /**
   * A share of a GPU that other pods use too, by time slicing or MPS.
   *
   * @param model kind of GPU
   */
  public static shared(model: GpuModel, options: SharedGpuOptions): Accelerator {
    throwOnErrors('Accelerator.shared', [
      ...findingsOf({ model }, '', MODEL_SHAPE),
      ...findingsOf(options, '', SHARED_OPTIONS),
    ]);
    const resource = options.resourceName ?? 'nvidia.com/gpu.shared';
    return new Accelerator(AcceleratorKind.SHARED, resource, 1, model.memoryMib, model, options.sharers);
  }

  /**
   * Devices of another vendor, by their extended resource. Pair it with `VllmVersion.of(…, { repository })`: the default
   * image is for CUDA.
   *
   * @param name for example `amd.com/gpu`
   * @param count devices per replica
   */
  public static resource(name: string, count: number, options: ResourceOptions = {}): Accelerator {
    throwOnErrors('Accelerator.resource', [
      ...findingsOf({ name, count }, '', RESOURCE_SHAPE),
      ...findingsOf(options, '', RESOURCE_OPTIONS),
    ]);
    const memoryMib = options.memory && mebibytesOf(options.memory);
    return new Accelerator(AcceleratorKind.RESOURCE, name, count, memoryMib);
  }

  private constructor(
    /** What kind of device it is. */
    public readonly kind: AcceleratorKind,
    /** Extended resource that the pod requests. */
    public readonly resourceName: string,
    /** Devices per replica. */
    public readonly count: number,
    /** Memory of one device in MiB, if it is known. */
    public readonly memoryMib: number | undefined,
    /** Kind of GPU, for NVIDIA. */
    public readonly model: GpuModel | undefined = undefined,
    /** Pods that share one device. */
    public readonly sharers: number = 1,
  ) {}
}
