import { Model } from '../../lib';
import { wrongId } from '../../lib/model/model-id';

describe('the id of a model', () => {
  it.each([
    'gpt2',
    'facebook/opt-125m',
    'meta-llama/Llama-3.1-8B-Instruct',
    'openai/gpt-oss-120b',
    'openai/whisper-large-v3',
    'mistralai/Mixtral-8x7B-Instruct-v0.1',
    'nvidia/Llama-3_3-Nemotron-Super-49B-v1_5',
    'Qwen/Qwen2.5-VL-72B-Instruct-AWQ',
    'a/b',
    '_org/_name',
    '/models/llama',
    '/models/llama.gguf',
    '/models/a:b',
    './model',
    '../model',
    's3://bucket/model',
    'gs://bucket/model',
    'az://container/model',
    'unsloth/Qwen3-0.6B-GGUF:Q4_K_M',
    'unsloth/Qwen3-0.6B-GGUF:UD-Q4_K_XL',
    'unsloth/Qwen3-0.6B-GGUF:IQ2_XXS',
    'unsloth/Qwen3-0.6B-GGUF:BF16',
    'org/name/file-Q4_K_M.gguf',
    '$(MODEL)',
  ])('is accepted as %s', (id) => {
    expect(wrongId(id)).toBeUndefined();
    expect(Model.of(id).id).toBe(id);
  });

  it.each([
    ['org/name ', 'give "org/name"'],
    [' org/name', 'give "org/name"'],
    ['org/name/', 'give "org/name"'],
    ['org/name:latest', 'give "org/name"'],
    ['org/name:main', 'give "org/name"'],
    ['org/name@abc123', 'give "org/name" and revision: "abc123"'],
    ['hf://org/name', 'give "org/name"'],
    ['https://huggingface.co/org/name', 'give "org/name"'],
    ['https://huggingface.co/org/name/tree/main', 'give "org/name"'],
    ['https://huggingface.co/org/name/tree/v1.0', 'give "org/name" and revision: "v1.0"'],
    ['https://hf.co/org/name?library=vllm', 'give "org/name"'],
    ['https://www.modelscope.cn/models/org/name', 'give "org/name"'],
    ['hosted_vllm/org/name', 'give "org/name"'],
    ['openrouter/org/name', 'give "org/name"'],
    ['huggingface/org/name', 'give "org/name"'],
    ['registry/org/name', 'give "org/name"'],
  ])('fails as "%s", with the right one', (id, fix) => {
    expect(wrongId(id)?.fix).toBe(fix);
    expect(() => Model.of(id)).toThrow(`${fix} [model-id]`);
  });

  it.each([
    'meta llama',
    'llama3:8b',
    'llama3:latest',
    'ollama/llama3',
    'ollama/llama3:8b',
    'bedrock/meta.llama3-8b-instruct-v1:0',
    'meta.llama3-8b-instruct-v1:0',
    'models/gemini-1.5-pro',
    'https://example.com/model',
    'ftp://host/model',
    'org/a--b',
    'org/a..b',
    'org/.name',
    'C:\\models\\llama',
  ])('fails as "%s", with how an id looks', (id) => {
    expect(wrongId(id)?.fix).toContain('give the id of its page on the Hub');
  });

  it('fails as a file without its folder', () => {
    expect(wrongId('llama-Q4_K_M.gguf')?.fix).toContain('"org/name-GGUF:Q4_K_M"');
  });
});

describe('other texts of a model', () => {
  it.each(['main ', ' main', 'a b', ''])('refuses the revision "%s"', (revision) => {
    expect(() => Model.of('a/b', { revision })).toThrow('give a word without blanks');
  });

  it('refuses a blank after a quantization', () => {
    expect(() => Model.of('a/b', { quantization: 'fp8 ' })).toThrow('give a word without blanks');
  });

  it('refuses a tokenizer that is an address', () => {
    expect(() => Model.of('a/b', { tokenizer: 'hf://org/name' })).toThrow('tokenizer: is "hf://org/name"');
  });

  it.each(['org/name', '/models/tokenizer'])('accepts the tokenizer %s', (tokenizer) => {
    expect(Model.of('a/b', { tokenizer }).options.tokenizer).toBe(tokenizer);
  });
});
