import type { AcceleratorPlan } from '../accelerator/accelerator-plan';
import type { EngineFacts } from '../engine/facts/engine-facts';
import type { Release } from '../engine/release';
import type { ModelPlan } from '../model/model-plan';
import type { WeightsPlan } from '../timing/weights-plan';

/** What memory is decided from. */
export interface MemoryContext {
  readonly model: ModelPlan;
  readonly accelerator: AcceleratorPlan;
  readonly facts: EngineFacts;
  readonly release: Release;
  readonly weights: WeightsPlan;
  /** Variables that the user set; undefined for one from a Secret. */
  readonly environment: ReadonlyMap<string, string | undefined>;
}
