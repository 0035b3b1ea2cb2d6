import type { Size } from 'cdk8s';
import { error, throwOnErrors } from '../preflight/finding';
import { isSize, mebibytesOf, MIB_PER_GIB } from '../units/mebibytes';
import { didYouMean } from '../preflight/nearest';
import { brandMade, FACTORY } from '../shapes/brand';
import { deviceMemory, findingsOf, instance, integer, oneOf, shape as shapeOf, showSize } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { MigOptions, ResourceOptions, SharedGpuOptions } from './accelerator-options';
import type { CpuOptions } from './cpu-options';
import { CpuArchitecture } from './cpu-options';
import { coresOf } from './device-cores';
import { MigStrategy } from './mig-strategy';
import type { DeviceClaim } from './device-claim';
import { claimFindings, deviceClaim } from './device-claim';
import type { DeviceClaimOptions } from './device-claim-options';
import type { GpuModel } from './gpu-model';
import { migResourceName, sliceMemoryMib, withoutProfiles } from './mig-profiles';
import { resourceNameLike } from './resource-name';

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
  /** No device: the cores of the node. */
  CPU = 'cpu',
}

const GPU_MODEL = instance<GpuModel>('GpuModel', 'a GpuModel, for example GpuModel.H100');
const RESOURCE_NAME = resourceNameLike('amd.com/gpu');
const GPU_SHAPE = structOf<{ model: GpuModel; count: number }>({ model: GPU_MODEL, count: integer(1) }, {});
// The device plugin refuses fewer than two replicas of a shared resource (k8s-device-plugin api/config/v1/replicas.go).
// Above 90, the share of one engine would be less than one percent.
const SHARED_OPTIONS = structOf<SharedGpuOptions>({ sharers: integer(2, 90) }, { resourceName: RESOURCE_NAME });
const RESOURCE_SHAPE = structOf<{ name: string; count: number }>({ name: RESOURCE_NAME, count: integer(1) }, {});
const RESOURCE_OPTIONS = structOf<ResourceOptions>(
  {},
  { memory: deviceMemory('Size.gibibytes(64)'), coresPerDevice: integer(1, 64) },
);
const KV_CACHE_SPACE = shapeOf<Size>(
  'a Size of whole GiB, for example Size.gibibytes(4)',
  (value) => isSize(value) && mebibytesOf(value) > 0 && mebibytesOf(value) % MIB_PER_GIB === 0,
  showSize,
);
const CPU_OPTIONS = structOf<CpuOptions>(
  {},
  {
    architecture: oneOf(CpuArchitecture.AMD64, CpuArchitecture.ARM64),
    kvCacheSpace: KV_CACHE_SPACE,
    // A mainboard has at most eight sockets, or two with four NUMA nodes each.
    numaNodes: integer(1, 8),
  },
);
const MODEL_SHAPE = structOf<{ model: GpuModel }>({ model: GPU_MODEL }, {});
const MIG_OPTIONS = structOf<MigOptions>({}, { strategy: oneOf(MigStrategy.MIXED, MigStrategy.SINGLE) });

/** Throws unless the GPU has this MIG profile. */
function checkProfile(factory: string, model: GpuModel, profile: string, subject: string): void {
  const profiles = model.migProfiles;
  if (profiles.length === 0) {
    const problem = `no MIG profile of ${model.name} is known`;
    throwOnErrors(factory, [
      error('no-mig', 'model', problem, withoutProfiles(model, 'Accelerator.gpu or Accelerator.shared')),
    ]);
  }
  const shape = structOf<Record<string, string>>({ [subject]: oneOf(...profiles) }, {});
  const findings = findingsOf({ [subject]: profile }, '', shape);
  const hint = typeof profile === 'string' ? didYouMean(profile, profiles) : '';
  throwOnErrors(
    `${factory} of ${model.name}`,
    findings.map((finding) => ({ ...finding, problem: finding.problem + hint })),
  );
}

/** Properties that only some accelerators have. */
interface More {
  readonly sharers?: number;
  readonly profile?: string;
  readonly claim?: DeviceClaim;
  readonly coresPerDevice?: number;
  readonly kvCacheMib?: number;
  readonly architecture?: CpuArchitecture;
}

/**
 * What one replica runs on. Kubernetes gives a pod exactly these devices.
 */
export class Accelerator {
  /**
   * Whole GPUs.
   *
   * @param model kind of GPU
   * @param count GPUs per replica; tensor parallelism uses all of them unless the engine options
   *   set something else
   */
  public static gpu(model: GpuModel, count: number = 1): Accelerator {
    throwOnErrors('Accelerator.gpu', findingsOf({ model, count }, '', GPU_SHAPE));
    return new Accelerator(FACTORY, AcceleratorKind.GPU, 'nvidia.com/gpu', count, model.memoryMib, model);
  }

  /**
   * One MIG slice. One slice per replica: slices cannot work together, so scale with replicas.
   *
   * @param model kind of GPU that is sliced
   * @param profile for example `1g.10gb`, spelled as `nvidia-smi mig -lgip` does
   */
  public static mig(model: GpuModel, profile: string, options: MigOptions = {}): Accelerator {
    throwOnErrors('Accelerator.mig', [
      ...findingsOf({ model }, '', MODEL_SHAPE),
      ...findingsOf(options, '', MIG_OPTIONS),
    ]);
    checkProfile('Accelerator.mig', model, profile, 'profile');
    const resource = options.strategy === MigStrategy.SINGLE ? 'nvidia.com/gpu' : migResourceName(profile);
    return new Accelerator(FACTORY, AcceleratorKind.MIG, resource, 1, sliceMemoryMib(model._facts, profile), model, {
      profile,
    });
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
    return new Accelerator(FACTORY, AcceleratorKind.SHARED, resource, 1, model.memoryMib, model, {
      sharers: options.sharers,
    });
  }

  /**
   * GPUs that the pod claims by their properties, or one MIG slice: Dynamic Resource Allocation. The stack then has a
   * ResourceClaimTemplate, and the pod requests no extended resource.
   *
   * Needs Kubernetes 1.34 or newer, where `resource.k8s.io/v1` begins, and NVIDIA's DRA driver with GPU allocation
   * switched on. Do not run the driver and the device plugin on the same node: both would allocate the same GPU.
   *
   * @param model kind of GPU
   */
  public static claim(model: GpuModel, options: DeviceClaimOptions = {}): Accelerator {
    throwOnErrors('Accelerator.claim', [...findingsOf({ model }, '', MODEL_SHAPE), ...claimFindings(options)]);
    const { migProfile: profile, count = 1 } = options;
    if (profile !== undefined) checkProfile('Accelerator.claim', model, profile, 'migProfile');
    const claim = deviceClaim(model, options);
    return profile === undefined
      ? new Accelerator(FACTORY, AcceleratorKind.GPU, 'nvidia.com/gpu', count, model.memoryMib, model, { claim })
      : new Accelerator(
          FACTORY,
          AcceleratorKind.MIG,
          migResourceName(profile),
          1,
          sliceMemoryMib(model._facts, profile),
          model,
          {
            claim,
            profile,
          },
        );
  }

  /**
   * Devices of another vendor, by their extended resource. Use it with `VllmVersion.of(…, { repository })`: the default
   * image is for CUDA.
   *
   * @param name for example `amd.com/gpu`
   * @param count devices per replica
   */
  public static resource(name: string, count: number, options: ResourceOptions = {}): Accelerator {
    if (name === 'cpu') {
      const problem = `is "${name}", which is no device`;
      throwOnErrors('Accelerator.resource', [error('wrong-value', 'name', problem, 'use Accelerator.cpu()')]);
    }
    throwOnErrors('Accelerator.resource', [
      ...findingsOf({ name, count }, '', RESOURCE_SHAPE),
      ...findingsOf(options, '', RESOURCE_OPTIONS),
    ]);
    const memoryMib = options.memory && mebibytesOf(options.memory);
    const { coresPerDevice = coresOf(name) } = options;
    return new Accelerator(FACTORY, AcceleratorKind.RESOURCE, name, count, memoryMib, undefined, { coresPerDevice });
  }

  /**
   * No GPU: the cores and the memory of the node, for a trial with a small model. The stack then runs vLLM's CPU image,
   * requests no device, and has no alerts, panels or costs of GPUs.
   *
   * `resources.cpu` sets the cores. The memory of the pod follows from weights and KV cache.
   */
  public static cpu(options: CpuOptions = {}): Accelerator {
    throwOnErrors('Accelerator.cpu', findingsOf(options, '', CPU_OPTIONS));
    const { architecture, kvCacheSpace, numaNodes = 1 } = options;
    return new Accelerator(FACTORY, AcceleratorKind.CPU, 'cpu', numaNodes, undefined, undefined, {
      architecture,
      kvCacheMib: kvCacheSpace && mebibytesOf(kvCacheSpace),
    });
  }

  /** Pods that share one device. */
  public readonly sharers: number;

  /** Cores of one device that the engine counts as devices of their own. */
  public readonly coresPerDevice: number;

  /** MIG profile of the slice. @internal */
  public readonly _profile: string | undefined;

  /** What the pod claims instead of requesting the extended resource. @internal */
  public readonly _claim: DeviceClaim | undefined;

  /** KV cache of one rank on CPU, where it is set. @internal */
  public readonly _kvCacheMib: number | undefined;

  /** Architecture of the nodes, where it is set. @internal */
  public readonly _architecture: CpuArchitecture | undefined;

  private constructor(
    caller: typeof FACTORY,
    /** What kind of device it is. */
    public readonly kind: AcceleratorKind,
    /** Extended resource of the device; `cpu` without one. The pod requests it, unless it claims the device. */
    public readonly resourceName: string,
    /** Devices per replica; NUMA nodes on CPU. */
    public readonly count: number,
    /** Memory of one device in MiB, if it is known. */
    public readonly memoryMib: number | undefined,
    /** Kind of GPU, for NVIDIA. */
    public readonly model: GpuModel | undefined = undefined,
    more: More = {},
  ) {
    brandMade(this, 'Accelerator', caller);
    this.sharers = more.sharers ?? 1;
    this.coresPerDevice = more.coresPerDevice ?? 1;
    this._profile = more.profile;
    this._claim = more.claim;
    this._kvCacheMib = more.kvCacheMib;
    this._architecture = more.architecture;
  }
}
