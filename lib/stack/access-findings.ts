import { isGated } from '../model/serving';
import type { Finding } from '../preflight/finding';
import { warning } from '../preflight/finding';
import type { WorkloadPlan } from '../workload/workload-plan';

/** Variables with a token, or with which the files come from elsewhere (huggingface_hub/constants.py, vllm/envs.py). */
const OTHER_WAYS = [
  'HF_TOKEN',
  'HUGGING_FACE_HUB_TOKEN',
  'HF_TOKEN_PATH',
  'HF_ENDPOINT',
  'HF_HUB_OFFLINE',
  'TRANSFORMERS_OFFLINE',
  'VLLM_USE_MODELSCOPE',
];

/** A model that the Hub gives to known accounts only, and no account. */
export function accessFindings({ plan, podTemplateOverrides }: WorkloadPlan): Finding[] {
  const { basis, environment, flags, weights } = plan;
  const { id, hasAccessToken } = basis.model;
  if (weights.offline || weights.isCached || hasAccessToken || flags.includes('--hf-token') || !isGated(id)) return [];
  if (environment.some(({ name }) => OTHER_WAYS.includes(name))) return [];
  // Variables of a Secret that are added by name, or all of them.
  if (/"envFrom"|HF_TOKEN/.test(JSON.stringify(podTemplateOverrides))) return [];
  const problem = `is unset: ${id} is gated, and the Hub answers 401 to a pod without a token`;
  const fix = 'accept its licence on the Hub, and set accessToken: SecretKey.of("hugging-face", "token") in Model.of';
  return [warning('gated-without-token', 'model.accessToken', problem, fix)];
}
