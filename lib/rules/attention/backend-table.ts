import { isFp4Cache, isFp8Cache } from '../../model/number-formats';
import type { AttentionRequest, CacheKind } from './request';

/**
 * What one attention backend of vLLM 0.32 does on NVIDIA GPUs. Plain data, apart from `also`.
 *
 * Sources: vllm/v1/attention/backends/*.py and mla/*.py in 0.32.0 (`supported_dtypes`, `supported_kv_cache_dtypes`,
 * `get_supported_kernel_block_sizes`, `get_supported_head_sizes`, the `supports_…` methods), and
 * `validate_configuration` in vllm/v1/attention/backend.py, which asks for them.
 */
export interface BackendRow {
  readonly kind: CacheKind;
  /** Major compute capabilities; undefined for all. */
  readonly majors?: readonly number[];
  /** Sizes of a head or of the latent vector; undefined for all. */
  readonly heads?: readonly number[];
  /** Formats of the KV cache. */
  readonly caches: readonly string[];
  /** A block has a multiple of so many tokens. */
  readonly block: number;
  readonly float16: boolean;
  readonly float32?: true;
  /** Major compute capabilities with attention sinks; undefined for none. */
  readonly sinks?: readonly number[];
  readonly window?: true;
  readonly encoder?: true;
  /** Major compute capabilities on which the tokens of an image may see one another; undefined for none. */
  readonly imagePrefix?: readonly number[];
  readonly prefillContext?: true;
  readonly decodeContext?: true;
  readonly invariant?: true;
  /** What else it refuses, in words that follow "does not support". */
  readonly also?: (request: AttentionRequest) => string | undefined;
  /** What it accepts when vLLM chooses it, and then fails with. */
  readonly failsWith?: (request: AttentionRequest) => string | undefined;
}

const AMPERE_OR_LATER = [8, 9, 10, 11, 12];
const EVERY = [7, ...AMPERE_OR_LATER];
const PLAIN = ['auto', 'float16', 'bfloat16'];
const FP8 = ['fp8', 'fp8_e4m3'];
const LATENT = [320, 512, 576];
const SPARSE = [512, 576];

const cacheIn = ({ cache }: AttentionRequest): string => `a KV cache in ${cache}`;
const headsOf = (size: number): string => `heads of ${size} values`;

/** FlashAttention 3 reads FP8 on Hopper, FlashAttention 4 on Blackwell and heads of 512 on Hopper (fa_utils.py). */
function flashAttention(request: AttentionRequest): string | undefined {
  const { capability, headSize, cache } = request;
  const major = Math.floor(capability);
  const size = headSize ?? 128;
  if (size % 8 !== 0 || size > 512 || (size > 256 && ![9, 10, 11].includes(major))) return headsOf(size);
  if (!isFp8Cache(cache)) return undefined;
  const isRead = major === 9 ? size <= 256 || size === 512 : major === 10 && size <= 128;
  return isRead ? undefined : cacheIn(request);
}

/** FP4 on Blackwell runs in TensorRT-LLM's kernels, elsewhere in FlashAttention 2 (flashinfer.py). */
function flashInfer(request: AttentionRequest): string | undefined {
  const { capability, headSize, cache, hasSinks } = request;
  if (!cache.startsWith('nvfp4') || Math.floor(capability) === 10) return undefined;
  const isRead = [8, 9, 12].includes(Math.floor(capability)) && cache === 'nvfp4' && headSize !== 64 && !hasSinks;
  return isRead ? undefined : cacheIn(request);
}

/** Triton compiles FP8 for compute capability 8.9 and later, and bf16 for 8.0 and later (triton_attn.py, triton_mla.py). */
function triton(request: AttentionRequest): string | undefined {
  const { capability, cache } = request;
  const isMissing = (cache.startsWith('fp8') && capability < 8.9) || (cache === 'bfloat16' && capability < 8);
  return isMissing ? cacheIn(request) : undefined;
}

/** Vectors of 512 values only on Hopper, FP4 only on Blackwell (flashmla_sparse.py). */
function flashMlaSparse(request: AttentionRequest): string | undefined {
  const { capability, headSize, cache } = request;
  const major = Math.floor(capability);
  if (headSize === 512 && major !== 9) return headsOf(headSize);
  const isMissing = (cache === 'nvfp4_ds_mla' && major !== 10) || (cache === 'fp8' && headSize === 512);
  return isMissing ? cacheIn(request) : undefined;
}

const HALF = { float16: true } as const;

/** Backends by their name in `--attention-backend`. One that is not here is not checked. */
export const BACKENDS = {
  FLASH_ATTN: {
    ...HALF,
    kind: 'heads',
    majors: AMPERE_OR_LATER,
    caches: [...PLAIN, ...FP8],
    block: 16,
    sinks: [9, 10],
    window: true,
    encoder: true,
    // FlashAttention 4; on Hopper it is not the default.
    imagePrefix: [10, 11],
    decodeContext: true,
    invariant: true,
    also: flashAttention,
  },
  FLASHINFER: {
    ...HALF,
    kind: 'heads',
    majors: AMPERE_OR_LATER,
    heads: [64, 128, 256, 512],
    // On Blackwell the choice looks at the first letters only.
    caches: [...PLAIN, ...FP8, 'fp8_e5m2', 'nvfp4', 'nvfp4_4over6', 'nvfp4_ds_mla'],
    block: 16,
    sinks: [9, 10, 12],
    window: true,
    decodeContext: true,
    also: flashInfer,
    failsWith: (request) =>
      request.decodeContext && isFp4Cache(request.cache) && Math.floor(request.capability) !== 10
        ? `${cacheIn(request)} together with decode context parallelism`
        : undefined,
  },
  TRITON_ATTN: {
    ...HALF,
    float32: true,
    kind: 'heads',
    caches: [...PLAIN, ...FP8, 'fp8_e5m2', 'int4_per_token_head', 'int8_per_token_head', 'fp8_per_token_head'],
    block: 16,
    sinks: EVERY,
    window: true,
    encoder: true,
    imagePrefix: EVERY,
    invariant: true,
    also: ({ headSize = 32 }) => (headSize < 32 ? headsOf(headSize) : undefined),
    failsWith: triton,
  },
  FLEX_ATTENTION: {
    ...HALF,
    float32: true,
    kind: 'heads',
    caches: PLAIN,
    block: 16,
    window: true,
    encoder: true,
    imagePrefix: EVERY,
    invariant: true,
  },
  TURBOQUANT: {
    ...HALF,
    kind: 'heads',
    caches: ['turboquant_k8v4', 'turboquant_4bit_nc', 'turboquant_k3v4_nc', 'turboquant_3bit_nc'],
    block: 16,
  },
  HPC_ATTN: {
    ...HALF,
    kind: 'heads',
    majors: [9],
    heads: [128],
    caches: ['auto', 'bfloat16', 'fp8_e4m3'],
    block: 64,
  },
  FLASH_ATTN_MLA: {
    ...HALF,
    kind: 'latent',
    majors: [9],
    heads: LATENT,
    caches: PLAIN,
    block: 16,
    prefillContext: true,
    decodeContext: true,
    invariant: true,
  },
  // Dense layers on Hopper only (vllm/v1/attention/ops/flashmla.py).
  FLASHMLA: {
    ...HALF,
    kind: 'latent',
    majors: [9],
    heads: LATENT,
    caches: [...PLAIN, ...FP8],
    block: 64,
    prefillContext: true,
    decodeContext: true,
  },
  FLASHINFER_MLA: {
    ...HALF,
    kind: 'latent',
    majors: [10],
    heads: LATENT,
    caches: [...PLAIN, ...FP8],
    block: 32,
    prefillContext: true,
    decodeContext: true,
  },
  CUTLASS_MLA: {
    ...HALF,
    kind: 'latent',
    majors: [10],
    heads: LATENT,
    caches: [...PLAIN, ...FP8],
    block: 128,
    prefillContext: true,
    decodeContext: true,
  },
  TRITON_MLA: {
    ...HALF,
    kind: 'latent',
    caches: [...PLAIN, ...FP8],
    block: 16,
    prefillContext: true,
    decodeContext: true,
    invariant: true,
    failsWith: triton,
  },
  FLASH_ATTN_MLA_SPARSE: {
    ...HALF,
    kind: 'sparse',
    majors: [9],
    caches: PLAIN,
    block: 64,
    prefillContext: true,
  },
  FLASHMLA_SPARSE: {
    float16: false,
    kind: 'sparse',
    majors: [9, 10],
    heads: SPARSE,
    caches: ['auto', 'bfloat16', 'fp8', 'fp8_ds_mla', 'nvfp4_ds_mla'],
    block: 64,
    prefillContext: true,
    decodeContext: true,
    also: flashMlaSparse,
  },
  FLASHINFER_MLA_SPARSE: {
    ...HALF,
    kind: 'sparse',
    majors: [10],
    heads: SPARSE,
    caches: [...PLAIN, ...FP8],
    block: 32,
    prefillContext: true,
    decodeContext: true,
  },
  FLASHINFER_MLA_SPARSE_SM90: {
    float16: false,
    kind: 'sparse',
    majors: [9],
    heads: SPARSE,
    caches: ['auto', 'bfloat16', ...FP8],
    block: 64,
    prefillContext: true,
  },
  FLASHINFER_MLA_SPARSE_SM120: {
    float16: false,
    kind: 'sparse',
    majors: [12],
    heads: SPARSE,
    caches: ['auto', ...FP8, 'fp8_ds_mla'],
    block: 64,
    prefillContext: true,
  },
} as const satisfies Readonly<Record<string, BackendRow>>;

/** The name of a backend in the table. */
export type BackendName = keyof typeof BACKENDS;

/** Backends in the order in which vLLM tries them, by major compute capability (`_get_backend_priorities`, platforms/cuda.py). */
export function priorities({ capability, headSize }: AttentionRequest): readonly BackendName[] {
  const major = Math.floor(capability);
  const rest = ['TRITON_ATTN', 'FLEX_ATTENTION', 'TURBOQUANT'] as const;
  if (major === 10) {
    const latent = ['FLASHINFER_MLA', 'CUTLASS_MLA', 'TRITON_MLA', 'FLASHINFER_MLA_SPARSE', 'FLASHMLA_SPARSE'] as const;
    return ['FLASHINFER', 'FLASH_ATTN', ...rest, ...latent];
  }
  const heads = ['FLASH_ATTN', 'FLASHINFER', ...rest] as const;
  if (major === 12) return [...heads, 'TRITON_MLA', 'FLASHINFER_MLA_SPARSE_SM120'];
  const sparse = ['FLASH_ATTN_MLA_SPARSE', 'FLASHMLA_SPARSE'] as const;
  const last = 'FLASHINFER_MLA_SPARSE_SM90';
  return [
    ...heads,
    ...(['FLASH_ATTN_MLA', 'FLASHMLA', 'TRITON_MLA'] as const),
    ...(headSize === 512 ? ([last, ...sparse] as const) : ([...sparse, last] as const)),
  ];
}
