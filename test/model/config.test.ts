import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Size } from 'cdk8s';
import { Architecture } from '../../lib';
import type { LayerGroup } from '../../lib/model/layer-group';
import { layersOf } from '../../lib/model/layer-group';
import { knownShape } from '../../lib/model/known-models';
import type { ModelShape } from '../../lib/model/model-shape';
import { CONFIGS } from './configs';
import FILES from './data/configs.json';

const folder = mkdtempSync(join(tmpdir(), 'config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'config.json');
function shapeOf(config: object, options = {}) {
  writeFileSync(file, JSON.stringify(config));
  return Architecture.fromConfig(file, options)._shape;
}

describe('a config.json', () => {
  // Parameters and published sizes of files, without layers for multi-token prediction.
  it.each<[name: keyof typeof CONFIGS, parameters: number, gib: number]>([
    ['llama', 8.03e9, 14.96],
    ['qwen3Moe', 30.53e9, 56.9],
    ['deepseekV32', 671.9e9, 627.9],
    ['gemma3', 27.43e9, 51.1],
    ['gptOss', 20.91e9, 12.8],
    ['qwen3Next', 79.67e9, 148.4],
    ['qwen35', 396.8e9, 739],
    ['llama4', 107.8e9, 200.7],
    ['nemotronH', 8.89e9, 16.56],
  ])('of %s has its parameters and size, within two percent', (name, parameters, gib) => {
    const shape = shapeOf(CONFIGS[name]);
    expect(Math.abs(shape.parameters / parameters - 1)).toBeLessThan(0.02);
    expect(Math.abs(shape.weightsGib / gib - 1)).toBeLessThan(0.02);
  });

  it('has layers that add up', () => {
    expect(Object.values(CONFIGS).map((config) => layersOf(shapeOf(config).groups))).toEqual([
      32, 48, 61, 62, 24, 48, 60, 48, 56,
    ]);
  });

  it('has the heads of an ordinary model', () => {
    expect(shapeOf(CONFIGS.llama)).toMatchObject({
      architecture: 'LlamaForCausalLM',
      attentionHeads: 32,
      kvHeads: 8,
      groups: [{ kind: 'heads', layers: 32, kvHeads: 8, headDim: 128 }],
      maxLength: 131072,
      vocabulary: 128256,
      isBfloat16: true,
      quantization: undefined,
      experts: undefined,
    });
  });

  it('has windows by pattern, by type of layer, and chunks', () => {
    expect(shapeOf(CONFIGS.gemma3).groups).toEqual([
      { kind: 'heads', layers: 52, kvHeads: 16, headDim: 128, reach: { kind: 'window', tokens: 1024 } },
      { kind: 'heads', layers: 10, kvHeads: 16, headDim: 128 },
    ]);
    expect(shapeOf(CONFIGS.gptOss).groups).toMatchObject([{ layers: 12, reach: { tokens: 128 } }, { layers: 12 }]);
    expect(shapeOf(CONFIGS.llama4).groups).toMatchObject([
      { layers: 36, reach: { kind: 'chunk', tokens: 8192 } },
      { layers: 12 },
    ]);
  });

  it.each(['mistral', 'phi3', 'starcoder2'])('has a window in all layers of %s that names one', (type) => {
    const config = { ...CONFIGS.llama, model_type: type, sliding_window: 4096 };
    expect(shapeOf(config).groups).toMatchObject([{ layers: 32, reach: { kind: 'window', tokens: 4096 } }]);
    expect(shapeOf({ ...config, sliding_window: null }).groups).toEqual(shapeOf(CONFIGS.llama).groups);
  });

  it('has no window where vLLM ignores it', () => {
    expect(shapeOf({ ...CONFIGS.llama, sliding_window: 4096 }).groups).toMatchObject([{ layers: 32, kind: 'heads' }]);
  });

  it('has latent vectors, their index and the format of the weights', () => {
    const { groups, kvHeads, quantization } = shapeOf(CONFIGS.deepseekV32);
    expect(groups).toEqual([{ kind: 'latent', layers: 61, dim: 576, index: { layers: 61, bytes: 132 } }]);
    expect([kvHeads, quantization]).toEqual([undefined, 'fp8']);
  });

  it('has states in the dtype of the model, or in float32', () => {
    const state = { kind: 'state', convolutionKernel: 4 };
    expect(shapeOf(CONFIGS.qwen3Next).groups[0]).toEqual({
      ...state,
      layers: 36,
      convolutionBytes: 49152,
      recurrentBytes: 1048576,
      recurrentDtype: 'model',
    });
    expect(shapeOf(CONFIGS.qwen35).groups[0]).toEqual({
      ...state,
      layers: 45,
      convolutionBytes: 73728,
      recurrentBytes: 4194304,
      recurrentDtype: 'float32',
    });
    expect(shapeOf(CONFIGS.nemotronH).groups).toEqual([
      {
        ...state,
        layers: 27,
        convolutionBytes: 73728,
        recurrentBytes: 5242880,
        recurrentDtype: 'float32',
        groups: 8,
      },
      { kind: 'none', layers: 25 },
      { kind: 'heads', layers: 4, kvHeads: 8, headDim: 128 },
    ]);
  });

  it('has experts and encoders', () => {
    const { experts, encoderGib = 0 } = shapeOf(CONFIGS.qwen35);
    expect(experts).toMatchObject({ count: 512, active: 10 });
    expect(experts?.weightsGib).toBeCloseTo(720, 0);
    expect(encoderGib).toBeGreaterThan(0.7);
    expect(shapeOf(CONFIGS.gptOss).experts?.weightsGib).toBeCloseTo(9.47, 1);
  });

  it('gives way to what is set', () => {
    const shape = shapeOf(CONFIGS.llama, { parameters: 9e9, weightsSize: Size.gibibytes(5) });
    expect([shape.parameters, shape.weightsGib]).toEqual([9e9, 5]);
  });

  it('of weights in float32 is loaded with half the bytes of its files', () => {
    const { weightsGib, loadedGib } = shapeOf(FILES['BAAI/bge-large-en-v1.5']);
    expect([weightsGib, loadedGib].map((gib) => gib?.toFixed(2))).toEqual(['1.24', '0.62']);
  });

  it('has matrices without a gate, and the width that a class has by default', () => {
    const starcoder = { model_type: 'starcoder2', hidden_size: 4608, num_attention_heads: 36, num_key_value_heads: 4 };
    const { parameters } = shapeOf({
      ...CONFIGS.llama,
      ...starcoder,
      intermediate_size: 18432,
      vocab_size: 49152,
      tie_word_embeddings: true,
    });
    expect(parameters / 1e9).toBeCloseTo(7.17, 1);
    const falcon = { model_type: 'falcon', hidden_size: 4544, num_attention_heads: 71, multi_query: true };
    const shape = shapeOf({
      ...CONFIGS.llama,
      ...falcon,
      num_key_value_heads: undefined,
      intermediate_size: undefined,
      vocab_size: 65024,
      tie_word_embeddings: true,
    });
    expect(shape.parameters / 1e9).toBeCloseTo(6.92, 1);
    expect(shape.groups).toEqual([{ kind: 'heads', layers: 32, kvHeads: 1, headDim: 64 }]);
  });

  it('has the embeddings of each layer', () => {
    const more = { hidden_size_per_layer_input: 256, vocab_size_per_layer_input: 262144 };
    const added = shapeOf({ ...CONFIGS.llama, ...more }).parameters - shapeOf(CONFIGS.llama).parameters;
    expect(added).toBe(32 * 256 * (262144 + 3 * 4096));
  });

  it.each([
    ['NVFP4', 'modelopt_fp4', 0.5625],
    ['MXFP8', 'modelopt_mxfp8', 1.03125],
    ['FP8', 'modelopt', 1],
  ])('of ModelOpt in %s has the method %s', (quant_algo, method, bytes) => {
    const quantization_config = { quant_method: 'modelopt', quant_algo };
    const shape = shapeOf({ ...CONFIGS.llama, quantization_config });
    expect(shape.quantization).toBe(method);
    const embeddings = 2 * 2 * 128256 * 4096;
    expect(shape.weightsGib * 1024 ** 3).toBeCloseTo(embeddings + (shape.parameters - embeddings / 2) * bytes, -3);
  });

  it('may have AWQ weights', () => {
    const quantization_config = { quant_method: 'awq', bits: 4, group_size: 128 };
    const { weightsGib, quantization } = shapeOf({ ...CONFIGS.llama, quantization_config });
    // The published file of the 8B in AWQ.
    expect(weightsGib).toBeCloseTo(5.34, 1);
    expect(quantization).toBe('awq');
  });
});

/** Groups without the order in which the layers come, and layers that cache nothing as one. */
function cached(groups: readonly LayerGroup[]): object {
  const none = groups.filter(({ kind }) => kind === 'none').reduce((sum, { layers }) => sum + layers, 0);
  return { none, others: new Set(groups.filter(({ kind }) => kind !== 'none')) };
}

describe('the file of a known model', () => {
  it.each(Object.keys(FILES) as (keyof typeof FILES)[])('of %s describes what the table has', (id) => {
    const shape = shapeOf(FILES[id]);
    const { weightsGib, mtpGib = 0, parameters, groups, ...known } = knownShape(id) as ModelShape;
    expect(cached(shape.groups)).toEqual(cached(groups));
    expect(Math.abs(shape.parameters / parameters - 1)).toBeLessThan(0.02);
    expect(Math.abs((shape.loadedGib ?? shape.weightsGib) / (weightsGib - mtpGib) - 1)).toBeLessThan(0.02);
    const { hiddenSize, attentionHeads, kvHeads, maxLength, quantization, experts, isMultimodal } = known;
    expect(shape).toMatchObject({ hiddenSize, attentionHeads, maxLength, quantization, isMultimodal });
    expect([shape.kvHeads, shape.experts?.count, shape.experts?.active]).toEqual([
      kvHeads,
      experts?.count,
      experts?.active,
    ]);
  });
});

describe('a wrong config.json', () => {
  const wrong = (config: object) => () => shapeOf(config);
  const without = (key: keyof typeof CONFIGS.llama) => wrong({ ...CONFIGS.llama, [key]: undefined });

  it.each<[what: string, call: () => unknown, message: string]>([
    [
      'a missing file',
      () => Architecture.fromConfig('no/config.json'),
      'no/config.json: cannot be read (ENOENT); give the path',
    ],
    ['no file', () => Architecture.fromConfig(undefined as never), 'file: is required and was not given'],
    [
      'no JSON',
      () => {
        writeFileSync(file, '<html>');
        return Architecture.fromConfig(file);
      },
      'is not JSON; download the config.json of the model again',
    ],
    ['a list', wrong([]), 'is not an object'],
    ['no class', without('architectures'), 'has no architectures'],
    ['no width', without('hidden_size'), 'has no hidden_size or d_model or n_embd; give the whole config.json'],
    [
      'a width as text',
      wrong({ ...CONFIGS.llama, hidden_size: '4096' }),
      'has the hidden_size "4096"; give a number above 0',
    ],
    ['a negative width', wrong({ ...CONFIGS.llama, hidden_size: -1 }), 'has the hidden_size -1; give a number'],
    ['no heads', wrong({ ...CONFIGS.llama, num_attention_heads: 0 }), 'has the num_attention_heads 0; give a number'],
    [
      'an empty list',
      wrong({ ...CONFIGS.llama, num_hidden_layers: [] }),
      'has the num_hidden_layers []; give a number',
    ],
    ['options of null', () => Architecture.fromConfig(file, null as never), 'options: is null; give an object with'],
    ['options of a number', () => Architecture.fromConfig(file, 3 as never), 'options: is 3; give an object with'],
    ['options of a list', () => Architecture.fromConfig(file, [] as never), 'options: is []; give an object with'],
    ['no length', without('max_position_embeddings'), 'has no max_position_embeddings'],
    ['no window', wrong({ ...CONFIGS.gptOss, sliding_window: null }), 'has no sliding_window'],
    [
      'layers of an unknown kind',
      wrong({ ...CONFIGS.gptOss, layer_types: ['retention'] }),
      'has layers of an unknown kind: "retention"; use Architecture.of with layers',
    ],
    ['too few kinds', wrong({ ...CONFIGS.gptOss, layer_types: ['full_attention'] }), 'has 1 kinds of layers for 24'],
    [
      'a class with other layers',
      wrong({ ...CONFIGS.llama, architectures: ['JambaForCausalLM'], attn_layer_period: 8 }),
      'is of JambaForCausalLM, whose layers the library cannot read (attn_layer_period)',
    ],
    [
      'an encoder and a decoder',
      wrong({ ...CONFIGS.llama, architectures: ['WhisperForConditionalGeneration'], is_encoder_decoder: true }),
      'is of WhisperForConditionalGeneration, which has an encoder and a decoder',
    ],
    [
      'weights in an unknown format',
      wrong({ ...CONFIGS.llama, quantization_config: { quant_method: 'aqlm' } }),
      'has weights in a format of unknown size: quant_method aqlm; set weightsSize in Architecture.fromConfig',
    ],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
