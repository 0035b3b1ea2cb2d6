import { knownShape } from './known-models';
import type { Model } from './model';
import type { ModelShape } from './model-shape';

/** The shape that the user set, or that of a known model; undefined for other models. */
export function shapeOf({ id, options }: Model): ModelShape | undefined {
  return options.architecture?._shape ?? knownShape(id);
}
