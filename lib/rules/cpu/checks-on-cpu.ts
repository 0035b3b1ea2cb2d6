import type { CrossCheck } from '../cross-check';
import { cacheSize } from './cache-size';
import { formatsOnCpu } from './formats-on-cpu';
import { imageOfCpu } from './image-of-cpu';
import { modelsOnCpu } from './models-on-cpu';
import { optionsOnCpu } from './options-on-cpu';
import { packagesOfCpuImage } from './packages-of-cpu-image';
import { variablesOnCpu } from './variables-on-cpu';

/** Rules that vLLM's CPU backend has. */
const CHECKS: readonly CrossCheck[] = [imageOfCpu, cacheSize, optionsOnCpu, packagesOfCpuImage, variablesOnCpu];

/** All rules about a stack on CPU. */
export const checksOnCpu: CrossCheck = (context) => {
  const models = modelsOnCpu(context);
  // The formats of a model that does not run are no mistake of their own.
  return [...models, ...(models.length > 0 ? [] : formatsOnCpu(context)), ...CHECKS.flatMap((check) => check(context))];
};
