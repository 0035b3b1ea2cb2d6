import { Architecture, Layers, Model } from '../../lib';
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
    [
      'key/value heads that do not divide the heads',
      of({ numKeyValueHeads: 5 }),
      'numKeyValueHeads: is 5, which does not divide the 32 attention heads; set it to num_key_value_heads of config.json',
    ],
    [
      'a layer that its heads do not fill',
      of({ headDim: undefined, numAttentionHeads: 24 }),
      'headDim: cannot be derived: 5120 is not a multiple of 24 heads; set it to head_dim of config.json',
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

describe('groups of layers', () => {
  const SHARED = { ...OPTIONS, numKeyValueHeads: undefined, headDim: undefined };
  const layers = [
    Layers.full({ count: 8, kvHeads: 4, headDim: 256, valueDim: 128 }),
    Layers.sliding({ count: 8, kvHeads: 8, headDim: 128, window: 1024 }),
    Layers.chunked({ count: 4, kvHeads: 8, headDim: 128, chunk: 8192 }),
    Layers.latent({ count: 4, kvLoraRank: 512, qkRopeHeadDim: 64, indexedLayers: 2 }),
    Layers.deltaNet({ count: 6, keyHeads: 16, valueHeads: 32, keyDim: 128, valueDim: 128 }),
    Layers.mamba2({ count: 6, heads: 64, headDim: 64, stateSize: 128, groups: 8, float32State: false }),
    Layers.uncached(4),
  ];

  it('are those of the model', () => {
    expect(Architecture.of({ ...SHARED, layers })._shape.groups).toEqual([
      { kind: 'heads', layers: 8, kvHeads: 4, headDim: 256, valueDim: 128 },
      { kind: 'heads', layers: 8, kvHeads: 8, headDim: 128, reach: { kind: 'window', tokens: 1024 } },
      { kind: 'heads', layers: 4, kvHeads: 8, headDim: 128, reach: { kind: 'chunk', tokens: 8192 } },
      { kind: 'latent', layers: 4, dim: 576, index: { layers: 2, bytes: 132 } },
      {
        kind: 'state',
        layers: 6,
        convolutionBytes: 49152,
        convolutionKernel: 4,
        recurrentBytes: 2097152,
        recurrentDtype: 'float32',
      },
      {
        kind: 'state',
        layers: 6,
        convolutionBytes: 36864,
        convolutionKernel: 4,
        recurrentBytes: 1048576,
        recurrentDtype: 'model',
        groups: 8,
      },
      { kind: 'none', layers: 4 },
    ]);
  });

  it('have the heads that ranks divide', () => {
    expect(Architecture.of({ ...SHARED, layers })._shape.kvHeads).toBe(8);
    const latent = [Layers.latent({ count: 40, kvLoraRank: 512, qkRopeHeadDim: 64 })];
    expect(Architecture.of({ ...SHARED, layers: latent })._shape.kvHeads).toBeUndefined();
  });

  it('need no size of a head of the whole model', () => {
    expect(Architecture.of({ ...SHARED, numAttentionHeads: 24, layers })._shape.attentionHeads).toBe(24);
  });

  it.each<[what: string, call: () => unknown, message: string]>([
    ['too few layers', of({ layers: layers.slice(1) }), 'layers: have 32 layers together, but the model has 40'],
    [
      'heads of all layers beside them',
      of({ layers, numKeyValueHeads: 8, headDim: undefined }),
      'numKeyValueHeads: is set, but layers have heads of their own; remove it',
    ],
    ['an object', of({ layers: [{ kind: 'full' }] }), 'give Layers: Layers.full({ ... })'],
    ['no layers', of({ layers: [] }), 'layers: is '],
    ['no heads', () => Layers.full({ count: 8, headDim: 128 } as never), 'kvHeads: is required and was not given'],
    ['half a window', () => Layers.sliding({ count: 8, kvHeads: 8, headDim: 128, window: 0.5 }), 'window: is 0.5'],
    ['no count', () => Layers.uncached(0), 'count: is 0; give a whole number of at least 1'],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe('experts', () => {
  const experts = { count: 16, active: 2, intermediateSize: 1024, layers: 36 };

  it('have the weights of their matrices', () => {
    expect(Architecture.of({ ...OPTIONS, experts })._shape.experts).toEqual({
      count: 16,
      active: 2,
      weightsGib: (16 * 36 * 3 * 5120 * 1024 * 2) / 1024 ** 3,
    });
  });

  it.each<[what: string, more: object, message: string]>([
    ['more active ones than there are', { experts: { ...experts, active: 17 } }, 'experts.active: is 17 of 16'],
    [
      'more parameters than the model',
      { experts: { ...experts, count: 512 } },
      'experts: have 289910292480 parameters',
    ],
    ['no width', { experts: { count: 8, active: 2 } }, 'experts.intermediateSize: is required'],
  ])('refuses %s', (_, more, message) => {
    expect(of(more)).toThrow(message);
  });
});
