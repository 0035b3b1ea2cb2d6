/**
 * Number formats of vLLM as data: what a method requires of a GPU, and how many bytes its values need.
 *
 * Compute capabilities: `get_min_capability` in vllm/model_executor/layers/quantization/*.py and
 * `supported_dtypes` in vllm/platforms/cuda.py; the Marlin kernels, which unpack weights on GPUs that do not compute in the
 * format, in quantization/utils/marlin_utils_fp8.py and marlin_utils_fp4.py.
 */

/** Oldest GPU of the images with CUDA 13 (vllm docker/Dockerfile). */
export const OLDEST_CAPABILITY = 7.5;

/** bf16 needs the tensor cores of Ampere. */
export const BFLOAT16_CAPABILITY = 8;

/** FP8 arithmetic exists since Ada and Hopper, FP4 since Blackwell. */
export const FP8_CAPABILITY = 8.9;
export const FP4_CAPABILITY = 10;

/** What is known about a quantization method. */
export interface QuantizationFacts {
  /** Minimum compute capability: below it vLLM refuses to start. */
  readonly minimum?: number;
  /** Below this compute capability, weights are stored in the format, but computed in 16 bits. */
  readonly native?: number;
  /** True when Marlin kernels unpack it, which need 8.0 in releases before they run on Turing. */
  readonly marlin?: true;
  /** True when it quantises a 16-bit checkpoint while that loads. */
  readonly online?: boolean;
}

const FP8: QuantizationFacts = { native: FP8_CAPABILITY };
const ONLINE_FP8: QuantizationFacts = { ...FP8, online: true };

/** Methods by their name in `--quantization`. A method that is not here is not checked. */
export const QUANTIZATIONS: ReadonlyMap<string, QuantizationFacts> = new Map(
  Object.entries<QuantizationFacts>({
    fp8: { ...ONLINE_FP8, marlin: true },
    deepseek_v4_fp8: FP8,
    awq_marlin: { marlin: true },
    gptq_marlin: { marlin: true },
    fp8_per_tensor: ONLINE_FP8,
    fp8_per_block: ONLINE_FP8,
    fp8_per_channel: ONLINE_FP8,
    int8_per_channel_weight_only: { online: true },
    experts_int8: { minimum: 8 },
    modelopt: { ...FP8, minimum: 8 },
    modelopt_mxfp8: { minimum: 8 },
    modelopt_fp4: { native: FP4_CAPABILITY },
    nvfp4_per_token: { native: FP4_CAPABILITY, online: true },
    mxfp4: { minimum: 8 },
    mxfp8: { online: true },
    gpt_oss_mxfp4: { minimum: 8 },
    fp_quant: { minimum: 10 },
  }),
);

/** Methods that compute in bf16 only (`get_supported_act_dtypes` of Mxfp4Config). */
export const BFLOAT16_ONLY: readonly string[] = ['mxfp4', 'gpt_oss_mxfp4'];

/** The format that vLLM computes in. */
export type ComputeFormat = 'bfloat16' | 'float16' | 'float32';

const SPELLINGS: Readonly<Record<string, ComputeFormat>> = {
  half: 'float16',
  float16: 'float16',
  bfloat16: 'bfloat16',
  float: 'float32',
  float32: 'float32',
};

/** A format that is set explicitly; undefined for `auto` and for an unset one. */
export function explicitFormat(dtype: string | undefined): ComputeFormat | undefined {
  return dtype === undefined ? undefined : SPELLINGS[dtype];
}

/** Bytes of one value. */
export const bytesOf = (format: ComputeFormat): number => (format === 'float32' ? 4 : 2);

/** FP8 formats of a KV cache; the others of eight bits have kernels of their own. */
export const isFp8Cache = (dtype: string): boolean => /^fp8(_e4m3|_e5m2)?$/.test(dtype);

/** FP4 formats of a KV cache that only the data-centre Blackwell GPUs have (`nvfp4_ds_mla` has kernels of its own). */
export const isFp4Cache = (dtype: string): boolean => /^nvfp4(_4over6)?$/.test(dtype);

/**
 * Bytes of one value in the KV cache. Scales per head and token are four bytes next to 64 values or more: an
 * eighth more covers them. An unknown format has at most eight bits a value, and the same scales.
 */
export function cacheBytes(dtype: string | undefined, compute: ComputeFormat): number {
  if (dtype === undefined || dtype === 'auto') return bytesOf(compute);
  if (dtype === 'float16' || dtype === 'bfloat16') return 2;
  if (isFp8Cache(dtype) || dtype === 'fp8_inc') return 1;
  // One scale of a byte for each 16 values.
  if (isFp4Cache(dtype)) return 0.5 + 1 / 16;
  // 656 bytes a token for 576 values (vllm/v1/attention/backends/mla).
  if (dtype === 'fp8_ds_mla') return 656 / 576;
  return 1.125;
}
