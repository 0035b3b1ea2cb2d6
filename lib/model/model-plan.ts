import { mebibytesOf } from '../units/mebibytes';
import { knownTask } from './known-models';
import type { Model } from './model';
import type { ModelShape } from './model-shape';
import type { ModelTask } from './model-task';
import { shapeOf } from './shape-of-model';

/** A model as a plan holds it. */
export interface ModelPlan {
  readonly id: string;
  readonly revision: string | undefined;
  /** Size of the checkpoint in MiB, where the user set it. */
  readonly weightsSizeMib: number | undefined;
  readonly hasAccessToken: boolean;
  /** Names by which clients request it; the first one is in every metric. */
  readonly servedNames: readonly string[];
  readonly task: {
    /** As the user set it. */
    readonly set: ModelTask | undefined;
    /** That of a model that the library knows. */
    readonly known: ModelTask | undefined;
  };
  /** Undefined for a model that neither the library knows nor the user described. */
  readonly shape: ModelShape | undefined;
  /** True when the user described the shape. */
  readonly shapeIsSet: boolean;
}

/** The data of a model. */
export function modelPlan(model: Model): ModelPlan {
  const { revision, weightsSize, accessToken, servedNames = [model.id], task } = model.options;
  return {
    id: model.id,
    revision,
    weightsSizeMib: weightsSize && mebibytesOf(weightsSize),
    hasAccessToken: accessToken !== undefined,
    servedNames,
    task: { set: task, known: knownTask(model.id) },
    shape: shapeOf(model),
    shapeIsSet: model.options.architecture !== undefined,
  };
}
