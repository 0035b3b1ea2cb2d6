import { FindingSeverity } from '../../lib/preflight/finding';
import { crossCheck } from '../../lib/rules/cross-checks';
import type { ModelShape } from '../../lib/model/model-shape';
import { shapeOf } from '../../lib/model/shape-of-model';
import { parseRelease } from '../../lib/engine/release';
import { errorsOf, h100, idsOf, LLAMA_8B, planOf } from '../support/plan';
import { Accelerator, Model } from '../../lib';

/** Ids for Llama 3.1 8B with another class or other layers. */
function idsWith(shape: Partial<ModelShape>, ...extraArgs: string[]): string[] {
  const { basis, image } = planOf({ extraArgs });
  const llama = shapeOf(LLAMA_8B);
  const findings = crossCheck({
    facts: basis.commandLine.facts,
    release: parseRelease('0.32.0'),
    versionIsChecked: true,
    modelId: 'org/model',
    offline: false,
    architecture: llama && { ...llama, ...shape },
    accelerator: basis.accelerator,
    image,
    environment: new Map(),
    metricUsers: [],
  });
  return findings.filter(({ severity }) => severity !== FindingSeverity.NOTICE).map(({ id }) => id);
}

const MTP = '--speculative-config={"method":"mtp","num_speculative_tokens":1}';

describe('options for models of one kind', () => {
  it.each<[string, Partial<ModelShape>, string[]]>([
    ['multi-token prediction', { architecture: 'LlamaForCausalLM' }, [MTP]],
    [
      'multi-token prediction by flags',
      { architecture: 'Qwen3MoeForCausalLM' },
      ['--spec-method=mtp', '--spec-tokens=1'],
    ],
    ['Engram', { architecture: 'LlamaForCausalLM' }, ['--engram-config={}']],
    ['HiSparse', { architecture: 'LlamaForCausalLM' }, ['--attention-config={"hisparse_config":{}}']],
    [
      'a kernel for DeepSeek-V4 in JSON',
      { architecture: 'LlamaForCausalLM' },
      ['--kernel-config={"moe_backend":"flashinfer_moe_ep_mega_deep_gemm"}'],
    ],
    [
      'a kernel for DeepSeek-V4',
      { architecture: 'LlamaForCausalLM' },
      ['--moe-backend=flashinfer_moe_ep_mega_deep_gemm'],
    ],
  ])('refuses %s for %j', (_, shape, args) => {
    expect(idsWith(shape, ...args).join()).toMatch(/^(no-multi-token-prediction|option-of-another-model)$/);
  });

  it.each<[string, Partial<ModelShape>, string[]]>([
    ['multi-token prediction', { architecture: 'DeepseekV3ForCausalLM' }, [MTP]],
    ['multi-token prediction', { architecture: 'Glm4MoeForCausalLM' }, [MTP]],
    ['multi-token prediction', { architecture: undefined }, [MTP]],
    ['Engram', { architecture: 'Qwen4ExpForCausalLM' }, ['--engram-config={}']],
    ['Engram', { architecture: undefined }, ['--engram-config={}']],
    ['a kernel', { architecture: 'DeepseekV4ForCausalLM' }, ['--moe-backend=flashinfer_moe_ep_mega_deep_gemm']],
  ])('accepts %s for %j', (_, shape, args) => {
    expect(idsWith(shape, ...args)).toEqual([]);
  });

  it('refuses the cache of recent states for a model without states', () => {
    expect(errorsOf({ extraArgs: ['--use-replayssm'] })).toEqual([
      'extraArgs[0]: --use-replayssm is true, which is for models with state-space layers, and meta-llama/Llama-3.1-8B-Instruct is not one: vLLM refuses to start; remove it [option-of-another-model]',
    ]);
    expect(idsOf({ model: Model.of('org/unknown'), extraArgs: ['--use-replayssm'] })).not.toContain(
      'option-of-another-model',
    );
  });

  it('refuses adapters for images of a model that reads text, and accepts them for one that reads images', () => {
    const args = ['--enable-lora', '--default-mm-loras={"image":"/adapters/image"}'];
    expect(idsWith({}, ...args)).toEqual(['adapters-of-text-model']);
    expect(idsWith({ isMultimodal: true }, ...args)).toEqual([]);
  });

  it.each([
    [['--mm-tensor-ipc=torch_shm']],
    [['--mm-shm-cache-max-object-size-mb=64']],
    [['--language-model-only', '--compilation-config={"cudagraph_mm_encoder":true}']],
    [['--mm-encoder-fp8-scale-path=/scales.json']],
  ])('refuses %j for a multimodal model only', (args) => {
    expect(idsWith({ isMultimodal: true }, ...args).join()).toMatch(/^(option-without-another|options-together)$/);
    expect(idsWith({}, ...args)).toEqual([]);
  });
});

describe('kernels of one vendor', () => {
  it('refuses kernels for ROCm on a GPU of NVIDIA', () => {
    const extraArgs = ['--kda-prefill-backend=fused'];
    expect(idsOf({ extraArgs, accelerator: h100(1) })).toEqual(['kernel-of-another-vendor']);
    expect(idsOf({ extraArgs, accelerator: Accelerator.resource('amd.com/gpu', 1) })).not.toContain(
      'kernel-of-another-vendor',
    );
  });
});
