import type { ModelShape } from './model-shape';

/**
 * Which `--quantization` a checkpoint accepts (vllm/config/model.py, `_verify_quantization`, and
 * `override_quantization_method` of vllm/model_executor/layers/quantization/*.py).
 */

/** Formats that vLLM loads with these methods only; for other formats it replaces what is set, or nothing is known. */
const METHODS_OF_CHECKPOINT: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    awq: ['awq', 'awq_marlin', 'auto_awq', 'marlin', 'moe_wna16', 'cpu_awq', 'ipex'],
    gptq: [
      ...['gptq', 'gptq_marlin', 'auto_gptq', 'marlin', 'moe_wna16'],
      ...['gptq_marlin_24', 'gptq_bitblas', 'cpu_gptq', 'ipex'],
    ],
    fp8: ['fp8', 'deepseek_v4_fp8', 'ptpc_fp8'],
    fbgemm_fp8: ['fbgemm_fp8'],
    'compressed-tensors': ['compressed-tensors'],
    quark: ['quark'],
    torchao: ['torchao'],
  }),
);

/** A method that runs on checkpoints of several formats. */
const GENERAL = 'humming';

/** Formats for which vLLM replaces whatever is set. gpt-oss has mxfp4, which vLLM calls gpt_oss_mxfp4. */
const REPLACING = /^(modelopt.*|(gpt_oss_)?mxfp4|deepseek_v4_fp8|inc|auto-round)$/;

type Checkpoint = Pick<ModelShape, 'architecture' | 'quantization'>;

/** The format of a checkpoint as vLLM reads it; undefined when it has none, or is not known. */
export const formatOf = (shape: Checkpoint | undefined): string | undefined =>
  shape?.quantization === 'fp8' && shape.architecture?.startsWith('DeepseekV4')
    ? 'deepseek_v4_fp8'
    : shape?.quantization;

/** The method that vLLM uses: that of the checkpoint where it replaces what is set. */
export function methodOf(set: string | undefined, checkpoint: string | undefined): string | undefined {
  const isReplaced = checkpoint !== undefined && REPLACING.test(checkpoint) && set !== GENERAL;
  return isReplaced ? checkpoint : (set?.toLowerCase() ?? checkpoint);
}

/**
 * True for a method that quantises a checkpoint which has no format yet, and is a format of checkpoints too
 * (`_DEFERRED_ONLINE_SHORTHANDS`, vllm/config/quantization.py).
 */
export const quantisesPlain = (method: string, shape: Checkpoint | undefined): boolean =>
  method === 'mxfp4' && shape !== undefined && shape.quantization === undefined;

/** Whether vLLM loads a checkpoint of one format with the method of another. */
export function loadsAs(checkpoint: string, method: string): boolean {
  return method === GENERAL || (METHODS_OF_CHECKPOINT.get(checkpoint)?.includes(method) ?? true);
}

/** Methods for checkpoints that are quantised already: vLLM finds no parameters for them in a plain one. */
export const NEEDS_QUANTIZED: readonly string[] = [
  ...['awq', 'awq_marlin', 'auto_awq', 'gptq', 'gptq_marlin', 'auto_gptq', 'moe_wna16'],
  ...['compressed-tensors', 'quark', 'torchao', 'inc', 'fbgemm_fp8'],
  ...['modelopt', 'modelopt_fp4', 'modelopt_mxfp8', 'modelopt_mixed'],
];

/** Methods that need `--allow-deprecated-quantization` (DEPRECATED_QUANTIZATION_METHODS). */
export const DEPRECATED_QUANTIZATIONS: readonly string[] = ['fbgemm_fp8', 'fp_quant'];

/** Methods that compute in float32 too (`get_supported_act_dtypes`). */
export const FLOAT32_QUANTIZATIONS: readonly string[] = ['compressed-tensors', 'torchao'];
