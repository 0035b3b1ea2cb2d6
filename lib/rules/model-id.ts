import { VLLM_REPOSITORY } from '../defaults/images';
import { atLeast, compareReleases, parseRelease } from '../engine/release';
import { knownModel } from '../model/known-models';
import { lastReleaseOf } from '../model/model-classes';
import { misspelt } from '../model/similar-ids';
import { error, warning } from '../preflight/finding';
import type { CrossCheck } from './cross-check';

/** An id that is almost a known one. */
export const similarModel: CrossCheck = ({ modelId, offline }) => {
  if (offline || !modelId.includes('/')) return [];
  const known = knownModel(modelId);
  if (known !== undefined && known.id !== modelId) {
    const problem = `is ${modelId}; the Hub spells it ${known.id}: pods download it into a cache folder of its own, and do not find it without the Hub`;
    return [warning('model-id-case', 'model', problem, `set ${known.id}`)];
  }
  const meant = misspelt(modelId);
  if (meant === undefined) return [];
  const problem = `is ${modelId}, which the library does not know (did you mean "${meant}"?): a pod cannot download a model that does not exist`;
  return [warning('model-id-misspelt', 'model', problem, `set ${meant}, or acknowledge this if it is another model`)];
};

/** Models that draw, speak or film, for which vLLM itself has no class. */
export const omniModel: CrossCheck = ({ modelId, image }) => {
  if (!knownModel(modelId)?.isOmni) return [];
  if (!image.startsWith(`${VLLM_REPOSITORY}:`)) return [];
  const problem = `is ${modelId}, which only vllm-omni serves: vLLM has no class for it and would not start`;
  return [
    error('model-of-vllm-omni', 'model', problem, 'set another model, or an image with vllm-omni in vllmVersion'),
  ];
};

/** Classes that later releases do not have. */
export const removedClass: CrossCheck = ({ architecture, release, versionIsChecked }) => {
  const name = architecture?.architecture;
  const last = name === undefined ? undefined : lastReleaseOf(name);
  if (!versionIsChecked || last === undefined || compareReleases(release, parseRelease(last)) <= 0) return [];
  const problem = `has the class ${name ?? ''}, which vLLM removed after ${last}: it starts only if Transformers has a class that vLLM can use`;
  return [
    warning('model-class-removed', 'model', problem, `set vllmVersion to at most ${last}, or try this one first`),
  ];
};

/** How the names of checkpoints end that bitsandbytes quantised. */
const BITSANDBYTES = /-bnb-[48]bit$/i;

/** Checkpoints in a format that later releases do not read: `bitsandbytes` is no method of `--quantization` since then. */
export const removedFormat: CrossCheck = ({ modelId, release, versionIsChecked, image }) => {
  if (!BITSANDBYTES.test(modelId) || !image.startsWith(`${VLLM_REPOSITORY}:`)) return [];
  if (!versionIsChecked || !atLeast(release, '0.28')) return [];
  const problem = `is ${modelId}, which is quantised with bitsandbytes, and vLLM removed that in 0.28: it refuses to start`;
  const fix = 'use another checkpoint of the model, or set vllmVersion to 0.27 or earlier';
  return [error('model-of-removed-format', 'model', problem, fix)];
};
