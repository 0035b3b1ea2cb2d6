import type { GpuModel } from '../../accelerator/gpu-model';
import { deviceFilter, maxSlices, profileParts, sliceCost, withoutProfiles } from '../../accelerator/mig-profiles';
import type { Finding } from '../../preflight/finding';
import { error, throwOnErrors } from '../../preflight/finding';
import { brandMade, FACTORY } from '../../shapes/brand';
import { LABEL_VALUE } from '../../shapes/kubernetes-names';
import { findingsOf, instance, integer, listOf, mapOf, matching, text } from '../../shapes/shape';
import { show } from '../../shapes/show';
import { structOf } from '../../shapes/struct';
import type { CustomMigLayoutOptions } from './mig-layout-options';
import type { MigLayoutPlan } from './mig-plan';
import { ALL_DISABLED } from './mig-plan';
import { sliceFindings } from './mig-slice-findings';

const GPU = instance<GpuModel>('GpuModel', 'a GpuModel, for example GpuModel.H100');
const NAME = matching(
  new RegExp(`^(?=.)${LABEL_VALUE.source.slice(1)}`),
  'the value of a node label: up to 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit',
);
const UNIFORM = structOf<{ gpu: GpuModel; profile: string }>({ gpu: GPU, profile: text }, {});
const BALANCED = structOf<{ gpu: GpuModel }>({ gpu: GPU }, {});
const CUSTOM = structOf<CustomMigLayoutOptions>(
  { name: NAME, gpu: GPU },
  { slices: mapOf(integer(1)), gpus: listOf(integer(0), 1) },
);

/**
 * How GPUs of one kind are sliced: a configuration of NVIDIA's mig-parted, or a part of one. A node is sliced when its
 * label `nvidia.com/mig.config` has the name of the configuration.
 */
export class MigLayout {
  /**
   * As many slices of one profile as fit, on every GPU of a node. Its name is that of NVIDIA's preset: `all-1g.10gb`.
   *
   * @param gpu kind of GPU
   * @param profile for example `1g.10gb`, spelled as `nvidia-smi mig -lgip` prints it
   */
  public static uniform(gpu: GpuModel, profile: string): MigLayout {
    throwOnErrors('MigLayout.uniform', findingsOf({ gpu, profile }, '', UNIFORM));
    throwOnErrors('MigLayout.uniform', sliceable(gpu));
    throwOnErrors(`MigLayout.uniform of ${gpu.name}`, profileFindings(gpu, profile));
    return new MigLayout(
      FACTORY,
      `all-${profile.replaceAll('+', '.')}`,
      gpu,
      { [profile]: maxSlices(gpu, profile) },
      undefined,
    );
  }

  /**
   * Slices of several sizes on every GPU of a node, as NVIDIA's preset `all-balanced`: two small ones, one of two compute
   * slices and, on GPUs with seven, one of three.
   *
   * @param gpu kind of GPU
   */
  public static balanced(gpu: GpuModel): MigLayout {
    throwOnErrors('MigLayout.balanced', findingsOf({ gpu }, '', BALANCED));
    throwOnErrors('MigLayout.balanced', sliceable(gpu));
    return new MigLayout(FACTORY, 'all-balanced', gpu, balancedSlices(gpu), undefined);
  }

  /**
   * Slices that you choose, on all or some GPUs of a node.
   *
   * It refuses what one GPU cannot hold: unknown profiles, too many compute or memory slices, media engines used twice.
   */
  public static custom(options: CustomMigLayoutOptions): MigLayout {
    throwOnErrors('MigLayout.custom', findingsOf(options, '', CUSTOM));
    const { name, gpu, slices, gpus } = options;
    throwOnErrors('MigLayout.custom', [...sliceable(gpu), ...namesAndIndexes(options)]);
    throwOnErrors(`MigLayout.custom "${name}" of ${gpu.name}`, sliceFindings(gpu, slices ?? {}));
    return new MigLayout(FACTORY, name, gpu, slices, gpus);
  }

  /** MIG off on every GPU of a node. Every configuration file has it, so you need not add it. */
  public static disabled(): MigLayout {
    return new MigLayout(FACTORY, ALL_DISABLED, undefined, undefined, undefined);
  }

  /** @internal */
  public readonly _plan: MigLayoutPlan;

  private constructor(
    caller: typeof FACTORY,
    /** Value of the node label `nvidia.com/mig.config` that selects this layout. */
    public readonly name: string,
    /** Kind of GPU that is sliced; undefined for all kinds. */
    public readonly gpu: GpuModel | undefined,
    slices: Readonly<Record<string, number>> | undefined,
    gpus: readonly number[] | undefined,
  ) {
    brandMade(this, 'MigLayout', caller);
    this._plan = {
      name,
      gpu: gpu && { name: gpu.name, deviceFilter: deviceFilter(gpu) },
      slices: slices && { ...slices },
      gpus: gpus && [...gpus].sort((a, b) => a - b),
    };
  }
}

/** The findings about one slice, with the argument as their subject. */
function profileFindings(gpu: GpuModel, profile: string): Finding[] {
  return sliceFindings(gpu, { [profile]: 1 }).map((finding) => ({
    ...finding,
    subject: 'profile',
    problem: `is ${show(profile)}: ${finding.problem}`,
  }));
}

function sliceable(gpu: GpuModel): Finding[] {
  if (gpu.migProfiles.length > 0) return [];
  const problem = `is ${gpu.name}, for which no MIG profile is known`;
  const fix = withoutProfiles(gpu, 'a GPU that MIG can slice, such as GpuModel.A100_80GB');
  return [error('no-mig', 'gpu', problem, fix)];
}

function namesAndIndexes({ name, slices, gpus = [] }: CustomMigLayoutOptions): Finding[] {
  const findings: Finding[] = [];
  if (name === ALL_DISABLED || name === 'all-enabled') {
    const problem = `is "${name}", which means MIG ${name === ALL_DISABLED ? 'off' : 'on without slices'} on every GPU`;
    findings.push(error('mig-name-reserved', 'name', problem, 'use another name'));
  }
  if (slices !== undefined && Object.keys(slices).length === 0) {
    const problem = 'is {}: no pod can use a GPU in MIG mode without slices';
    findings.push(error('mig-no-slices', 'slices', problem, 'set slices, or remove it to keep the GPUs whole'));
  }
  const twice = gpus.filter((index, place) => gpus.indexOf(index) !== place);
  if (twice.length > 0) {
    const problem = `has GPU ${[...new Set(twice)].join(', ')} more than once`;
    findings.push(error('mig-gpu-twice', 'gpus', problem, 'list each GPU once'));
  }
  return findings;
}

/** Source of the counts: NVIDIA/mig-parted deployments/systemd/config-default.yaml, `all-balanced`. */
function balancedSlices(gpu: GpuModel): Record<string, number> {
  const plain = gpu.migProfiles.filter((profile) => profileParts(profile).suffix === '');
  const smallest = (compute: number) =>
    plain
      .filter((profile) => profileParts(profile).compute === compute)
      .sort((a, b) => sliceCost(gpu, a).memory - sliceCost(gpu, b).memory)[0];
  const counts = [
    [smallest(1), 2],
    [smallest(2), 1],
    [smallest(3), 1],
  ] as const;
  return Object.fromEntries(counts.filter(([profile]) => profile !== undefined));
}
