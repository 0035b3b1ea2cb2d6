import { Architecture, Model } from '../../lib';
import { contextLimit } from '../../lib/rules/context-limit';
import { textConfig } from '../../lib/rules/context-length';
import { parseRelease } from '../../lib/engine/release';
import { planOf, errorsOf, pinned } from '../support/plan';

const refusals = (props: Parameters<typeof errorsOf>[0]) =>
  errorsOf(props).filter((line) => line.endsWith('[context-too-long]'));

describe('the length of the context', () => {
  const engine = { maxModelLen: 150000 };

  it('refuses more than the model supports', () => {
    expect(errorsOf({ engine })).toEqual([
      'engine.maxModelLen: is 150000 tokens, but meta-llama/Llama-3.1-8B-Instruct supports 131072: vLLM refuses to start; use at most 131072, or set engine.hfOverrides to the RoPE scaling of its model card with max_position_embeddings: 150000 [context-too-long]',
    ]);
  });

  it('refuses RoPE scaling without the length', () => {
    const hfOverrides = { rope_parameters: { rope_type: 'yarn', factor: 4, original_max_position_embeddings: 131072 } };
    expect(refusals({ engine: { ...engine, hfOverrides } })).toEqual([
      'engine.maxModelLen: is 150000 tokens, but meta-llama/Llama-3.1-8B-Instruct supports 131072: vLLM refuses to start; use at most 131072, or add max_position_embeddings: 150000 to engine.hfOverrides [context-too-long]',
    ]);
  });

  it('refuses more than overrides leave', () => {
    const [line] = refusals({ engine: { maxModelLen: 8193, hfOverrides: { max_position_embeddings: 8192 } } });
    expect(line).toContain('is 8193 tokens, but engine.hfOverrides limit it to 8192');
  });

  it.each([
    ['architectures', { architectures: ['LlamaForCausalLM'] }],
    ['nothing', {}],
    ['a number of layers', { num_hidden_layers: 4 }],
    ['RoPE that extends nothing', { rope_parameters: { rope_type: 'llama3', factor: 8 } }],
    ['an empty text_config', { text_config: {} }],
    ['too short a length', { max_position_embeddings: 140000 }],
    ['a factor that is too small', { rope_parameters: { rope_type: 'dynamic', factor: 1.1 } }],
  ])('refuses it with overrides of %s', (_, hfOverrides) => {
    expect(refusals({ engine: { ...engine, hfOverrides } })).toHaveLength(1);
  });

  it.each([
    ['a longer length', { engine: { ...engine, hfOverrides: { max_position_embeddings: 262144 } } }],
    ['linear scaling', { engine: { ...engine, hfOverrides: { rope_scaling: { rope_type: 'linear', factor: 2 } } } }],
    ['dotted keys', { engine, extraArgs: ['--hf-overrides.max_position_embeddings=262144'] }],
    ['another model', { engine: { ...engine, hfOverrides: { model_type: 'qwen3' } } }],
    ['several lengths', { engine: { ...engine, hfOverrides: { max_seq_len: 262144, model_max_length: 262144 } } }],
    ['RoPE by type of layer', { engine: { ...engine, hfOverrides: { rope_parameters: { full_attention: {} } } } }],
    ['a variable of 1', { engine, env: { VLLM_ALLOW_LONG_MAX_MODEL_LEN: '1' } }],
    ['a variable of true', { engine, env: { VLLM_ALLOW_LONG_MAX_MODEL_LEN: 'True' } }],
    ['rope scaling of old', { engine, extraArgs: ['--rope-scaling={"rope_type":"yarn"}'], ...pinned('0.11.0') }],
    ['auto', { extraArgs: ['--max-model-len=auto'] }],
    ['the length of the model', { engine: { maxModelLen: 131072 } }],
    ['an unknown model', { engine, model: Model.of('a/b') }],
  ])('accepts %s', (_, props) => {
    expect(refusals(props)).toEqual([]);
  });

  it('refuses it with a variable of 0', () => {
    expect(refusals({ engine, env: { VLLM_ALLOW_LONG_MAX_MODEL_LEN: '0' } })).toHaveLength(1);
  });
});

describe('the limit of the context', () => {
  const { basis, release } = planOf();
  const architecture = basis.model.shape;
  const limit = (hfOverrides: Record<string, unknown>, more: Partial<Parameters<typeof contextLimit>[0]> = {}) => {
    const { facts } = basis.commandLine;
    const context = { facts: { ...facts, hfOverrides: { ...facts.hfOverrides, value: hfOverrides } } };
    return contextLimit({ ...context, environment: new Map(), release, architecture, ...more });
  };
  const yarn = { rope_type: 'yarn', factor: 4, original_max_position_embeddings: 65536 };

  it('is not extended by YaRN from 0.32 on, which needs the length too', () => {
    expect(limit({ rope_parameters: yarn })).toBe(131072);
    expect(limit({ rope_parameters: yarn, max_position_embeddings: 262144 })).toBe(262144);
  });

  it('is extended by YaRN before', () => {
    const before = { release: parseRelease('0.28.0') };
    expect(limit({ rope_parameters: yarn }, before)).toBe(262144);
    expect(limit({ rope_scaling: { type: 'yarn', factor: 4 } }, before)).toBeUndefined();
  });

  it.each(['linear', 'dynamic', 'ntk'])('is multiplied by %s scaling', (rope_type) => {
    expect(limit({ rope_parameters: { rope_type, factor: 2 } })).toBe(262144);
    expect(limit({ rope_parameters: { rope_type, factor: 2 }, max_position_embeddings: 8192 })).toBe(16384);
  });

  it('is that of text_config for a model with images', () => {
    const images = { architecture: architecture && { ...architecture, isMultimodal: true } };
    expect(limit({ text_config: { max_position_embeddings: 200000 } }, images)).toBe(200000);
    expect(limit({ text_config: { rope_parameters: yarn } }, images)).toBeUndefined();
    expect(limit({ max_position_embeddings: 200000 }, images)).toBeUndefined();
    expect(limit({ architectures: ['A'] }, images)).toBe(131072);
  });

  it('is not known for text_config of a model without one', () => {
    expect(limit({ text_config: { max_position_embeddings: 200000 } })).toBeUndefined();
  });

  it('is the smallest of the keys of a known class', () => {
    const known = (name: string) => ({ architecture: architecture && { ...architecture, architecture: name } });
    expect(limit({ max_seq_len: 262144 }, known('LlamaForCausalLM'))).toBe(131072);
    expect(limit({ max_seq_len: 4096 }, known('LlamaForCausalLM'))).toBe(4096);
    expect(limit({ max_seq_len: 4096, max_position_embeddings: 8192 }, known('LlamaForCausalLM'))).toBe(4096);
    expect(limit({ max_seq_len: 262144 }, known('MPTForCausalLM'))).toBeUndefined();
    expect(limit({ model_max_length: 262144 })).toBe(262144);
    expect(limit({ max_position_embeddings: 'many' })).toBeUndefined();
  });

  it('is not scaled for Gemma 3', () => {
    const gemma = { architecture: architecture && { ...architecture, architecture: 'Gemma3ForCausalLM' } };
    expect(limit({ rope_parameters: { rope_type: 'linear', factor: 8 } }, gemma)).toBe(131072);
  });

  it('is that of a described model', () => {
    const described = Architecture.of({
      ...{ hiddenSize: 1024, numHiddenLayers: 2, numAttentionHeads: 8, parameters: 1e9 },
      maxPositionEmbeddings: 4096,
    });
    expect(limit({}, { architecture: described._shape })).toBe(4096);
  });
});

describe('RoPE parameters in overrides', () => {
  const found = (hfOverrides: Record<string, unknown>, more: Parameters<typeof errorsOf>[0] = {}) =>
    errorsOf({ ...more, engine: { hfOverrides, maxModelLen: 4096 } });

  it('refuses them without their kind', () => {
    expect(found({ rope_parameters: { factor: 2 } })).toEqual([
      'engine.hfOverrides: has rope_parameters without rope_type, and it replaces the whole rope_parameters of the model: vLLM refuses to start; add rope_type, and rope_theta of the model’s config.json [rope-without-type]',
    ]);
    expect(found({ rope_scaling: { type: 'linear', factor: 2 } })).toHaveLength(1);
  });

  it.each([
    ['a kind', { rope_parameters: { rope_type: 'yarn', factor: 2 } }],
    ['kinds by type of layer', { rope_parameters: { full_attention: { rope_type: 'yarn' } } }],
    ['none', { rope_parameters: null }],
    ['a base only', { rope_theta: 1_000_000 }],
  ])('accepts %s', (_, hfOverrides) => {
    expect(found(hfOverrides)).toEqual([]);
  });

  it('accepts the older key in older releases', () => {
    expect(found({ rope_scaling: { type: 'linear', factor: 2 } }, pinned('0.25.1'))).toEqual([]);
  });
});

describe('text_config in overrides', () => {
  const found = (architecture: string | undefined, isMultimodal?: boolean) => {
    const { basis, release } = planOf({ engine: { hfOverrides: { text_config: { max_position_embeddings: 1 } } } });
    const shape = basis.model.shape && { ...basis.model.shape, architecture, isMultimodal };
    const { accelerator, commandLine, metricUsers } = basis;
    const context = { facts: commandLine.facts, release, accelerator, metricUsers, environment: new Map() };
    const more = { modelId: 'a/b', offline: false, versionIsChecked: true, image: '' };
    return textConfig({ ...context, ...more, architecture: shape }).map(({ id }) => id);
  };

  it('refuses it for a model that has none', () => {
    expect(found('LlamaForCausalLM')).toEqual(['text-config-of-text-model']);
  });

  it('accepts it for other models', () => {
    expect(found('Gemma3ForConditionalGeneration', true)).toEqual([]);
    expect(found('MistralLarge3ForCausalLM', true)).toEqual([]);
    expect(found(undefined)).toEqual([]);
  });
});

describe('overridden architectures', () => {
  const found = (architectures: unknown, more: Parameters<typeof errorsOf>[0] = {}) =>
    errorsOf({ ...more, engine: { hfOverrides: { architectures }, maxModelLen: 4096 } });

  it('refuses what is no class', () => {
    expect(found(['Nonsense'])).toEqual([
      'engine.hfOverrides: has architectures ["Nonsense"], which is no class of vLLM or Transformers: vLLM refuses to start; give a class, for example "LlamaForCausalLM" [architecture-unknown]',
    ]);
    expect(found(['llama', 'qwen3'])).toHaveLength(1);
  });

  it.each([
    [['LlamaForCausalLM']],
    [['Nonsense', 'LlamaForCausalLM']],
    [['BertModel']],
    [['MiniCPMV']],
    [['NemotronH_Nano_VL_V2']],
    [['Qwen3ForSequenceClassification']],
  ])('accepts %j', (architectures) => {
    expect(found(architectures)).toEqual([]);
  });
});
