import { Accelerator, GpuModel, Model } from '../../../lib';
import { errorsOf, idsOf, pinned } from '../../support/plan';

const backend = (name: string, ...more: string[]) => ({
  accelerator: Accelerator.gpu(GpuModel.H100),
  extraArgs: [`--attention-backend=${name}`, ...more],
});

describe('a backend that vLLM never chooses by itself', () => {
  it.each([
    'NO_ATTENTION',
    'TORCH_SDPA',
    'ROCM_AITER_FA',
    'ROCM_SEGMENTED_ATTN',
    'B12X',
    'TOKENSPEED_MLA',
    'CPU_MLA',
    'FLASHMLA_SPARSE_DSV4',
    'TRITON_MSA',
    'TRITON_FLASHINFER',
    'ULTRAQUANT',
  ])('fails for Llama: %s', (name) => {
    expect(idsOf(backend(name))).toEqual(['attention-backend-unsupported']);
  });

  it.each(['FLASH_ATTN_DIFFKV', 'TRITON_ATTN_DIFFKV', 'ROCM_ATTN', 'ROCM_AITER_UNIFIED_ATTN', 'CPU_ATTN'])(
    'is accepted where vLLM’s configuration accepts it: %s',
    (name) => {
      expect(idsOf(backend(name))).toEqual([]);
      expect(idsOf(backend(name, '--kv-cache-dtype=fp8'))).toEqual([]);
    },
  );

  it.each([
    ['FLASH_ATTN_DIFFKV', '--kv-cache-dtype=fp8_e5m2'],
    ['TRITON_ATTN_DIFFKV', '--kv-cache-dtype=float16'],
    ['ROCM_ATTN', '--kv-cache-dtype=nvfp4'],
    ['ROCM_AITER_UNIFIED_ATTN', '--kv-cache-dtype=int8_per_token_head'],
    ['CPU_ATTN', '--block-size=16'],
  ])('fails together with what it does not have: %s with %s', (name, argument) => {
    expect(idsOf(backend(name, argument))).toEqual(['attention-backend-unsupported']);
  });

  it('says what it is for', () => {
    expect(errorsOf(backend('TOKENSPEED_MLA')).join()).toContain(
      'is TOKENSPEED_MLA, which is for layers with a latent vector (MLA), and meta-llama/Llama-3.1-8B-Instruct has none: vLLM refuses to start; remove it [attention-backend-unsupported]',
    );
    expect(errorsOf({ extraArgs: ['--attention-config={"backend":"torch_sdpa"}'] }).join()).toContain(
      'is TORCH_SDPA, which no layer of a language model runs with on NVIDIA GPUs: vLLM refuses to start; remove it [attention-backend-unsupported]',
    );
  });

  it('is not checked for a model that may have such layers', () => {
    const id = 'attention-backend-unsupported';
    const latent = { model: Model.of('deepseek-ai/DeepSeek-R1'), accelerator: Accelerator.gpu(GpuModel.H200, 8) };
    expect(idsOf({ ...backend('FLASHMLA_SPARSE_DSV4'), ...latent, engine: { tensorParallelSize: 8 } })).not.toContain(
      id,
    );
    expect(idsOf({ model: Model.of('acme/model'), ...backend('TRITON_MSA') })).not.toContain(id);
    expect(idsOf({ ...backend('B12X'), accelerator: Accelerator.gpu(GpuModel.RTX_PRO_6000) })).not.toContain(id);
  });

  it('is not checked for a release whose kernels are not in the table', () => {
    expect(idsOf({ ...pinned('0.28.0'), ...backend('NO_ATTENTION') })).not.toContain('attention-backend-unsupported');
  });
});
