import { Accelerator, Architecture, GpuModel, Model } from '../../lib';
import { loadsAs } from '../../lib/model/quantized-checkpoints';
import type { ServingProps } from '../../lib/stack/serving-props';
import { errorsOf, h100, pinned } from '../support/plan';

const LLAMA = 'meta-llama/Llama-3.1-8B-Instruct';
const AWQ = 'Qwen/Qwen3-8B-AWQ';
const R1 = 'deepseek-ai/DeepSeek-R1';
const GPT_OSS = 'openai/gpt-oss-20b';

/** Errors about the quantization of a model. */
function found(id: string, quantization: string | undefined, more: Partial<ServingProps> = {}): string[] {
  const props = { model: Model.of(id, { quantization }), accelerator: h100(8), ...more };
  return errorsOf(props).filter((line) => /\[quantization-|\[dtype-of-quantization/.test(line));
}

describe('a plain checkpoint', () => {
  it.each([
    ...['awq', 'awq_marlin', 'auto_awq', 'gptq', 'gptq_marlin', 'auto_gptq', 'moe_wna16', 'compressed-tensors'],
    ...['modelopt', 'modelopt_fp4', 'modelopt_mxfp8', 'modelopt_mixed', 'quark', 'torchao', 'inc', 'AWQ'],
  ])('is refused with %s', (method) => {
    expect(found(LLAMA, method)).toEqual([
      `model.quantization: is ${method}, but ${LLAMA} is not quantised: vLLM refuses to start; remove it, or use a checkpoint that is quantised with ${method.toLowerCase()} [quantization-of-plain-checkpoint]`,
    ]);
  });

  it.each([
    ...['fp8', 'FP8', 'fp8_per_tensor', 'fp8_per_block', 'fp8_per_channel', 'int8_per_channel_weight_only'],
    ...['mxfp4', 'mxfp8', 'nvfp4_per_token', 'experts_int8', 'humming', 'a-plugin', undefined],
  ])('is accepted with %s', (method) => {
    expect(found(LLAMA, method)).toEqual([]);
  });

  it.each([
    ['has another config', { engine: { hfOverrides: { quantization_config: { quant_method: 'awq' } } } }],
    ['has another file', { engine: { hfOverrides: { quantization_config_file: 'a.json' } } }],
  ])('is accepted where it %s', (_, props) => {
    expect(found(LLAMA, 'awq', props)).toEqual([]);
  });

  it('is not concluded from a description', () => {
    const architecture = Architecture.of({
      ...{ hiddenSize: 4096, numHiddenLayers: 32, numAttentionHeads: 32, parameters: 8e9 },
      maxPositionEmbeddings: 8192,
    });
    const model = Model.of('acme/model-awq', { quantization: 'awq', architecture });
    expect(found('acme/model', undefined, { model })).toEqual([]);
    expect(found('acme/model', 'awq')).toEqual([]);
  });
});

describe('a quantised checkpoint', () => {
  it.each([
    [AWQ, 'fp8', 'awq'],
    [AWQ, 'gptq', 'awq'],
    [AWQ, 'fp8_per_tensor', 'awq'],
    [AWQ, 'compressed-tensors', 'awq'],
    [R1, 'awq', 'fp8'],
    [R1, 'fp8_per_tensor', 'fp8'],
    [R1, 'modelopt', 'fp8'],
  ])('%s is refused with %s', (id, method, checkpoint) => {
    expect(found(id, method)).toEqual([
      `model.quantization: is ${method}, but ${id} is quantised with ${checkpoint}: vLLM refuses to start; remove it: vLLM reads the format from the checkpoint [quantization-of-checkpoint]`,
    ]);
  });

  it.each([
    [AWQ, undefined],
    [AWQ, 'awq'],
    [AWQ, 'awq_marlin'],
    [AWQ, 'auto_awq'],
    [AWQ, 'AWQ'],
    [AWQ, 'moe_wna16'],
    [AWQ, 'humming'],
    [R1, undefined],
    [R1, 'fp8'],
    [GPT_OSS, undefined],
    [GPT_OSS, 'mxfp4'],
    [GPT_OSS, 'gpt_oss_mxfp4'],
  ])('%s is accepted with %s', (id, method) => {
    expect(found(id, method)).toEqual([]);
  });

  it.each([
    ['gptq', 'gptq_marlin', true],
    ['gptq', 'auto_gptq', true],
    ['gptq', 'moe_wna16', true],
    ['gptq', 'awq', false],
    ['gptq', 'fp8', false],
    ['compressed-tensors', 'compressed-tensors', true],
    ['compressed-tensors', 'fp8', false],
    ['compressed-tensors', 'awq', false],
    ['fp8', 'deepseek_v4_fp8', true],
    ['fp8', 'compressed-tensors', false],
    ['fbgemm_fp8', 'fp8', false],
    ['quark', 'fp8', false],
    ['torchao', 'torchao', true],
    ['modelopt_fp4', 'modelopt', true],
    ['modelopt', 'fp8', true],
    ['inc', 'gptq', true],
    ['a-plugin', 'fp8', true],
  ])('in %s is loaded with %s: %s', (checkpoint, method, loads) => {
    expect(loadsAs(checkpoint, method)).toBe(loads);
  });
});

describe('a checkpoint whose format replaces what is set', () => {
  it.each(['fbgemm_fp8', 'fp_quant', 'online', 'awq', 'fp8'])('is accepted with %s', (method) => {
    expect(found(GPT_OSS, method)).toEqual([]);
  });

  it('is what a GPU is compared with', () => {
    const lines = found(GPT_OSS, 'fp8', { accelerator: Accelerator.gpu(GpuModel.T4, 8) });
    expect(lines.map((line) => line.slice(0, line.indexOf(':')))).toEqual(['model']);
  });
});

describe('deprecated methods', () => {
  const unknown = 'acme/model';

  it.each(['fbgemm_fp8', 'fp_quant'])('refuses %s without permission', (method) => {
    expect(found(unknown, method, { accelerator: Accelerator.gpu(GpuModel.B200) })[0]).toBe(
      `model.quantization: is ${method}, which is deprecated: vLLM refuses to start; use another method, or add --allow-deprecated-quantization to extraArgs [quantization-deprecated]`,
    );
  });

  it('accepts it with permission, and in releases without it', () => {
    expect(found(unknown, 'fbgemm_fp8', { extraArgs: ['--allow-deprecated-quantization'] })).toEqual([]);
    expect(found(unknown, 'fbgemm_fp8', pinned('0.13.0'))).toEqual([]);
    expect(found(unknown, 'fbgemm_fp8', pinned('0.14.0'))).toHaveLength(1);
  });
});

describe('online quantization', () => {
  it('refuses it without formats', () => {
    expect(found(LLAMA, 'online')).toEqual([
      'model.quantization: is online, but --quantization-config, which has the formats, is unset: vLLM refuses to start; set "fp8_per_tensor" instead, or add the flag [quantization-without-config]',
    ]);
  });

  it('accepts it with formats', () => {
    expect(found(LLAMA, 'online', { extraArgs: ['--quantization-config={"linear":"fp8_per_tensor"}'] })).toEqual([]);
  });
});

describe('the dtype beside a method', () => {
  const set = (quantization: string, dtype: string) =>
    found('acme/model', undefined, { model: Model.of('acme/model', { quantization, dtype }) });

  it.each(['fp8', 'awq', 'gptq_marlin', 'modelopt', 'fp8_per_tensor'])('refuses float32 with %s', (method) => {
    expect(set(method, 'float32')).toEqual([
      `model.dtype: is float32, but ${method} computes in 16 bits: vLLM refuses to start; remove it [dtype-of-quantization]`,
    ]);
  });

  it('refuses a method on a GPU where the model falls back to float32', () => {
    const gemma = (gpu: GpuModel) => found('google/gemma-2-9b-it', 'fp8', { accelerator: Accelerator.gpu(gpu, 8) });
    expect(gemma(GpuModel.T4)[0]).toBe(
      'model.quantization: is fp8, which computes in 16 bits, but on the T4 (compute capability 7.5) google/gemma-2-9b-it computes in float32: vLLM refuses to start; use a later GPU [dtype-of-quantization]',
    );
    expect(gemma(GpuModel.L4)).toEqual([]);
  });

  it.each([
    ['compressed-tensors', 'float32'],
    ['torchao', 'float32'],
    ['a-plugin', 'float32'],
    ['fp8', 'half'],
    ['awq', 'bfloat16'],
    ['gptq', 'auto'],
  ])('accepts %s with %s', (method, dtype) => {
    expect(set(method, dtype)).toEqual([]);
  });
});

describe('formats of single models', () => {
  const refusals = (id: string, quantization?: string, release = '0.32.0') =>
    errorsOf({
      model: Model.of(id, { quantization }),
      accelerator: h100(1),
      unsafeMemoryFit: 'no memory',
      ...pinned(release),
    });
  const BNB = 'unsloth/Meta-Llama-3.1-8B-Instruct-bnb-4bit';

  it('accepts any method for DeepSeek-V4, whose own one replaces it', () => {
    expect(refusals('deepseek-ai/DeepSeek-V4-Flash', 'modelopt')).toEqual([]);
    expect(refusals('deepseek-ai/DeepSeek-R1', 'modelopt')).toHaveLength(1);
  });

  it('refuses humming for gpt-oss', () => {
    expect(refusals('openai/gpt-oss-20b', 'humming')).toEqual([
      'model.quantization: is humming, which vLLM refuses for openai/gpt-oss-20b; remove it, or add --moe-backend=humming to extraArgs instead [quantization-of-checkpoint]',
    ]);
  });

  it('refuses checkpoints of bitsandbytes from 0.28 on', () => {
    expect(refusals(BNB)).toEqual([
      `model: is ${BNB}, which is quantised with bitsandbytes, and vLLM removed that in 0.28: it refuses to start; use another checkpoint of the model, or set vllmVersion to 0.27 or earlier [model-of-removed-format]`,
    ]);
  });

  it('accepts checkpoints of bitsandbytes before 0.28, and with humming', () => {
    expect(refusals(BNB, undefined, '0.27.0')).toEqual([]);
    expect(refusals(BNB, 'humming')).toEqual([]);
  });

  it('refuses a method for quantised checkpoints with an encoder that is plain', () => {
    expect(refusals('BAAI/bge-m3', 'gptq')).toEqual([
      'model.quantization: is gptq, but BAAI/bge-m3 is not quantised: vLLM refuses to start; remove it, or use a checkpoint that is quantised with gptq [quantization-of-plain-checkpoint]',
    ]);
  });
});
