import type { JsonObject } from '../../shapes/json-object';
import { PARAMETER_BYTES } from '../parameter-bytes';
import type { ConfigFile } from './config-file';

/** How the weights of a checkpoint are stored. */
export interface WeightFormat {
  /** vLLM's name of the method; undefined for a plain checkpoint. */
  readonly method?: string;
  /** Bytes of a parameter in quantised layers. */
  readonly layers: number;
  readonly experts: number;
}

/** Bytes of a value of so many bits, with a scale for each group. */
const grouped = (bits: number, group: number, scaleBytes = 2): number =>
  bits / 8 + (group > 0 ? scaleBytes / group : 0);

/** `config_groups` of compressed-tensors: the first one stands for all. */
function compressed(settings: JsonObject): number | undefined {
  const [first] = Object.values((settings.config_groups ?? {}) as Readonly<Record<string, unknown>>);
  const { weights } = (first ?? {}) as { weights?: { num_bits?: number; group_size?: number | null; type?: string } };
  if (weights?.num_bits === undefined) return undefined;
  // Formats of four bits that are floats have scales of a byte: mxfp4 and nvfp4.
  return grouped(weights.num_bits, weights.group_size ?? 0, weights.type === 'float' ? 1 : 2);
}

/** `quant_algo` of ModelOpt, and vLLM's name of the method (vllm/model_executor/layers/quantization/modelopt.py). */
const MODELOPT: Readonly<Record<string, string>> = {
  NVFP4: 'modelopt_fp4',
  W4A16_NVFP4: 'modelopt_fp4',
  MXFP8: 'modelopt_mxfp8',
  MIXED_PRECISION: 'modelopt_mixed',
};

/** vLLM's name of the method. */
function methodOf({ quant_method: method, quant_algo: algo }: JsonObject): string {
  return method === 'modelopt' ? (MODELOPT[String(algo).toUpperCase()] ?? 'modelopt') : String(method);
}

const number = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback);

/** Bytes of a parameter by method; undefined for a method that is not known. */
function bytesOf(method: string, settings: JsonObject): number | undefined {
  switch (method) {
    case 'awq':
    case 'gptq':
      // Zero points have half a byte.
      return grouped(number(settings.bits, 4), number(settings.group_size, 128), 2.5);
    case 'compressed-tensors':
      return compressed(settings);
    case 'bitsandbytes':
      return settings.load_in_8bit === true ? 1 : 0.5 + 1 / 16;
    default:
      return PARAMETER_BYTES[method];
  }
}

/** Whether attention and the other layers stay in 16 bits: files list them as not converted (gpt-oss). */
function skipsLayers({ modules_to_not_convert: skipped, ignore = skipped }: JsonObject): boolean {
  return Array.isArray(ignore) && ignore.some((name) => /self_attn/.test(String(name)));
}

const FP4 = PARAMETER_BYTES.mxfp4 ?? 0;

/** DeepSeek-V4 has fp8 layers and fp4 experts (vllm/models/deepseek_v4/amd/model.py, `expert_dtype`). */
const hasFp4Experts = (config: ConfigFile, method: string): boolean =>
  method === 'fp8' && config.type() === 'deepseek_v4' && (config.find('expert_dtype') ?? 'fp4') === 'fp4';

/** The number format of a checkpoint. `isSizeSet` is true where its bytes are not needed. */
export function weightFormat(config: ConfigFile, isSizeSet: boolean): WeightFormat {
  const settings = config.object('quantization_config');
  if (settings === undefined) {
    const plain = config.find('dtype', 'torch_dtype') === 'float32' ? 4 : 2;
    return { layers: plain, experts: plain };
  }
  const method = methodOf(settings);
  const bytes = bytesOf(method, settings);
  if (bytes === undefined && !isSizeSet) {
    config.fail(
      `has weights in a format of unknown size: quant_method ${method}`,
      'set weightsSize in Architecture.fromConfig to the size of the weight files',
    );
  }
  const size = bytes ?? 1;
  return { method, layers: skipsLayers(settings) ? 2 : size, experts: hasFp4Experts(config, method) ? FP4 : size };
}
