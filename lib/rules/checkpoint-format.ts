import { hasQuirk } from '../engine/catalogue/quirks';
import { atLeast } from '../engine/release';
import { knownModel } from '../model/known-models';
import { DEPRECATED_QUANTIZATIONS, formatOf, loadsAs, methodOf, NEEDS_QUANTIZED } from '../model/quantized-checkpoints';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { CrossCheck, CrossCheckContext } from './cross-check';

/** Keys of `--hf-overrides` with which a checkpoint gets another format (`get_quant_config`, model_loader/weight_utils.py). */
const FORMAT_KEYS = [
  ...['quantization_config', 'compression_config', 'text_config'],
  ...['quantization_config_file', 'quantization_config_dict_json'],
];

/** `--allow-deprecated-quantization` is as old as the list of what needs it. */
const DEPRECATED_SINCE = '0.14';

/** The method must be one for the format of the checkpoint. */
export function methodFindings({
  facts,
  architecture: shape,
  modelId,
  release,
}: Pick<CrossCheckContext, 'facts' | 'architecture' | 'modelId' | 'release'>): Finding[] {
  const { value, origin: subject } = facts.quantization;
  const overrides = facts.hfOverrides.value ?? {};
  if (value === undefined || shape === undefined || FORMAT_KEYS.some((key) => key in overrides)) return [];
  const method = value.toLowerCase();
  const checkpoint = formatOf(shape);
  if (checkpoint === undefined) {
    // What a user describes may be quantised; its dtype is known where it is not.
    const isPlain = shape.isBfloat16 || knownModel(modelId) !== undefined;
    if (!isPlain || !NEEDS_QUANTIZED.includes(method)) return [];
    const problem = `is ${value}, but ${modelId} is not quantised: vLLM refuses to start`;
    const fix = `remove it, or use a checkpoint that is quantised with ${method}`;
    return [error('quantization-of-plain-checkpoint', subject, problem, fix)];
  }
  // verify_and_update_config of gpt-oss (vllm/model_executor/models/config.py).
  if (method === 'humming' && shape.architecture?.startsWith('GptOss') && hasQuirk(release, 'mxfp4-online')) {
    const problem = `is humming, which vLLM refuses for ${modelId}`;
    return [
      error(
        'quantization-of-checkpoint',
        subject,
        problem,
        'remove it, or add --moe-backend=humming to extraArgs instead',
      ),
    ];
  }
  if (loadsAs(checkpoint, method)) return [];
  const problem = `is ${value}, but ${modelId} is quantised with ${checkpoint}: vLLM refuses to start`;
  const fix = 'remove it: vLLM reads the format from the checkpoint';
  return [error('quantization-of-checkpoint', subject, problem, fix)];
}

/** A method that vLLM is about to remove needs its permission. */
function deprecated({ facts, architecture: shape, modelId, release }: CrossCheckContext): Finding[] {
  const { value, origin, isSet } = facts.quantization;
  const method = methodOf(value, formatOf(shape)) ?? '';
  if (!atLeast(release, DEPRECATED_SINCE) || !DEPRECATED_QUANTIZATIONS.includes(method)) return [];
  if (facts.allowDeprecatedQuantization.value === true) return [];
  const is = isSet ? `is ${value}` : `${modelId} is quantised with ${method}`;
  const problem = `${is}, which is deprecated: vLLM refuses to start`;
  const fix = `${isSet ? 'use another method' : 'use another checkpoint of the model'}, or add --allow-deprecated-quantization to extraArgs`;
  return [error('quantization-deprecated', isSet ? origin : 'model', problem, fix)];
}

/** `online` means nothing by itself. */
function withoutConfig({ facts, architecture: shape }: CrossCheckContext): Finding[] {
  const { value, origin: subject } = facts.quantization;
  if (methodOf(value, formatOf(shape)) !== 'online' || facts.quantizationConfig.isSet) return [];
  const problem = 'is online, but --quantization-config, which has the formats, is unset: vLLM refuses to start';
  return [error('quantization-without-config', subject, problem, 'set "fp8_per_tensor" instead, or add the flag')];
}

/** The method that is set, against the checkpoint. */
export const checkpointFormat: CrossCheck = (context) => {
  const wrong = methodFindings(context);
  return wrong.length > 0 ? wrong : [...deprecated(context), ...withoutConfig(context)];
};
