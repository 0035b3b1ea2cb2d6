import type { DeviceClaim } from '../accelerator/device-claim';
import type { objectNames } from './object-names';
import type { FlagName } from '../engine/catalogue/flag-name';
import type { EnvironmentVariable } from '../engine/environment';
import type { Release } from '../engine/release';
import type { MemoryPlan } from '../memory/memory-plan';
import type { Finding } from '../preflight/finding';
import type { ResourcePlan } from '../timing/resources';
import type { TimingPlan } from '../timing/times';
import type { WeightsPlan } from '../timing/weights-plan';

/** Everything decided about a stack before anything is emitted: plain data. */
export interface StackPlan {
  readonly name: string;
  /** Undefined when the chart decides. */
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
    /** Extended resource. The pod requests it unless it claims the devices. */
    readonly resourceName: string;
    readonly count: number;
    readonly claim: DeviceClaim | undefined;
  };
  /** Node labels that must hold, each with its allowed values. */
  readonly nodeLabels: Readonly<Record<string, readonly string[]>>;
  readonly weights: WeightsPlan;
  readonly memory: MemoryPlan;
  readonly timing: TimingPlan;
  readonly resources: ResourcePlan;
  readonly findings: readonly Finding[];
}
