import type { JsonObject } from '../../shapes/json-object';
import type { ConfigFile } from './config-file';

/** How the weights of a checkpoint are stored. */
export interface WeightFormat {
  /** vLLM's name of the method; undefined for a plain checkpoint. */
  readonly method?: string;
  /** Bytes of a parameter in quantised layers. */
  readonly layers: number;
  readonly experts: number;
}

/** Bytes of a value of so many bits, with a scale of two bytes for each group. */
const grouped = (bits: number, group: number): number => bits / 8 + (group > 0 ? 2 / group : 0);

/** `config_groups` of compressed-tensors: the first one stands for all. */
function compressed(settings: JsonObject): number | undefined {
  const [first] = Object.values((settings.config_groups ?? {}) as Readonly<Record<string, unknown>>);
  const { weights } = (first ?? {}) as { weights?: { num_bits?: number; group_size?: number | null } };
  return weights?.num_bits === undefined ? undefined : grouped(weights.num_bits, weights.group_size ?? 0);
}

const number = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback);

/** Bytes of a parameter by method; undefined for a method that is not known. */
function bytesOf(method: string, settings: JsonObject): number | undefined {
  switch (method) {
    case 'fp8':
    case 'fbgemm_fp8':
      return 1;
    case 'awq':
    case 'gptq':
      return grouped(number(settings.bits, 4), number(settings.group_size, 128)) + 0.5 / 128;
    case 'mxfp4':
      return 0.5 + 1 / 32;
    case 'compressed-tensors':
      return compressed(settings);
    case 'modelopt':
      return /FP4/i.test(String(settings.quant_algo)) ? 0.5 + 1 / 16 : 1;
    case 'bitsandbytes':
      return settings.load_in_8bit === true ? 1 : 0.5 + 1 / 16;
    default:
      return undefined;
  }
}

/** Whether attention and the other layers stay in 16 bits: files list them as not converted (gpt-oss). */
function skipsLayers({ modules_to_not_convert: skipped, ignore = skipped }: JsonObject): boolean {
  return Array.isArray(ignore) && ignore.some((name) => /self_attn/.test(String(name)));
}

/** The number format of a checkpoint. `isSizeSet` is true where its bytes are not needed. */
export function weightFormat(config: ConfigFile, isSizeSet: boolean): WeightFormat {
  const settings = config.object('quantization_config');
  if (settings === undefined) {
    const plain = config.find('dtype', 'torch_dtype') === 'float32' ? 4 : 2;
    return { layers: plain, experts: plain };
  }
  const method = String(settings.quant_method);
  const bytes = bytesOf(method, settings);
  if (bytes === undefined && !isSizeSet) {
    config.fail(
      `has weights in a format of unknown size: quant_method ${method}`,
      'set weightsSize in Architecture.fromConfig to the size of the weight files',
    );
  }
  const size = bytes ?? 1;
  return { method, layers: skipsLayers(settings) ? 2 : size, experts: size };
}
