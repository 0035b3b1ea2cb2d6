import { error, throwOnErrors } from '../../preflight/finding';
import type { Finding } from '../../preflight/finding';
import { brandMade, FACTORY } from '../../shapes/brand';
import { findingsOf, flag, integer, listOf, matching } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';

/**
 * A resource that several pods share.
 */
export interface SharedResource {
  /** `nvidia.com/gpu`, or `nvidia.com/mig-<profile>` under the `mixed` MIG strategy. */
  readonly name: string;

  /** Pods that share one GPU or slice; minimum 2. Two shares do not give a pod twice the GPU. */
  readonly replicas: number;
}

/**
 * Options of time slicing.
 */
export interface TimeSlicingOptions {
  /** The shared resources and the number of pods for each. List each resource once. */
  readonly resources: SharedResource[];

  /**
   * Offer shares under `<name>.shared`, for example `nvidia.com/gpu.shared`. `false` offers them under the name of
   * whole GPUs, and a stack that requests a GPU gets a share.
   *
   * @default true
   */
  readonly renameByDefault?: boolean;

  /**
   * Refuse pods that request more than one share, since several shares give no more than one. Such a pod fails with
   * `UnexpectedAdmissionError` and must be deleted by hand. The upstream default is `false`.
   *
   * @default true
   */
  readonly failRequestsGreaterThanOne?: boolean;
}

/**
 * Options of sharing by CUDA MPS.
 */
export interface MpsOptions {
  /** Pods that share one GPU; minimum 2. Each gets an equal part of memory and compute. */
  readonly replicas: number;

  /**
   * Offer shares as `nvidia.com/gpu.shared`. `false` offers them under the name of whole GPUs.
   *
   * @default true
   */
  readonly renameByDefault?: boolean;
}

/** The content of the configuration file, as plain data. */
export interface SharingRules {
  readonly method: 'timeSlicing' | 'mps';
  readonly renameByDefault: boolean;
  readonly failRequestsGreaterThanOne: boolean;
  readonly resources: readonly SharedResource[];
}

// Fewer than two replicas are refused (NVIDIA/k8s-device-plugin api/config/v1/replicas.go).
const REPLICAS = integer(2);

// The plugin offers these names only: naming resources in its configuration is switched off (cmd/nvidia-device-plugin/
// main.go). All are far shorter than 63 characters, the maximum for a resource name.
const NAME = matching(
  /^(nvidia\.com\/)?(gpu|mig-[1-7]g\.\d{1,3}gb(\.(me|gfx|me\.all)|-me)?)$/,
  '"nvidia.com/gpu" or a slice such as "nvidia.com/mig-1g.10gb", the only names that the plugin offers',
);
const TIME_SLICING = structOf<TimeSlicingOptions>(
  { resources: listOf(structOf<SharedResource>({ name: NAME, replicas: REPLICAS }, {}), 1) },
  { renameByDefault: flag, failRequestsGreaterThanOne: flag },
);
const MPS = structOf<MpsOptions>({ replicas: REPLICAS }, { renameByDefault: flag });

/** Upstream adds this prefix to a name without one. */
const qualified = (name: string): string => (name.startsWith('nvidia.com/') ? name : `nvidia.com/${name}`);

function twice(resources: readonly SharedResource[]): Finding[] {
  return resources.flatMap(({ name }, index) => {
    if (resources.findIndex((other) => qualified(other.name) === qualified(name)) === index) return [];
    const problem = `shares ${qualified(name)}, as an earlier one does`;
    return [error('shared-twice', `resources[${index}]`, problem, 'keep one of them')];
  });
}

/**
 * How several pods use one GPU. A node has one way of sharing.
 */
export class GpuSharing {
  /**
   * Pods take turns on the GPU. Memory is not divided: each pod can use all of it. An engine allocates
   * `gpuMemoryUtilization` of the whole GPU when it starts, so the sum over all pods must stay below 1.
   */
  public static timeSlicing(options: TimeSlicingOptions): GpuSharing {
    throwOnErrors('GpuSharing.timeSlicing', findingsOf(options, '', TIME_SLICING));
    throwOnErrors('GpuSharing.timeSlicing', twice(options.resources));
    const { renameByDefault = true, failRequestsGreaterThanOne = true } = options;
    const resources = options.resources.map(({ name, replicas }) => ({ name: qualified(name), replicas }));
    return new GpuSharing(FACTORY, { method: 'timeSlicing', renameByDefault, failRequestsGreaterThanOne, resources });
  }

  /**
   * Pods run at the same time under a control daemon, each with an equal part of memory and compute. It works on whole
   * GPUs only, not with MIG. Upstream calls it experimental and always refuses requests for more than one share.
   */
  public static mps(options: MpsOptions): GpuSharing {
    throwOnErrors('GpuSharing.mps', findingsOf(options, '', MPS));
    const { replicas, renameByDefault = true } = options;
    const resources = [{ name: 'nvidia.com/gpu', replicas }];
    return new GpuSharing(FACTORY, { method: 'mps', renameByDefault, failRequestsGreaterThanOne: true, resources });
  }

  /** @internal */
  public readonly _rules: SharingRules;

  private constructor(caller: typeof FACTORY, rules: SharingRules) {
    brandMade(this, 'GpuSharing', caller);
    this._rules = rules;
  }
}
