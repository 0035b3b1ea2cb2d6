import type { AcceleratorPlan } from '../accelerator/accelerator-plan';
import type { Release } from '../engine/release';
import type { ModelShape } from '../model/model-shape';
import type { Finding } from '../preflight/finding';
import type { EngineFacts } from '../engine/facts/engine-facts';

/** What a cross-check may look at. */
export interface CrossCheckContext {
  readonly facts: EngineFacts;
  readonly release: Release;
  /** False for a release about which nothing is known. */
  readonly versionIsChecked: boolean;
  readonly modelId: string;
  /** True when the model comes from a volume, which has no revisions. */
  readonly offline: boolean;
  /** Undefined for a model that neither the library knows nor the user described. */
  readonly architecture: ModelShape | undefined;
  readonly accelerator: AcceleratorPlan;
  /** The image that the stack runs. */
  readonly image: string;
  readonly environment: ReadonlyMap<string, string | undefined>;
  /** Names of the parts of the stack that read vLLM's metrics. */
  readonly metricUsers: readonly string[];
}

/** One rule about several options together. */
export type CrossCheck = (context: CrossCheckContext) => Finding[];
