import { mebibytesOf } from '../units/mebibytes';
import type { Model } from './model';
import type { ModelShape } from './model-shape';
import { shapeOf } from './shape-of-model';

/** A model as a plan holds it. */
export interface ModelPlan {
  readonly id: string;
  readonly revision: string | undefined;
  /** Names by which clients request the model. */
  readonly servedNames: readonly string[];
  /** Size of the checkpoint in MiB, where the user set it. */
  readonly weightsSizeMib: number | undefined;
  readonly hasAccessToken: boolean;
  /** Undefined for a model that neither the library knows nor the user described. */
  readonly shape: ModelShape | undefined;
}

/** The data of a model. */
export function modelPlan(model: Model): ModelPlan {
  const { revision, servedNames, weightsSize, accessToken } = model.options;
  return {
    id: model.id,
    revision,
    servedNames: servedNames ?? [model.id],
    weightsSizeMib: weightsSize && mebibytesOf(weightsSize),
    hasAccessToken: accessToken !== undefined,
    shape: shapeOf(model),
  };
}
