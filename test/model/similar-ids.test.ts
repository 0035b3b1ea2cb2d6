import { misspelt, namesake, nearestId } from '../../lib/model/similar-ids';

describe('a misspelt id', () => {
  it.each([
    ['meta-llama/Llama-3.1-8B-Instrct', 'meta-llama/Llama-3.1-8B-Instruct'],
    ['meta-lama/Llama-3.1-8B-Instruct', 'meta-llama/Llama-3.1-8B-Instruct'],
    ['mistral-ai/Mistral-7B-Instruct-v0.3', 'mistralai/Mistral-7B-Instruct-v0.3'],
    ['Qwen/Qwen-3-8B', 'Qwen/Qwen3-8B'],
    ['openai/gpt-oss20b', 'openai/gpt-oss-20b'],
    ['deepseek-ai/DeepSek-R1', 'deepseek-ai/DeepSeek-R1'],
  ])('%s may mean %s', (id, meant) => {
    expect(misspelt(id)).toBe(meant);
  });

  it.each([
    ['a known one', 'Qwen/Qwen3-8B'],
    ['a known one in other letters', 'qwen/qwen3-8b'],
    ['another size', 'Qwen/Qwen3-9B'],
    ['another version', 'Qwen/Qwen4-8B'],
    ['a pretrained one', 'google/gemma-3-27b-pt'],
    ['a base model', 'Qwen/Qwen3-8B-Base'],
    ['another kind of training', 'Qwen/Qwen3-VL-8B-Thinking'],
    ['a fine-tuned one', 'my-team/Llama-3.1-8B-Instruct'],
    ['a fine-tuned one with a longer name', 'acme/Llama-3.1-8B-Instruct-sft'],
    ['another format', 'Qwen/Qwen3-8B-GPTQ-Int4'],
    ['something else', 'acme/own-model'],
  ])('is not %s', (_, id) => {
    expect(misspelt(id)).toBeUndefined();
  });
});

describe('the namesake of a fine-tuned model', () => {
  it.each([
    ['my-team/Llama-3.1-8B-Instruct', 'meta-llama/Llama-3.1-8B-Instruct'],
    ['acme/Llama-3.1-8B-Instruct-sft', 'meta-llama/Llama-3.1-8B-Instruct'],
    ['acme/sql-Qwen3-8B', 'Qwen/Qwen3-8B'],
    ['deepseek-ai/DeepSeek-V3-Base', 'deepseek-ai/DeepSeek-V3'],
  ])('%s is named after %s', (id, like) => {
    expect(namesake(id)).toBe(like);
  });

  it.each([
    ['a known model', 'Qwen/Qwen3-8B'],
    ['another size', 'acme/Qwen3-80B'],
    ['another format', 'unsloth/Qwen3-8B-bnb-4bit'],
    ['a name without a model', 'acme/own-model'],
    ['a name that a longer word contains', 'acme/Qwen3-8Bit'],
  ])('is undefined for %s', (_, id) => {
    expect(namesake(id)).toBeUndefined();
  });
});

it('the nearest id helps with one that is far off, too', () => {
  expect(nearestId('meta-llama/Llama-3.1-8B-Instrct')).toBe('meta-llama/Llama-3.1-8B-Instruct');
  expect(nearestId('openai/gpt-oss-12b')).toMatch(/^openai\/gpt-oss-/);
  expect(nearestId('x')).toBeUndefined();
});
