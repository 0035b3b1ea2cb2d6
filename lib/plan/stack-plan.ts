import type { DeviceClaim } from '../accelerator/device-claim';
import type { objectNames } from './object-names';
import type { FlagName } from '../engine/catalogue/flag-name';
import type { AcceleratorPlan } from '../accelerator/accelerator-plan';
import type { CommandLine } from '../engine/command-line/command-line';
import type { Owners } from '../engine/command-line/extra-args';
import type { HistogramBound } from '../engine/command-line/histogram-bounds';
import type { ModelPlan } from '../model/model-plan';
import type { EnvironmentVariable, SetVariables } from '../engine/environment';
import type { Release } from '../engine/release';
import type { MemoryPlan } from '../memory/memory-plan';
import type { Finding } from '../preflight/finding';
import type { ResourcePlan } from '../timing/resource-plan';
import type { TimingPlan } from '../timing/times';
import type { WeightsPlan } from '../timing/weights-plan';

/** What a plan was made from, as its findings need it. */
export interface PlanBasis {
  readonly versionIsSet: boolean;
  /** The release that runs today, where the user set it. */
  readonly upgradingFrom: Release | undefined;
  readonly model: ModelPlan;
  readonly accelerator: AcceleratorPlan;
  /** Folder of the weights inside their volume. */
  readonly weightsPath: string | undefined;
  readonly commandLine: CommandLine;
  readonly extraArgs: readonly string[];
  /** Flags that the kind of workload decides, each with what to do instead. */
  readonly ownedFlags: Owners['ownedFlags'];
  readonly variables: SetVariables;
  /** Where volumes of the user are mounted. */
  readonly mounts: readonly string[];
  /** Parts of the stack that read metrics of vLLM, in words. */
  readonly metricUsers: readonly string[];
  /** Metrics of vLLM that they read. */
  readonly metrics: readonly string[];
  /** Upper bounds that histograms must have. */
  readonly bounds: readonly HistogramBound[];
  /** Why the user overrides the memory fit. */
  readonly unsafeMemoryFit: string | undefined;
  /** What the placement reports about this accelerator. A placement is a rule of its own, so it is asked only once. */
  readonly placement: readonly Finding[];
}

/** Everything decided about a stack before anything is emitted: plain data. */
export interface StackPlan {
  readonly name: string;
  /** Namespace of the stack or else of its chart; undefined when neither has one. */
  readonly namespace: string | undefined;
  readonly names: ReturnType<typeof objectNames>;
  readonly version: string;
  readonly release: Release;
  /** False for a version that the library does not know. */
  readonly versionIsChecked: boolean;
  readonly image: string;
  /** Items of the container's `args`. */
  readonly args: readonly string[];
  /** Flags on the command line, as the catalogue spells them. */
  readonly flags: readonly FlagName[];
  readonly environment: readonly EnvironmentVariable[];
  readonly port: number;
  /** Sequences of the engine's batch; undefined when unset. */
  readonly maxNumSeqs: number | undefined;
  /** Engines in one replica: its data-parallel ranks, each with a batch of its own. */
  readonly engines: number;
  /** True when the engine serves TLS: probes and scraping follow. */
  readonly https: boolean;
  readonly device: {
    /** Extended resource. The pod requests it unless it claims the devices, or has none. */
    readonly resourceName: string;
    /** True for a stack without devices. */
    readonly onCpu: boolean;
    readonly count: number;
    readonly claim: DeviceClaim | undefined;
  };
  /** Node labels that must hold, each with its allowed values. */
  readonly nodeLabels: Readonly<Record<string, readonly string[]>>;
  readonly weights: WeightsPlan;
  readonly memory: MemoryPlan;
  readonly timing: TimingPlan;
  readonly resources: ResourcePlan;
  readonly basis: PlanBasis;
}
