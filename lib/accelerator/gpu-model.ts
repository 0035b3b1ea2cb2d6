import type { Size } from 'cdk8s';
import { throwOnErrors } from '../preflight/finding';
import { mebibytesOf } from '../units/mebibytes';
import { brandMade, FACTORY } from '../shapes/brand';
import { deviceMemory, findingsOf, matching, shape } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { GpuFacts } from './gpu-facts';
import { GPU_FACTS } from './gpu-facts';
import type { MigProfile } from './own-mig-profiles';
import { MIG_PROFILES, migFacts, profileFindings } from './own-mig-profiles';

/**
 * A GPU that the library does not list.
 */
export interface GpuModelOptions {
  /** Name for messages, for example `L40`. */
  readonly name: string;

  /** Memory that the driver reports: `nvidia-smi --query-gpu=memory.total --format=csv`. */
  readonly memory: Size;

  /**
   * CUDA compute capability: `nvidia-smi --query-gpu=compute_cap --format=csv`. Number formats are checked against it.
   *
   * @default - unknown: number formats are not checked
   */
  readonly computeCapability?: number;

  /**
   * How the GPU can be sliced, for `Accelerator.mig`, `Accelerator.claim` and `MigLayout`: the profiles that
   * `nvidia-smi mig -lgip` prints.
   *
   * @default - it cannot be sliced
   */
  readonly migProfiles?: MigProfile[];
}

// Fermi had 2.0; 13 is what the driver calls Rubin. A larger number lacks its decimal point, such as 89.
const CAPABILITY = shape<number>(
  'a compute capability such as 8.9',
  (value) => typeof value === 'number' && value >= 2 && value < 20 && /^\d+(\.\d)?$/.test(String(value)),
);
const SHAPE = structOf<GpuModelOptions>(
  { name: matching(/^\S+$/, 'a name without spaces'), memory: deviceMemory('Size.mebibytes(46068)') },
  { computeCapability: CAPABILITY, migProfiles: MIG_PROFILES },
);

/**
 * A kind of NVIDIA GPU.
 */
export class GpuModel {
  /** T4, 16 GB. */
  public static readonly T4 = GpuModel.known('T4');
  /** A10, 24 GB. */
  public static readonly A10 = GpuModel.known('A10');
  /** A10G, 24 GB: the A10 of AWS. */
  public static readonly A10G = GpuModel.known('A10G');
  /** L4, 24 GB. */
  public static readonly L4 = GpuModel.known('L4');
  /** L40S, 48 GB. */
  public static readonly L40S = GpuModel.known('L40S');
  /** A30, 24 GB. */
  public static readonly A30 = GpuModel.known('A30');
  /** A100 with 40 GB. */
  public static readonly A100_40GB = GpuModel.known('A100_40GB');
  /** A100 with 80 GB. */
  public static readonly A100_80GB = GpuModel.known('A100_80GB');
  /** H100 SXM or PCIe, 80 GB. */
  public static readonly H100 = GpuModel.known('H100');
  /** H200, 141 GB. */
  public static readonly H200 = GpuModel.known('H200');
  /** GH200 with 96 GB. */
  public static readonly GH200 = GpuModel.known('GH200');
  /** B200, 180 GB. */
  public static readonly B200 = GpuModel.known('B200');
  /** One GPU of a GB200, 186 GB. */
  public static readonly GB200 = GpuModel.known('GB200');
  /** B300, 269 GB. */
  public static readonly B300 = GpuModel.known('B300');
  /** One GPU of a GB300, 278 GB. */
  public static readonly GB300 = GpuModel.known('GB300');
  /** RTX PRO 6000 Blackwell Server Edition, 96 GB. */
  public static readonly RTX_PRO_6000 = GpuModel.known('RTX_PRO_6000');

  /** A GPU that the library does not list. It cannot be placed by provider label, and is sliced with `migProfiles`. */
  public static of(options: GpuModelOptions): GpuModel {
    throwOnErrors('GpuModel.of', findingsOf(options, '', SHAPE));
    const { name, memory, computeCapability, migProfiles } = options;
    const memoryMib = mebibytesOf(memory);
    if (migProfiles === undefined) return new GpuModel(FACTORY, name, { memoryMib, computeCapability }, false);
    throwOnErrors('GpuModel.of', profileFindings(migProfiles, memoryMib));
    return new GpuModel(FACTORY, name, { memoryMib, computeCapability, mig: migFacts(migProfiles, memoryMib) }, false);
  }

  private static known(name: keyof typeof GPU_FACTS): GpuModel {
    return new GpuModel(FACTORY, name, GPU_FACTS[name], true);
  }

  /** Name of the model. */
  public readonly name: string;

  /** Memory of one GPU as the driver reports it, in MiB. */
  public readonly memoryMib: number;

  /** CUDA compute capability, for example 8.9; undefined when it is not known. */
  public readonly computeCapability?: number;

  /** Memory bandwidth in GB/s, the minimum of the variants with this name; undefined when it is not known. */
  public readonly memoryBandwidth?: number;

  /** TFLOPS of bf16 without sparsity, the minimum of the variants; undefined when it is not known. */
  public readonly bf16Tflops?: number;

  /** TFLOPS of fp8 without sparsity; undefined also for a GPU without fp8 arithmetic. */
  public readonly fp8Tflops?: number;

  /** Bandwidth of NVLink in GB/s, both directions together: 0 without; undefined where variants differ. */
  public readonly nvlinkBandwidth?: number;

  /** MIG profiles that `Accelerator.mig` accepts; none for a GPU that cannot be sliced. */
  public readonly migProfiles: string[];

  /** @internal */
  public readonly _facts: GpuFacts;

  /** False for a GPU that the user describes. @internal */
  public readonly _isListed: boolean;

  private constructor(caller: typeof FACTORY, name: string, facts: GpuFacts, isListed: boolean) {
    brandMade(this, 'GpuModel', caller);
    this.name = name;
    this.memoryMib = facts.memoryMib;
    this.computeCapability = facts.computeCapability;
    this.memoryBandwidth = facts.bandwidth;
    this.bf16Tflops = facts.bf16Tflops;
    this.fp8Tflops = facts.fp8Tflops;
    this.nvlinkBandwidth = facts.nvlink;
    this.migProfiles = Object.keys(facts.mig?.profiles ?? {});
    this._facts = facts;
    this._isListed = isListed;
  }
}
