import { Size } from 'cdk8s';
import type { EngineOptions } from '../../../lib';
import { Accelerator, GpuModel, Model } from '../../../lib';
import type { ModelShape } from '../../../lib/model/model-shape';
import { findingLine } from '../../../lib/preflight/finding';
import { attentionBackend } from '../../../lib/rules/attention/attention-check';
import type { ServingProps } from '../../../lib/stack/serving-props';
import { planOf, pinned } from '../../support/plan';

/** GPUs by name, for titles. */
type Gpu = 'T4' | 'A10' | 'A100_80GB' | 'L4' | 'L40S' | 'H100' | 'H200' | 'B200' | 'RTX_PRO_6000';
const T4 = 'T4';
const A10 = 'A10';
const A100_80GB = 'A100_80GB';
const L4 = 'L4';
const L40S = 'L40S';
const H100 = 'H100';
const H200 = 'H200';
const B200 = 'B200';
const RTX_PRO_6000 = 'RTX_PRO_6000';

const LLAMA = 'meta-llama/Llama-3.1-8B-Instruct';
const GEMMA_3 = 'google/gemma-3-27b-it';
const GEMMA_4 = 'google/gemma-4-31B-it';
const R1 = 'deepseek-ai/DeepSeek-R1';
const AWQ = 'Qwen/Qwen3-8B-AWQ';
const UNKNOWN = 'acme/model';

const base = { hiddenSize: 4096, attentionHeads: 64, maxLength: 131072, parameters: 1e9, weightsGib: 2 };
/** Shapes with what the table of models may not have. */
const SHAPES: Readonly<Record<string, ModelShape>> = {
  'gpt-oss': {
    ...base,
    architecture: 'GptOssForCausalLM',
    isBfloat16: true,
    groups: [
      { kind: 'heads', layers: 18, kvHeads: 8, headDim: 64 },
      { kind: 'heads', layers: 18, kvHeads: 8, headDim: 64, reach: { kind: 'window', tokens: 128 } },
    ],
  },
  'DeepSeek-V3.2': {
    ...base,
    architecture: 'DeepseekV32ForCausalLM',
    isBfloat16: true,
    groups: [{ kind: 'latent', layers: 61, dim: 576, index: { layers: 61, bytes: 132 } }],
  },
  'DeepSeek-V3': {
    ...base,
    architecture: 'DeepseekV3ForCausalLM',
    isBfloat16: true,
    groups: [{ kind: 'latent', layers: 61, dim: 576 }],
  },
  'DeepSeek-V4': {
    ...base,
    architecture: 'DeepseekV4ForCausalLM',
    isBfloat16: true,
    groups: [{ kind: 'latent', layers: 61, dim: 512, compression: 4 }],
  },
  'Qwen3-Next': {
    ...base,
    architecture: 'Qwen3NextForCausalLM',
    isBfloat16: true,
    groups: [
      { kind: 'heads', layers: 12, kvHeads: 2, headDim: 256 },
      { kind: 'state', layers: 36, convolutionBytes: 1, recurrentBytes: 1, recurrentDtype: 'float32' },
    ],
  },
};

interface Given {
  readonly engine?: EngineOptions;
  readonly extraArgs?: string[];
  readonly env?: Record<string, string>;
  readonly dtype?: string;
  readonly version?: string;
}

/** What is found for a model, one of the table or of the shapes above. */
function found(id: string, gpu: Gpu | GpuModel, given: Given): string[] {
  const { dtype, version = '0.32.0', ...props } = given;
  const shape = SHAPES[id];
  const model = Model.of(shape === undefined ? id : UNKNOWN, { dtype, weightsSize: Size.gibibytes(2) });
  const accelerator = Accelerator.gpu(typeof gpu === 'string' ? GpuModel[gpu] : gpu, 8);
  const plan = planOf({ model, accelerator, ...props, ...pinned(version) } as Partial<ServingProps>);
  const { basis, release, environment } = plan;
  const { facts } = basis.commandLine;
  return attentionBackend({
    ...{ facts, release, versionIsChecked: true, offline: false, image: '', metricUsers: [] },
    modelId: id,
    architecture: shape ?? basis.model.shape,
    accelerator: basis.accelerator,
    environment: new Map(environment.map(({ name, value }) => [name, value])),
  }).map(findingLine);
}

const cache = (kvCacheDtype: string): Given => ({ engine: { kvCacheDtype } });
const block = (blockSize: number): Given => ({ engine: { blockSize } });
const args = (...extraArgs: string[]): Given => ({ extraArgs });
const prefill: Given = args('--prefill-context-parallel-size=2', '--tensor-parallel-size=4');
const decode: Given = args('--decode-context-parallel-size=2');
const invariant: Given = { env: { VLLM_BATCH_INVARIANT: '1' } };

describe('options that no attention backend supports', () => {
  it.each<[string, Gpu, Given, string]>([
    [
      LLAMA,
      H100,
      block(7),
      'engine.blockSize: is 7, a number of tokens for which vLLM has no attention kernel for meta-llama/Llama-3.1-8B-Instruct on the H100 (compute capability 9.0): vLLM refuses to start; use a multiple of 16 [block-size-unsupported]',
    ],
    [
      LLAMA,
      H100,
      cache('fp8_ds_mla'),
      'engine.kvCacheDtype: is fp8_ds_mla, which no attention kernel of vLLM reads for meta-llama/Llama-3.1-8B-Instruct on the H100 (compute capability 9.0): vLLM refuses to start; remove it, or set "fp8" instead [kv-cache-dtype-unsupported]',
    ],
    [
      LLAMA,
      T4,
      cache('fp8'),
      'engine.kvCacheDtype: is fp8, which no attention kernel of vLLM reads for meta-llama/Llama-3.1-8B-Instruct on the T4 (compute capability 7.5): vLLM refuses to start; remove it; it needs compute capability 8.0 [kv-cache-dtype-unsupported]',
    ],
    [
      LLAMA,
      H100,
      args('--attention-backend=flex_attention', '--kv-cache-dtype=fp8'),
      'extraArgs[0]: is FLEX_ATTENTION, which does not support a KV cache in fp8 for meta-llama/Llama-3.1-8B-Instruct on the H100 (compute capability 9.0): vLLM refuses to start; remove it: vLLM then uses FLASH_ATTN [attention-backend-unsupported]',
    ],
    [
      LLAMA,
      H100,
      prefill,
      'extraArgs[0]: is 2, but no attention kernel of vLLM divides prompts for meta-llama/Llama-3.1-8B-Instruct on the H100 (compute capability 9.0): vLLM refuses to start; remove it, and use engine.tensorParallelSize [prefill-context-unsupported]',
    ],
    [
      'DeepSeek-V3.2',
      A100_80GB,
      {},
      'accelerator: is the A100_80GB (compute capability 8.0), for which vLLM has no attention kernel that runs DeepSeek-V3.2; use a GPU of a later generation [attention-unsupported]',
    ],
  ])('refuses them for %s on %s with %j', (id, gpu, given, line) => {
    expect(found(id, gpu, given)).toEqual([line]);
  });

  it.each<[string, Gpu, Given, string]>([
    [LLAMA, H100, block(8), 'block-size-unsupported'],
    [LLAMA, H100, block(1), 'block-size-unsupported'],
    [UNKNOWN, H100, block(24), 'block-size-unsupported'],
    ['Qwen3-Next', H100, block(8), 'block-size-unsupported'],
    ['DeepSeek-V3.2', H100, block(32), 'block-size-unsupported'],
    [LLAMA, H100, cache('nvfp4_ds_mla'), 'kv-cache-dtype-unsupported'],
    [LLAMA, H100, cache('ultraquant_4bit'), 'kv-cache-dtype-unsupported'],
    [LLAMA, H100, cache('fp8_inc'), 'kv-cache-dtype-unsupported'],
    [UNKNOWN, H100, cache('fp8_inc'), 'kv-cache-dtype-unsupported'],
    [LLAMA, H100, cache('nvfp4_4over6'), 'kv-cache-dtype-unsupported'],
    [LLAMA, T4, cache('nvfp4'), 'kv-cache-dtype-unsupported'],
    [LLAMA, T4, cache('fp8_e5m2'), 'kv-cache-dtype-unsupported'],
    [LLAMA, T4, cache('bfloat16'), 'kv-cache-dtype-unsupported'],
    [AWQ, T4, cache('fp8'), 'kv-cache-dtype-unsupported'],
    ['meta-llama/Llama-3.2-1B-Instruct', H100, cache('nvfp4'), 'kv-cache-dtype-unsupported'],
    [GEMMA_4, H100, cache('turboquant_4bit_nc'), 'kv-cache-dtype-unsupported'],
    ['gpt-oss', H100, cache('turboquant_4bit_nc'), 'kv-cache-dtype-unsupported'],
    ['gpt-oss', A100_80GB, cache('fp8'), 'kv-cache-dtype-unsupported'],
    ['gpt-oss', H100, cache('nvfp4'), 'kv-cache-dtype-unsupported'],
    [R1, H200, cache('int8_per_token_head'), 'kv-cache-dtype-unsupported'],
    [R1, H200, cache('nvfp4'), 'kv-cache-dtype-unsupported'],
    [R1, A100_80GB, cache('fp8'), 'kv-cache-dtype-unsupported'],
    [R1, H200, cache('fp8_ds_mla'), 'kv-cache-dtype-unsupported'],
    ['DeepSeek-V3', H200, cache('fp8_ds_mla'), 'kv-cache-dtype-unsupported'],
    ['DeepSeek-V3', B200, cache('nvfp4_ds_mla'), 'kv-cache-dtype-unsupported'],
    ['DeepSeek-V3', H200, cache('fp8_e5m2'), 'kv-cache-dtype-unsupported'],
    ['DeepSeek-V3.2', H200, cache('nvfp4_ds_mla'), 'kv-cache-dtype-unsupported'],
    ['DeepSeek-V3', H200, { dtype: 'float32' }, 'dtype-unsupported'],
    ['DeepSeek-V3.2', A10, {}, 'attention-unsupported'],
    ['DeepSeek-V3.2', L40S, cache('fp8'), 'attention-unsupported'],
    [LLAMA, H100, args('--attention-backend=FLASHMLA'), 'attention-backend-unsupported'],
    [LLAMA, T4, args('--attention-backend=FLASH_ATTN'), 'attention-backend-unsupported'],
    [LLAMA, T4, args('--attention-backend=FLASHINFER'), 'attention-backend-unsupported'],
    [LLAMA, A100_80GB, args('--attention-backend=HPC_ATTN'), 'attention-backend-unsupported'],
    [LLAMA, H100, args('--attention-backend=TURBOQUANT'), 'attention-backend-unsupported'],
    [LLAMA, H100, args('--attention-config={"backend":"flashmla"}'), 'attention-backend-unsupported'],
    [LLAMA, L4, args('--attention-backend=FLASH_ATTN', '--kv-cache-dtype=fp8'), 'attention-backend-unsupported'],
    [GEMMA_4, L40S, args('--attention-backend=FLASH_ATTN'), 'attention-backend-unsupported'],
    ['gpt-oss', A100_80GB, args('--attention-backend=FLASHINFER'), 'attention-backend-unsupported'],
    ['gpt-oss', H100, args('--attention-backend=FLEX_ATTENTION'), 'attention-backend-unsupported'],
    [R1, H200, args('--attention-backend=FLASH_ATTN'), 'attention-backend-unsupported'],
    [R1, H200, args('--attention-backend=CUTLASS_MLA'), 'attention-backend-unsupported'],
    [R1, B200, args('--attention-backend=FLASHMLA'), 'attention-backend-unsupported'],
    [R1, B200, args('--attention-backend=CUTLASS_MLA', '--block-size=64'), 'attention-backend-unsupported'],
    ['DeepSeek-V3.2', H200, args('--attention-backend=TRITON_MLA'), 'attention-backend-unsupported'],
    [LLAMA, H100, { dtype: 'float32', ...args('--attention-backend=FLASH_ATTN') }, 'attention-backend-unsupported'],
    [GEMMA_3, H100, prefill, 'prefill-context-unsupported'],
    ['Qwen3-Next', H100, prefill, 'prefill-context-unsupported'],
    [LLAMA, T4, decode, 'decode-context-unsupported'],
    [LLAMA, H100, { ...decode, ...cache('int8_per_token_head') }, 'kv-cache-dtype-unsupported'],
    [LLAMA, H100, { ...decode, ...cache('nvfp4') }, 'kv-cache-dtype-unsupported'],
    ['DeepSeek-V3.2', H100, invariant, 'batch-invariance-unsupported'],
    [LLAMA, H100, { ...invariant, ...args('--attention-backend=FLASHINFER') }, 'attention-backend-unsupported'],
  ])('refuses %s on %s with %j: %s', (id, gpu, given, finding) => {
    expect(found(id, gpu, given)).toEqual([expect.stringContaining(`[${finding}]`)]);
  });

  it('refuses two mistakes in two findings', () => {
    const lines = found(LLAMA, H100, { engine: { blockSize: 7, kvCacheDtype: 'fp8_inc' } });
    expect(lines.map((line) => line.slice(0, line.indexOf(':')))).toEqual(['engine.kvCacheDtype', 'engine.blockSize']);
  });
});

describe('options that a backend supports', () => {
  it.each<[string, Gpu, Given]>([
    [LLAMA, T4, {}],
    [LLAMA, L4, cache('fp8')],
    [LLAMA, L40S, cache('fp8_e5m2')],
    [LLAMA, A10, cache('fp8')],
    [LLAMA, A100_80GB, cache('fp8')],
    [LLAMA, A100_80GB, cache('nvfp4')],
    [LLAMA, H100, cache('nvfp4')],
    [LLAMA, RTX_PRO_6000, cache('nvfp4')],
    [LLAMA, B200, cache('nvfp4')],
    [LLAMA, B200, cache('nvfp4_4over6')],
    [LLAMA, H100, cache('fp8_e4m3')],
    [LLAMA, H100, cache('int4_per_token_head')],
    [LLAMA, H100, cache('turboquant_4bit_nc')],
    [LLAMA, T4, cache('int8_per_token_head')],
    [LLAMA, H100, block(256)],
    [LLAMA, H100, block(48)],
    [LLAMA, H100, { engine: { blockSize: 16, kvCacheDtype: 'fp8' } }],
    [LLAMA, H100, args('--block-size=16', '--attention-backend=FLASHINFER')],
    [LLAMA, H100, args('--attention-backend=TRITON_ATTN', '--kv-cache-dtype=fp8')],
    [LLAMA, H100, args('--attention-backend=flash_attn')],
    [LLAMA, H100, args('--attention-backend=auto')],
    [LLAMA, H100, args('--attention-backend=B12X')],
    [LLAMA, H100, args('--attention-backend=NONSENSE')],
    [LLAMA, H100, args('--attention-config={"backend_per_kind":{"full_attention":"flashmla"}}', '--block-size=7')],
    [LLAMA, H100, { dtype: 'float32' }],
    [LLAMA, H100, { dtype: 'float32', ...cache('fp8') }],
    [LLAMA, H100, invariant],
    [LLAMA, A100_80GB, invariant],
    [LLAMA, H100, { env: { VLLM_BATCH_INVARIANT: '0' }, ...args('--attention-backend=FLASHINFER') }],
    [LLAMA, H100, decode],
    [LLAMA, H100, { ...decode, ...cache('fp8') }],
    [AWQ, T4, {}],
    [AWQ, L4, cache('fp8')],
    [AWQ, A100_80GB, cache('fp8')],
    [AWQ, B200, cache('fp8')],
    [GEMMA_3, L40S, {}],
    [GEMMA_3, H100, cache('fp8')],
    [GEMMA_3, T4, {}],
    [GEMMA_4, H100, {}],
    [GEMMA_4, H100, cache('fp8')],
    [GEMMA_4, B200, cache('fp8')],
    [GEMMA_4, L40S, args('--attention-backend=TRITON_ATTN')],
    [GEMMA_4, H100, args('--kv-cache-dtype=turboquant_4bit_nc', '--kv-cache-dtype-skip-layers', 'sliding_window')],
    ['gpt-oss', A100_80GB, {}],
    ['gpt-oss', L40S, {}],
    ['gpt-oss', H100, cache('fp8')],
    ['gpt-oss', B200, cache('fp8')],
    ['gpt-oss', RTX_PRO_6000, {}],
    ['gpt-oss', H100, args('--attention-backend=FLASH_ATTN')],
    ['gpt-oss', A100_80GB, args('--attention-backend=TRITON_ATTN')],
    ['Qwen3-Next', H100, cache('fp8')],
    ['Qwen3-Next', H100, {}],
    [R1, H200, {}],
    [R1, H200, cache('fp8')],
    [R1, B200, cache('fp8')],
    [R1, B200, args('--attention-backend=CUTLASS_MLA', '--block-size=128')],
    [R1, B200, args('--attention-backend=FLASHINFER_MLA')],
    [R1, H200, args('--attention-backend=FLASHMLA')],
    [R1, A100_80GB, {}],
    [R1, H200, decode],
    [R1, H200, prefill],
    [R1, H200, block(64)],
    ['DeepSeek-V3', H200, prefill],
    ['DeepSeek-V3.2', H200, {}],
    ['DeepSeek-V3.2', H200, cache('fp8')],
    ['DeepSeek-V3.2', H200, cache('fp8_ds_mla')],
    ['DeepSeek-V3.2', H200, cache('bfloat16')],
    ['DeepSeek-V3.2', H200, cache('float16')],
    ['DeepSeek-V3.2', B200, cache('fp8')],
    ['DeepSeek-V3.2', B200, cache('nvfp4_ds_mla')],
    ['DeepSeek-V3.2', RTX_PRO_6000, cache('fp8')],
    ['DeepSeek-V3.2', H200, args('--attention-backend=FLASHMLA_SPARSE')],
    ['DeepSeek-V3.2', H200, decode],
    ['DeepSeek-V4', H200, block(256)],
    ['DeepSeek-V4', A100_80GB, cache('fp8')],
    [UNKNOWN, H100, cache('fp8_ds_mla')],
    [UNKNOWN, A100_80GB, cache('fp8')],
    [UNKNOWN, H100, prefill],
    [UNKNOWN, H100, args('--attention-backend=FLASHMLA')],
  ])('accepts %s on %s with %j', (id, gpu, given) => {
    expect(found(id, gpu, given)).toEqual([]);
  });

  it.each([
    ['releases before the table', found(LLAMA, H100, { ...block(7), version: '0.31.0' })],
    ['a GPU of unknown capability', found(LLAMA, GpuModel.of({ name: 'Card', memory: Size.gibibytes(80) }), block(7))],
  ])('does not check %s', (_, lines) => {
    expect(lines).toEqual([]);
  });
});

const backend = (name: string): Given => args(`--attention-backend=${name}`);

describe('images whose tokens see one another', () => {
  it.each<[Gpu, string]>([
    [A100_80GB, 'FLASH_ATTN'],
    [A100_80GB, 'FLASHINFER'],
    [H100, 'FLASH_ATTN'],
    [B200, 'FLASHINFER'],
  ])('refuse on %s the backend %s', (gpu, name) => {
    expect(found(GEMMA_3, gpu, backend(name))).toEqual([
      expect.stringContaining('does not support images whose tokens see one another'),
    ]);
  });

  it('fails with an FP8 cache on an A100, which Triton cannot read there', () => {
    expect(found(GEMMA_3, A100_80GB, cache('fp8'))).toEqual([expect.stringContaining('kv-cache-dtype-unsupported')]);
  });

  it.each<[Gpu, Given]>([
    [H100, {}],
    [H100, cache('fp8')],
    [B200, backend('FLASH_ATTN')],
    [H100, backend('TRITON_ATTN')],
    [H100, { ...backend('FLASHINFER'), engine: { limitMmPerPrompt: { image: 0 } } }],
    [H100, args('--attention-backend=FLASHINFER', '--language-model-only')],
  ])('accept on %s %j', (gpu, given) => {
    expect(found(GEMMA_3, gpu, given)).toEqual([]);
  });
});

describe('encoders', () => {
  it('refuse a backend for models that generate', () => {
    expect(found('BAAI/bge-m3', H100, backend('FLASHINFER'))).toEqual([
      expect.stringContaining('does not support encoders'),
    ]);
  });

  it.each(['FLASH_ATTN', 'TRITON_ATTN', 'FLEX_ATTENTION'])('accept %s', (name) => {
    expect(found('BAAI/bge-m3', H100, backend(name))).toEqual([]);
  });
});

describe('caches of latent vectors', () => {
  it('refuse plain FP4 for a model with kernels of its own', () => {
    expect(found('deepseek-ai/DeepSeek-V4-Flash', H100, cache('nvfp4'))).toEqual([
      'engine.kvCacheDtype: is nvfp4, which has no format for the latent vectors of deepseek-ai/DeepSeek-V4-Flash: vLLM refuses to start; remove it, or set "fp8" instead [kv-cache-dtype-unsupported]',
    ]);
    expect(found('deepseek-ai/DeepSeek-V4-Flash', H100, cache('fp8'))).toEqual([]);
  });

  it('are FP8 on Blackwell for GLM-5 where nothing is set', () => {
    const sparse = backend('FLASHMLA_SPARSE');
    expect(found('zai-org/GLM-5-FP8', B200, sparse)).toEqual([expect.stringContaining('a KV cache in fp8_e4m3')]);
    expect(found('zai-org/GLM-5-FP8', H100, sparse)).toEqual([]);
    expect(found('zai-org/GLM-5-FP8', B200, {})).toEqual([]);
  });
});
