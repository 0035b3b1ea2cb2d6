import { Model, VllmVersion } from '../../lib';
import { errorsOf, h100, idsOf, pinned } from '../support/plan';

const drafts = (speculativeConfig: Record<string, unknown>) => ({ engine: { speculativeConfig } });

describe('speculative decoding', () => {
  it('refuses neither model nor method', () => {
    expect(errorsOf(drafts({ num_speculative_tokens: 4 }))).toEqual([
      'engine.speculativeConfig: has neither model nor method; set one of them [speculation-without-method]',
    ]);
    expect(idsOf({ extraArgs: ['--spec-tokens=4'] })).toEqual(['speculation-without-method']);
  });

  it.each(['ngram', "{'method':'ngram'}", '["ngram"]', '3'])('refuses %s with one finding', (text) => {
    expect(idsOf({ extraArgs: ['--speculative-config', text] })).toEqual([
      expect.stringMatching(/^(invalid|wrong)-json$/),
    ]);
  });

  it('refuses a draft model that is an address, with its id', () => {
    const model = 'https://huggingface.co/a/draft';
    const [message] = errorsOf(drafts({ method: 'eagle3', model, num_speculative_tokens: 3 }));
    expect(message).toBe(
      'engine.speculativeConfig.model: is "https://huggingface.co/a/draft", which is an address and not an id; give "a/draft" [model-id]',
    );
    expect(idsOf({ extraArgs: [`--spec-model=${model}`, '--spec-tokens=3'] })).toEqual(['model-id']);
  });

  it.each(['/models/draft', 'a/draft.v2', 'draft_1'])('accepts the draft model %s', (model) => {
    expect(idsOf(drafts({ method: 'eagle3', model, num_speculative_tokens: 3 }))).toEqual([]);
  });

  it('accepts null, which is unset', () => {
    expect(idsOf({ extraArgs: ['--speculative-config', 'null'] })).toEqual([]);
  });

  it.each([
    { method: 'ngram', num_speculative_tokens: 4 },
    { method: 'ngram', num_speculative_tokens: 4, prompt_lookup_max: 4 },
    { model: 'a/draft', num_speculative_tokens: 4 },
    { method: 'eagle3', model: 'yuhuili/EAGLE3-LLaMA3.1-Instruct-8B', num_speculative_tokens: 3 },
    {
      method: 'eagle',
      model: 'yuhuili/EAGLE-LLaMA3-Instruct-8B',
      num_speculative_tokens: 2,
      draft_tensor_parallel_size: 1,
    },
    { method: 'mtp', model: 'a/draft-with-mtp', num_speculative_tokens: 1 },
    { model: 'a/mlp-speculator' },
    { method: 'draft_model', model: 'a/draft-with-n-predict' },
    { method: 'draft_model', model: 'meta-llama/Llama-3.2-1B-Instruct', num_speculative_tokens: 3 },
    { method: 'eagle3', model: 'a/draft', num_speculative_tokens_per_batch_size: [[1, 8, 3]] },
  ])('accepts %j', (speculativeConfig) => {
    expect(idsOf(drafts(speculativeConfig))).toEqual([]);
  });

  it('accepts a method by its own flag', () => {
    expect(idsOf({ extraArgs: ['--spec-method=ngram', '--speculative-config.num_speculative_tokens=4'] })).toEqual([]);
  });

  it('refuses a method whose drafts come from a model that is not set', () => {
    expect(errorsOf(drafts({ method: 'eagle3', num_speculative_tokens: 3 }))).toEqual([
      'engine.speculativeConfig: has the method eagle3, whose drafts come from a model, and no model; set model to the id of the draft model [speculation-without-model]',
    ]);
  });

  it('refuses a method without a number of drafts', () => {
    expect(errorsOf(drafts({ method: 'ngram' }))).toEqual([
      'engine.speculativeConfig: has the method ngram without a number of drafts; set num_speculative_tokens, for example to 3 [speculation-without-tokens]',
    ]);
  });

  it.each([
    [{ method: 'eagle3', model: 'a/draft' }, 'eagle3'],
    [{ method: 'medusa', model: 'a/draft' }, 'medusa'],
    [{ method: 'eagle3', model: 'a/draft', num_speculative_tokens_per_batch_size: [] }, 'eagle3'],
    [{ model: 'yuhuili/EAGLE-LLaMA3.1-Instruct-8B' }, 'eagle'],
    [{ method: 'draft_model', model: 'org/Qwen3-8B_eagle3' }, 'eagle3'],
    [{ model: 'meta-llama/Llama-3.2-1B-Instruct' }, 'draft_model'],
  ])('refuses %j without a number of drafts, which no draft model of %s has', (config, method) => {
    expect(errorsOf(drafts(config))).toEqual([
      `engine.speculativeConfig: has the method ${method} without a number of drafts; set num_speculative_tokens, for example to 3 [speculation-without-tokens]`,
    ]);
  });

  it('compares keys with the method that vLLM finds in the name of the draft model', () => {
    const config = { model: 'yuhuili/EAGLE3-LLaMA3.1-Instruct-8B', num_speculative_tokens: 3 };
    expect(idsOf(drafts({ ...config, use_heterogeneous_vocab: true }))).toEqual(['not-with-this-method']);
    expect(idsOf(drafts(config))).toEqual([]);
  });

  it('refuses a method whose class vLLM has no longer', () => {
    const config = drafts({ method: 'mlp_speculator', model: 'a/accelerator', num_speculative_tokens: 3 });
    expect(errorsOf(config)).toEqual([
      'engine.speculativeConfig: has the method mlp_speculator, which this release lists, but has no model class for; use another method, such as eagle3 or ngram [draft-model-unsupported]',
    ]);
    expect(idsOf({ ...config, ...pinned('0.10.0') })).not.toContain('draft-model-unsupported');
  });

  it('refuses multi-token prediction with a draft model that has no layers for it', () => {
    const config = { method: 'mtp', model: 'meta-llama/Llama-3.2-1B-Instruct', num_speculative_tokens: 1 };
    expect(errorsOf(drafts(config))).toEqual([
      'engine.speculativeConfig: has multi-token prediction, and the checkpoint of the draft model meta-llama/Llama-3.2-1B-Instruct has no layers for it; set method to "draft_model", or remove it [draft-model-unsupported]',
    ]);
    expect(idsOf(drafts({ ...config, method: 'draft_model' }))).toEqual([]);
  });

  it.each(['fp8', 'AWQ', null])('accepts the quantization %j of a draft model', (quantization) => {
    expect(idsOf(drafts({ model: 'a/draft', num_speculative_tokens: 3, quantization }))).toEqual([]);
  });

  it('refuses an unknown quantization of a draft model', () => {
    const config = { model: 'a/draft', num_speculative_tokens: 3, quantization: 'fp9' };
    expect(errorsOf(drafts(config)).join()).toContain('the key "quantization" of --speculative-config is "fp9"');
  });

  it('refuses a key that a flag sets too', () => {
    const engine = { speculativeConfig: { method: 'ngram', num_speculative_tokens: 4 } };
    expect(errorsOf({ engine, extraArgs: ['--spec-tokens=2'] })).toEqual([
      'extraArgs[0]: --spec-tokens sets num_speculative_tokens, which engine.speculativeConfig sets too: vLLM refuses both; remove one of the two [speculation-set-twice]',
    ]);
  });

  it('refuses a draft model on some of the GPUs', () => {
    const config = { model: 'a/draft', num_speculative_tokens: 3, draft_tensor_parallel_size: 2 };
    expect(errorsOf({ accelerator: h100(4), ...drafts(config) })).toEqual([
      'engine.speculativeConfig: has draft_tensor_parallel_size 2, but a draft model runs on 1 GPU or on all 4 of tensor parallelism; set it to 1 or 4, or remove it [draft-parallelism]',
    ]);
    expect(idsOf({ accelerator: h100(4), ...drafts({ ...config, draft_tensor_parallel_size: 4 }) })).toEqual([]);
    expect(idsOf({ accelerator: h100(4), ...drafts({ ...config, method: 'ngram' }) })).toEqual([]);
  });

  it('does not compare keys with a method that only the draft model knows', () => {
    expect(idsOf(drafts({ model: 'a/draft', num_speculative_tokens: 3, use_heterogeneous_vocab: true }))).toEqual([]);
  });

  it('refuses a key from the release on that has it', () => {
    const config = drafts({ method: 'ngram', num_speculative_tokens: 3, index_share_for_mtp_iteration: true });
    expect(idsOf({ ...config, ...pinned('0.32.0') })).toEqual(['not-with-this-method']);
    expect(idsOf({ ...config, ...pinned('0.28.0') })).not.toContain('not-with-this-method');
  });

  it.each([
    [{ suffix_decoding_max_tree_depth: 0 }, 'has suffix_decoding_max_tree_depth 0; set it to 1 or more'],
    [{ suffix_decoding_min_token_prob: 2 }, 'has suffix_decoding_min_token_prob 2; set it to 0 to 1'],
  ])('refuses %j of suffix decoding', (keys, message) => {
    expect(errorsOf(drafts({ method: 'suffix', ...keys })).join()).toContain(message);
  });

  it('refuses a method for which the image of vLLM has no package, and accepts it in an image of one’s own', () => {
    const suffix = drafts({ method: 'suffix', num_speculative_tokens: 8 });
    expect(idsOf(suffix)).toEqual(['optional-package']);
    const vllmVersion = VllmVersion.of('0.32.0', { repository: 'registry.example.com/vllm' });
    expect(idsOf({ ...suffix, vllmVersion })).toEqual([]);
  });
});

describe('multi-token prediction of models', () => {
  const own = (id: string) => ({
    model: Model.of(id),
    engine: { speculativeConfig: { method: 'mtp', num_speculative_tokens: 1 } },
    unsafeMemoryFit: 'no memory',
    ...pinned('0.32.0'),
  });

  it.each([
    'moonshotai/Kimi-K2-Instruct',
    'MiniMaxAI/MiniMax-M2',
    'google/gemma-4-31B-it',
    'nvidia/NVIDIA-Nemotron-Nano-9B-v2',
    'mistralai/Mistral-Small-3.2-24B-Instruct-2506',
    'BAAI/bge-m3',
  ])('refuses %s, whose checkpoint has no layers for it', (id) => {
    expect(idsOf(own(id))).toContain('no-multi-token-prediction');
  });

  it.each([
    'deepseek-ai/DeepSeek-R1',
    'deepseek-ai/DeepSeek-V4-Flash',
    'Qwen/Qwen3-Next-80B-A3B-Instruct',
    'Qwen/Qwen3.5-27B',
    'zai-org/GLM-4.5-Air',
    'nvidia/NVIDIA-Nemotron-3-Super-120B-A12B-BF16',
  ])('accepts %s, whose checkpoint has them', (id) => {
    expect(idsOf(own(id))).not.toContain('no-multi-token-prediction');
  });

  it('accepts a draft model beside a model without them', () => {
    const speculativeConfig = { method: 'mtp', model: 'google/gemma-4-31B-it-assistant', num_speculative_tokens: 1 };
    const props = { ...own('google/gemma-4-31B-it'), engine: { speculativeConfig } };
    expect(idsOf(props)).not.toContain('no-multi-token-prediction');
  });
});
