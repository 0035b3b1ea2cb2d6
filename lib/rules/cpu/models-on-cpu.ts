import { hasQuirk, quirkSince } from '../../engine/catalogue/quirks';
import { error } from '../../preflight/finding';
import type { CrossCheck } from '../cross-check';

/** Models with sparse attention (`use_sparse` in `get_attn_backend_cls` of vllm/platforms/cpu.py). */
const SPARSE = /^(DeepseekV32|GlmMoeDsa)/;

/** Kinds of attention that vLLM does not have on CPU. */
export const modelsOnCpu: CrossCheck = ({ architecture: shape, modelId, release, versionIsChecked }) => {
  if (shape === undefined || !versionIsChecked) return [];
  if (SPARSE.test(shape.architecture ?? '')) {
    const problem = `is ${modelId}, whose sparse attention vLLM does not have on CPU: it refuses to start`;
    return [error('model-on-cpu', 'model', problem, 'use another model, or a GPU: Accelerator.gpu')];
  }
  const isLatent = shape.groups.some(({ kind }) => kind === 'latent');
  if (!isLatent || hasQuirk(release, 'cpu-latent-vectors')) return [];
  const since = quirkSince('cpu-latent-vectors');
  const problem = `is ${modelId}, whose latent attention (MLA) vLLM ${release.text} does not have on CPU: it refuses to start`;
  return [error('model-on-cpu', 'model', problem, `use vLLM ${since} or later, or another model`)];
};
