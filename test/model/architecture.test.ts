import { Architecture, Model } from '../../lib';
import { shapeOf } from '../../lib/model/shape-of-model';
import { anotherCopy } from '../support/another-copy';

const OPTIONS = {
  hiddenSize: 5120,
  numHiddenLayers: 40,
  numAttentionHeads: 32,
  numKeyValueHeads: 8,
  headDim: 128,
  maxPositionEmbeddings: 131072,
  parameters: 12_200_000_000,
};
const of = (more: object) => () => Architecture.of({ ...OPTIONS, ...more } as never);

describe('an architecture', () => {
  it('has the numbers of config.json', () => {
    expect(Architecture.of(OPTIONS)._shape).toEqual({
      hiddenSize: 5120,
      attentionHeads: 32,
      kvHeads: 8,
      groups: [{ kind: 'heads', layers: 40, kvHeads: 8, headDim: 128 }],
      maxLength: 131072,
      parameters: 12_200_000_000,
      weightsGib: (12.2e9 * 2) / 1024 ** 3,
      isBfloat16: false,
    });
  });

  it('has as many key/value heads as heads, and heads that fill the layer, by default', () => {
    const { headDim, numKeyValueHeads, ...rest } = OPTIONS;
    expect([headDim, numKeyValueHeads]).toEqual([128, 8]);
    expect(Architecture.of(rest)._shape.groups).toEqual([{ kind: 'heads', layers: 40, kvHeads: 32, headDim: 160 }]);
  });

  it('may have a latent vector instead of heads', () => {
    const { groups, kvHeads } = Architecture.of({ ...OPTIONS, kvLoraRank: 512, qkRopeHeadDim: 64 })._shape;
    expect(kvHeads).toBeUndefined();
    expect(groups).toEqual([{ kind: 'latent', layers: 40, dim: 576 }]);
  });

  it('may have layers with a sliding window', () => {
    const sliding = (slidingWindow: number, slidingWindowLayers: number) =>
      Architecture.of({ ...OPTIONS, slidingWindow, slidingWindowLayers })._shape.groups;
    const heads = { kind: 'heads', kvHeads: 8, headDim: 128 };
    expect(sliding(1024, 32)).toEqual([
      { ...heads, layers: 8 },
      { ...heads, layers: 32, reach: { kind: 'window', tokens: 1024 } },
    ]);
    expect(sliding(4096, 40)).toEqual([{ ...heads, layers: 40, reach: { kind: 'window', tokens: 4096 } }]);
  });

  it('takes priority over the table of known models', () => {
    const architecture = Architecture.of(OPTIONS);
    expect(shapeOf(Model.of('Qwen/Qwen3-8B', { architecture }))).toBe(architecture._shape);
    expect(shapeOf(Model.of('Qwen/Qwen3-8B'))?.hiddenSize).toBe(4096);
    expect(shapeOf(Model.of('a/b'))).toBeUndefined();
  });

  it('may come from another copy of the package', () => {
    const architecture = anotherCopy().Architecture.of(OPTIONS) as Architecture;
    expect(architecture).not.toBeInstanceOf(Architecture);
    expect(shapeOf(Model.of('a/b', { architecture }))?.attentionHeads).toBe(32);
  });
});

describe('a wrong architecture', () => {
  it.each<[what: string, call: () => unknown, message: string]>([
    ['no options', () => Architecture.of(undefined as never), 'hiddenSize: is required and was not given'],
    ['no parameters', of({ parameters: undefined }), 'parameters: is required and was not given'],
    [
      'billions of parameters',
      of({ parameters: 12.2 }),
      'parameters: is 12.2; give a whole number of at least 1000000',
    ],
    ['parameters as text', of({ parameters: '12.2B' }), 'parameters: is "12.2B"; give a whole number'],
    ['no layers', of({ numHiddenLayers: 0 }), 'numHiddenLayers: is 0; give a whole number of at least 1'],
    ['a negative width', of({ hiddenSize: -4096 }), 'hiddenSize: is -4096; give a whole number of at least 1'],
    [
      'more key/value heads than heads',
      of({ numKeyValueHeads: 64 }),
      'numKeyValueHeads: is 64, which does not divide the 32 attention heads',
    ],
    ['half a head', of({ numAttentionHeads: 0.5 }), 'numAttentionHeads: is 0.5; give a whole number'],
    ['the spelling of config.json', of({ hidden_size: 1 }), 'hidden_size: unknown property (did you mean "hid'],
    ['null for a context', of({ maxPositionEmbeddings: null }), 'maxPositionEmbeddings: is null; give a whole number'],
    ['a word for true', of({ mixtureOfExperts: 'yes' }), 'mixtureOfExperts: is "yes"; give true or false'],
    [
      'key/value heads that do not divide the heads',
      of({ numKeyValueHeads: 5 }),
      'numKeyValueHeads: is 5, which does not divide the 32 attention heads; give num_key_value_heads of config.json',
    ],
    [
      'a layer that its heads do not fill',
      of({ headDim: undefined, numAttentionHeads: 24 }),
      'headDim: cannot be derived: 5120 is not a multiple of 24 heads; set it to head_dim of config.json',
    ],
    [
      'a window of no layers',
      of({ slidingWindow: 1024 }),
      'slidingWindowLayers: is unset, but slidingWindow is set; set both, or neither',
    ],
    [
      'layers without a window',
      of({ slidingWindowLayers: 4 }),
      'slidingWindow: is unset, but slidingWindowLayers is set',
    ],
    [
      'more layers with a window than the model has',
      of({ slidingWindow: 1024, slidingWindowLayers: 41 }),
      'slidingWindowLayers: is 41, but the model has 40 layers; count sliding_attention in layer_types',
    ],
    ['half of latent attention', of({ kvLoraRank: 512 }), 'qkRopeHeadDim: is unset, but kvLoraRank is set; set both'],
    [
      'a latent vector with a sliding window',
      of({ kvLoraRank: 512, qkRopeHeadDim: 64, slidingWindow: 128, slidingWindowLayers: 4 }),
      'slidingWindowLayers: is set together with kvLoraRank',
    ],
    [
      'an architecture of a model as an object',
      () => Model.of('a/b', { architecture: OPTIONS as never }),
      'give an Architecture: Architecture.of({ ... })',
    ],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe('the architecture of a known model', () => {
  it('is that of a fine-tuned copy', () => {
    const model = Model.of('acme/sql', { architecture: Architecture.like('Qwen/Qwen3-8B') });
    expect(shapeOf(model)).toEqual(shapeOf(Model.of('Qwen/Qwen3-8B')));
  });

  it('refuses a model that the library does not know, and names the nearest one', () => {
    expect(() => Architecture.like('Qwen/Qwen-3-8B')).toThrow(
      'modelId: is Qwen/Qwen-3-8B, whose shape the library does not know (did you mean "Qwen/Qwen3-8B"?); give a model of docs/models.md, or use Architecture.fromConfig [wrong-value]',
    );
    expect(() => Architecture.like('x')).toThrow('is x, whose shape the library does not know; give');
  });

  it('refuses what is no id', () => {
    expect(() => Architecture.like(undefined as never)).toThrow('modelId: is required');
  });
});
