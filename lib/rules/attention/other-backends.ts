import { hasQuirk } from '../../engine/catalogue/quirks';
import { error } from '../../preflight/finding';
import type { CrossCheck } from '../cross-check';
import { gpuOf } from '../gpu-in-words';
import { setBackend } from './attention-options';
import { layersOfModel } from './layers';

/** Why vLLM refuses a backend, in words that follow its name. */
const NEVER = 'which no layer of a language model runs with on NVIDIA GPUs';
const LATENT = 'which is for layers with a latent vector (MLA)';
const SPARSE = 'which is for layers with sparse attention';
const CONSUMER_BLACKWELL = 'which needs a GPU of compute capability 12.0 or 12.1';

/**
 * Backends whose kernels are not in the table, and what they are for: the names of vllm/v1/attention/backends/registry.py
 * with what `validate_configuration` of vllm/v1/attention/backend.py says of them in 0.32.0.
 */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['NO_ATTENTION', NEVER],
  ['TORCH_SDPA', NEVER],
  ['ROCM_AITER_FA', NEVER],
  ['ROCM_SEGMENTED_ATTN', NEVER],
  ['B12X', CONSUMER_BLACKWELL],
  ['AMX_MLA', LATENT],
  ['CPU_MLA', LATENT],
  ['ROCM_AITER_MLA', LATENT],
  ['ROCM_AITER_TRITON_MLA', LATENT],
  ['TOKENSPEED_MLA', LATENT],
  ['CUTLASS_MSA', SPARSE],
  ['FLASHINFER_MLA_SPARSE_DSV4', SPARSE],
  ['FLASHINFER_MLA_SPARSE_DSV41', SPARSE],
  ['FLASHMLA_MEGA_ATTN_DSV41', SPARSE],
  ['FLASHMLA_SPARSE_DSV4', SPARSE],
  ['FLASHMLA_SPARSE_DSV41', SPARSE],
  ['MINIMAX_M3_SPARSE', SPARSE],
  ['ROCM_AITER_MLA_SPARSE', SPARSE],
  ['ROCM_FLASHMLA_SPARSE_DSV4', SPARSE],
  ['TRITON_MSA', SPARSE],
  ['XPU_MLA_SPARSE', SPARSE],
]);

/** A backend without a row in the table of kernels must at least be for layers that the model has. */
export const otherBackends: CrossCheck = (context) => {
  const { architecture, facts, modelId, release, versionIsChecked } = context;
  const { value: name = '', origin: subject } = setBackend(facts);
  const reason = OTHERS.get(name);
  const gpu = gpuOf(context);
  const isChecked = versionIsChecked && hasQuirk(release, 'attention-table');
  if (reason === undefined || !isChecked || gpu === undefined) return [];
  if (reason === CONSUMER_BLACKWELL && gpu.capability >= 12) return [];
  const layers = (architecture && layersOfModel(architecture)) ?? [];
  const hasHeads = layers.length > 0 && layers.flat().every(({ kind }) => kind === 'heads');
  const isOfModel = reason === LATENT || reason === SPARSE;
  if (isOfModel && !hasHeads) return [];
  const where = isOfModel ? `, and ${modelId} has none` : '';
  const problem = `is ${name}, ${reason}${where}: vLLM refuses to start`;
  return [error('attention-backend-unsupported', subject, problem, 'remove it')];
};
