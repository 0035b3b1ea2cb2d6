import type { Finding } from '../preflight/finding';
import { error, warning } from '../preflight/finding';
import { hasQuirk, quirkSince } from '../engine/catalogue/quirks';
import {
  BFLOAT16_CAPABILITY,
  BFLOAT16_ONLY,
  FP4_CAPABILITY,
  FP8_CAPABILITY,
  isFp4Cache,
  isFp8Cache,
  OLDEST_CAPABILITY,
  QUANTIZATIONS,
  explicitFormat,
} from '../model/number-formats';
import {
  FLOAT32_QUANTIZATIONS,
  formatOf,
  methodOf,
  NEEDS_QUANTIZED,
  quantisesPlain,
} from '../model/quantized-checkpoints';
import type { ModelShape } from '../model/model-shape';
import type { CrossCheck, CrossCheckContext } from './cross-check';
import { gpuOf, written } from './gpu-in-words';

/** GPUs for which vLLM's images have no code. */
export const oldGpu: CrossCheck = (context) => {
  const gpu = gpuOf(context);
  if (gpu === undefined || gpu.capability >= OLDEST_CAPABILITY) return [];
  if (!hasQuirk(context.release, 'cuda-13')) return [];
  const problem = `is ${gpu.words}, and vLLM’s images since ${quirkSince('cuda-13')} need compute capability ${written(OLDEST_CAPABILITY)} or later`;
  return [error('gpu-too-old', 'accelerator', problem, 'use a T4 or a later GPU')];
};

/** The GPU and the model must both support the format that vLLM computes in. */
export const computeFormats: CrossCheck = (context) => {
  const { facts, architecture: shape, modelId } = context;
  const { dtype } = facts;
  const gpu = gpuOf(context);
  const format = explicitFormat(dtype.value);
  const subject = dtype.isSet ? dtype.origin : 'model.dtype';
  const hasBfloat16 = gpu === undefined || gpu.capability >= BFLOAT16_CAPABILITY;
  if (format === 'float16' && shape?.refusesFloat16) {
    const fix = hasBfloat16 ? 'remove it' : `use a GPU of compute capability ${written(BFLOAT16_CAPABILITY)} or later`;
    const problem = `is ${dtype.value}, which is numerically unstable for ${modelId}: vLLM refuses to start`;
    return [error('float16-unsupported', subject, problem, fix)];
  }
  if (gpu === undefined || hasBfloat16) return [];
  if (format === 'bfloat16') {
    const problem = `is bfloat16, which ${gpu.words} does not have: vLLM refuses to start`;
    return [error('bfloat16-unsupported', subject, problem, 'set dtype: "half" in Model.of')];
  }
  if (format !== undefined || !shape?.isBfloat16) return [];
  const instead = shape.refusesFloat16 ? 'float32, which doubles its weights and its KV cache' : 'float16';
  const fix = shape.refusesFloat16
    ? `use a GPU of compute capability ${written(BFLOAT16_CAPABILITY)} or later`
    : 'set dtype: "half" in Model.of';
  const problem = `is unset: ${modelId} is in bf16, which ${gpu.words} does not have, so vLLM falls back to ${instead}`;
  return [warning('dtype-falls-back', subject, problem, fix)];
};

/** The minimum compute capability of a method in releases whose kernels need Ampere. */
const minimumBefore = (marlin: boolean, { release }: CrossCheckContext): number | undefined =>
  marlin && !hasQuirk(release, 'marlin-on-turing') ? BFLOAT16_CAPABILITY : undefined;

/** Whether a method is known, and does not compute in float32. */
const isHalfOnly = (method: string): boolean =>
  (QUANTIZATIONS.has(method) || NEEDS_QUANTIZED.includes(method)) && !FLOAT32_QUANTIZATIONS.includes(method);

/** Whether a bf16 model that refuses float16 runs on a GPU without bf16: vLLM then takes float32. */
const fallsToFloat32 = ({ refusesFloat16, isBfloat16 }: ModelShape, capability: number): boolean =>
  refusesFloat16 === true && isBfloat16 && capability < BFLOAT16_CAPABILITY;

/** The method that is set, or that of a known checkpoint. */
export const quantization: CrossCheck = (context) => {
  const { facts, architecture: shape, modelId } = context;
  const { dtype } = facts;
  const { value, origin } = facts.quantization;
  const method = methodOf(value, formatOf(shape));
  if (method === undefined) return [];
  // Where the format of the checkpoint replaces what is set, the finding is about the model.
  const isSet = method === value?.toLowerCase();
  const subject = isSet ? origin : 'model';
  const is = isSet ? `is ${method}` : `${modelId} is quantised with ${method}`;
  const findings: Finding[] = [];
  const format = explicitFormat(dtype.value);
  const isOnline = hasQuirk(context.release, 'mxfp4-online') && quantisesPlain(method, shape);
  const isBfloat16Only = !isOnline && BFLOAT16_ONLY.includes(method) && format === 'float16';
  const gpu = gpuOf(context);
  if (format === undefined && isHalfOnly(method) && shape && gpu && fallsToFloat32(shape, gpu.capability)) {
    const problem = `${is}, which computes in 16 bits, but on ${gpu.words} ${modelId} computes in float32: vLLM refuses to start`;
    findings.push(error('dtype-of-quantization', subject, problem, 'use a later GPU'));
  }
  if (isBfloat16Only || (format === 'float32' && isHalfOnly(method))) {
    const formats = isBfloat16Only ? 'bfloat16 only' : '16 bits';
    const problem = `is ${dtype.value}, but ${method} computes in ${formats}: vLLM refuses to start`;
    findings.push(error('dtype-of-quantization', dtype.origin, problem, 'remove it'));
  }
  const row = isOnline ? undefined : QUANTIZATIONS.get(method);
  const { native, marlin = false, minimum = minimumBefore(marlin, context) } = row ?? {};
  if (gpu === undefined) return findings;
  if (minimum !== undefined && gpu.capability < minimum) {
    const problem = `${is}, which needs compute capability ${written(minimum)}: vLLM refuses to start on ${gpu.words}`;
    const newer = marlin ? `, or vLLM ${quirkSince('marlin-on-turing')} or later` : '';
    const fix = isSet
      ? `use another method, or a later GPU${newer}`
      : 'use a later GPU, or another checkpoint of the model';
    findings.push(error('quantization-unsupported', subject, problem, fix));
  } else if (native !== undefined && gpu.capability < native) {
    const problem = `${is}, which ${gpu.words} does not compute in: it stores the weights in this format, but computes in 16 bits`;
    const fix = `use a GPU of compute capability ${written(native)} or later, or acknowledge this finding`;
    findings.push(warning('quantization-not-native', subject, problem, fix));
  }
  return findings;
};

/**
 * Formats of the KV cache that the attention kernels of a GPU read, in releases before the table of backends; there
 * also a warning for models of which it is not known which backend vLLM chooses.
 */
export const cacheFormat: CrossCheck = (context) => {
  const { facts, release, architecture } = context;
  const gpu = gpuOf(context);
  const { value: dtype, origin: subject } = facts.kvCacheDtype;
  if (gpu === undefined || dtype === undefined) return [];
  const { capability } = gpu;
  if (!hasQuirk(release, 'attention-table')) {
    const needed = neededCapability(dtype, capability, hasQuirk(release, 'one-engine'));
    if (needed !== undefined) {
      const problem = `is ${dtype}, which no attention kernel of vLLM reads on ${gpu.words}: vLLM refuses to start`;
      const fix = `remove it; it needs compute capability ${needed}`;
      return [error('kv-cache-dtype-unsupported', subject, problem, fix)];
    }
  } else if (architecture !== undefined) return [];
  const isFlashInferOnly = capability >= BFLOAT16_CAPABILITY && capability < FP8_CAPABILITY && isFp8Cache(dtype);
  if (!isFlashInferOnly || !hasQuirk(release, 'one-engine')) return [];
  const problem = `is ${dtype}: on ${gpu.words} only FlashInfer reads it, and a model for which vLLM chooses another attention backend does not start`;
  const fix = `use a GPU of compute capability ${written(FP8_CAPABILITY)} or later, or try it and acknowledge this finding`;
  return [warning('kv-cache-dtype-not-native', subject, problem, fix)];
};

/** The compute capability that a format of the KV cache needs, where a GPU has less. */
function neededCapability(dtype: string, capability: number, isOneEngine: boolean): string | undefined {
  if (isFp4Cache(dtype)) return Math.floor(capability) === FP4_CAPABILITY ? undefined : `${FP4_CAPABILITY}.x`;
  const needsAmpere = dtype === 'bfloat16' || (isFp8Cache(dtype) && isOneEngine);
  return needsAmpere && capability < BFLOAT16_CAPABILITY ? written(BFLOAT16_CAPABILITY) : undefined;
}
