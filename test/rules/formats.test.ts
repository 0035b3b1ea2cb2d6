import { Size } from 'cdk8s';
import { Accelerator, GpuModel, Model } from '../../lib';
import type { ServingProps } from '../../lib/stack/serving-props';
import { errorsOf, idsOf, pinned, warningsOf } from '../support/plan';

const { T4, A100_80GB, L4, H100, B200, B300, RTX_PRO_6000 } = GpuModel;
const LLAMA_1B = 'meta-llama/Llama-3.2-1B-Instruct';

/** A small model on one GPU, so that memory is not what a test is about. */
const on = (gpu: GpuModel, more: Partial<ServingProps> = {}): Partial<ServingProps> => ({
  model: Model.of(LLAMA_1B, { dtype: 'half' }),
  accelerator: Accelerator.gpu(gpu),
  ...more,
  engine: { maxModelLen: 4096, ...more.engine },
});
/** A model that the library does not know, so that its checkpoint may have any format. */
const quantised = (gpu: GpuModel, quantization: string) =>
  on(gpu, { model: Model.of('acme/model', { quantization, weightsSize: Size.gibibytes(2) }) });
const cached = (gpu: GpuModel, kvCacheDtype: string) => on(gpu, { engine: { kvCacheDtype } });
const ofCapability = (computeCapability?: number) =>
  GpuModel.of({ name: 'Card', memory: Size.gibibytes(32), computeCapability });

describe('the age of a GPU', () => {
  it('refuses one for which the images have no code', () => {
    expect(errorsOf(on(ofCapability(7)))).toEqual([
      'accelerator: is the Card (compute capability 7.0), and vLLM’s images since 0.20 need compute capability 7.5 or later; use a T4 or a later GPU [gpu-too-old]',
    ]);
  });

  it('does not check older images, or a GPU of unknown capability', () => {
    expect(errorsOf({ ...on(ofCapability(7)), ...pinned('0.19.1') })).toEqual([]);
    expect(idsOf(on(ofCapability()))).toEqual([]);
  });

  it('accepts a T4', () => {
    expect(idsOf(on(T4))).toEqual([]);
  });
});

describe('what vLLM computes in', () => {
  const bfloat16 = Model.of(LLAMA_1B, { dtype: 'bfloat16' });

  it('refuses bf16 on a GPU that does not have it', () => {
    expect(errorsOf(on(T4, { model: bfloat16 }))).toEqual([
      'model.dtype: is bfloat16, which the T4 (compute capability 7.5) does not have: vLLM refuses to start; set dtype: "half" in Model.of [bfloat16-unsupported]',
    ]);
  });

  it('refuses it under the flag that sets it', () => {
    const lines = errorsOf(on(T4, { model: Model.of(LLAMA_1B), extraArgs: ['--dtype=bfloat16'] }));
    expect(lines.join('\n')).toContain('extraArgs[0]: --dtype is bfloat16');
  });

  it.each([
    ['an A100', on(A100_80GB, { model: bfloat16 })],
    ['an unknown GPU', on(ofCapability(), { model: bfloat16 })],
    ['another vendor', { ...on(L4, { model: bfloat16 }), accelerator: Accelerator.resource('nvidia.com/gpu', 1) }],
  ])('accepts bf16 on %s', (_, props) => {
    expect(idsOf(props)).toEqual([]);
  });

  it('warns about a bf16 model that runs as float16, unless the dtype is set', () => {
    expect(warningsOf(on(T4, { model: Model.of(LLAMA_1B) }))).toEqual([
      `model.dtype: is unset: ${LLAMA_1B} is in bf16, which the T4 (compute capability 7.5) does not have, so vLLM falls back to float16; set dtype: "half" in Model.of [dtype-falls-back]`,
    ]);
    expect(idsOf(on(T4, { model: Model.of(LLAMA_1B, { dtype: 'half' }) }))).toEqual([]);
    expect(idsOf(on(T4, { model: Model.of(LLAMA_1B, { dtype: 'auto' }) }))).toEqual(['dtype-falls-back']);
  });

  it('does not check the format of an unknown model', () => {
    const model = Model.of('a/b', { weightsSize: Size.gibibytes(2) });
    expect(idsOf(on(T4, { model }))).toEqual([]);
  });

  it('refuses float16 for a model that is unstable in it', () => {
    const model = Model.of('google/gemma-2-9b-it', { dtype: 'float16' });
    expect(errorsOf(on(H100, { model }))).toEqual([
      'model.dtype: is float16, which is numerically unstable for google/gemma-2-9b-it: vLLM refuses to start; remove it [float16-unsupported]',
    ]);
  });

  it('warns that such a model becomes float32 on an old GPU, and counts the larger weights', () => {
    const props = on(T4, { model: Model.of('google/gemma-2-9b-it') });
    expect(warningsOf(props)[0]).toContain(
      'falls back to float32, which doubles its weights and its KV cache; use a GPU',
    );
    expect(errorsOf(props)[0]).toContain('weights: 35.12 GiB');
  });

  it('refuses float16 beside a method that computes in bf16 only', () => {
    const model = Model.of('openai/gpt-oss-20b', { dtype: 'half' });
    expect(errorsOf(on(H100, { model }))).toEqual([
      'model.dtype: is half, but mxfp4 computes in bfloat16 only: vLLM refuses to start; remove it [dtype-of-quantization]',
    ]);
  });
});

describe('a quantization', () => {
  it.each([
    ['modelopt', T4, '8.0'],
    ['modelopt_mxfp8', T4, '8.0'],
    ['experts_int8', T4, '8.0'],
    ['gpt_oss_mxfp4', T4, '8.0'],
    ['fp_quant', H100, '10.0'],
  ])('refuses %s on a GPU that is too old for it', (method, gpu, minimum) => {
    const [line] = errorsOf({ ...quantised(gpu, method), extraArgs: ['--allow-deprecated-quantization'] });
    expect(line).toContain(`model.quantization: is ${method}, which needs compute capability ${minimum}: vLLM refuses`);
    expect(line).toContain('[quantization-unsupported]');
  });

  it.each(['fp8', 'awq_marlin', 'gptq_marlin'])('refuses %s on a T4 before its kernels run there', (method) => {
    const [line] = errorsOf({ ...quantised(T4, method), ...pinned('0.12.0') });
    expect(line).toContain(
      `model.quantization: is ${method}, which needs compute capability 8.0: vLLM refuses to start on the T4 (compute capability 7.5); use another method, or a later GPU, or vLLM 0.13 or later [quantization-unsupported]`,
    );
    expect(idsOf({ ...quantised(T4, method), ...pinned('0.13.0') })).not.toContain('quantization-unsupported');
  });

  it('refuses a known checkpoint on a GPU that is too old for it', () => {
    expect(errorsOf(on(T4, { model: Model.of('openai/gpt-oss-20b') }))[0]).toContain(
      'model: openai/gpt-oss-20b is quantised with mxfp4, which needs compute capability 8.0: vLLM refuses to start on the T4',
    );
  });

  it.each([
    ['fp8', A100_80GB, '8.9'],
    ['fp8', T4, '8.9'],
    ['fp8_per_tensor', A100_80GB, '8.9'],
    ['modelopt', A100_80GB, '8.9'],
    ['modelopt_fp4', H100, '10.0'],
    ['nvfp4_per_token', L4, '10.0'],
  ])('warns about %s on a GPU that does not compute in it', (method, gpu, native) => {
    const line = warningsOf(quantised(gpu, method)).find((each) => each.includes('[quantization-not-native]'));
    expect(line).toContain('it stores the weights in this format, but computes in 16 bits; ');
    expect(line).toContain(`use a GPU of compute capability ${native} or later, or acknowledge this finding`);
  });

  it('warns about a known checkpoint on such a GPU', () => {
    const model = Model.of('deepseek-ai/DeepSeek-R1');
    expect(warningsOf({ model, accelerator: Accelerator.gpu(A100_80GB, 16) })[1]).toContain(
      'model: deepseek-ai/DeepSeek-R1 is quantised with fp8, which the A100_80GB',
    );
  });

  it.each([
    ['fp8', L4],
    ['fp8_per_tensor', H100],
    ['modelopt_fp4', B200],
    ['awq_marlin', T4],
    ['a-plugin', T4],
  ])('accepts %s where it runs, or where nothing is known', (method, gpu) => {
    const ids = idsOf(quantised(gpu, method));
    expect(ids.filter((id) => id.startsWith('quantization'))).toEqual([]);
  });
});

describe('the format of the KV cache', () => {
  it.each([
    ['fp8', T4, '8.0'],
    ['fp8_e4m3', T4, '8.0'],
    ['fp8_e5m2', T4, '8.0'],
    ['bfloat16', T4, '8.0'],
    ['nvfp4', H100, '10.x'],
    ['nvfp4_4over6', RTX_PRO_6000, '10.x'],
  ])('refuses %s where no kernel of 0.31 reads it', (dtype, gpu, allowed) => {
    const [line] = errorsOf({ ...cached(gpu, dtype), ...pinned('0.31.0') });
    expect(line).toContain(
      `engine.kvCacheDtype: is ${dtype}, which no attention kernel of vLLM reads on the ${gpu.name}`,
    );
    expect(line).toContain(`it needs compute capability ${allowed} [kv-cache-dtype-unsupported]`);
  });

  it.each([
    ['a release whose choice of kernels is not known', { ...cached(A100_80GB, 'fp8'), ...pinned('0.31.0') }],
    [
      'an unknown model',
      on(A100_80GB, { model: Model.of('a/b', { weightsSize: Size.gibibytes(2) }), engine: { kvCacheDtype: 'fp8' } }),
    ],
  ])('warns where only one kernel reads it, for %s', (_, props) => {
    expect(warningsOf(props).filter((line) => line.endsWith('[kv-cache-dtype-not-native]'))).toEqual([
      'engine.kvCacheDtype: is fp8: on the A100_80GB (compute capability 8.0) only FlashInfer reads it, and a model for which vLLM chooses another attention backend does not start; use a GPU of compute capability 8.9 or later, or try it and acknowledge this finding [kv-cache-dtype-not-native]',
    ]);
  });

  it.each([
    ['fp8', L4],
    ['fp8', B300],
    ['nvfp4', B200],
    ['nvfp4', B300],
    ['auto', T4],
    ['float16', T4],
    ['int8_per_token_head', T4],
  ])('accepts %s where it is read, or where nothing is known', (dtype, gpu) => {
    expect(idsOf(cached(gpu, dtype))).toEqual([]);
  });

  it('does not check releases with the older engine', () => {
    expect(errorsOf({ ...cached(T4, 'fp8'), ...pinned('0.10.2') })).toEqual([]);
  });
});

it('number formats are checked for slices and shares too', () => {
  const slice = Accelerator.mig(A100_80GB, '1g.10gb');
  expect(idsOf({ ...cached(A100_80GB, 'nvfp4_4over6'), accelerator: slice })).toEqual(['kv-cache-dtype-unsupported']);
  const share = Accelerator.shared(T4, { sharers: 2 });
  expect(idsOf({ ...cached(T4, 'fp8'), accelerator: share })).toEqual(['kv-cache-dtype-unsupported']);
});
