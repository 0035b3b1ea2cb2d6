import { Model } from '../../../lib';
import type { ModelShape } from '../../../lib/model/model-shape';
import type { ServingProps } from '../../../lib/stack/serving-props';
import { inGib, needsOf } from '../../support/host';
import { h100, pinned, planOf } from '../../support/plan';

const VISION: Partial<ModelShape> = { isMultimodal: true };
const UNKNOWN = Model.of('a/b');

const needs = (props: Partial<ServingProps>, shape?: Partial<ModelShape>) => {
  const { memory, sharedMemory } = needsOf(props, shape);
  return { memory: inGib(memory), shm: inGib(sharedMemory) };
};
const inMemory = (...memory: string[]) => ({ memory, shm: [] });
const cache = (total: number, size: number, processes: number) =>
  inMemory(`${total}: multimodal cache (${size} GiB for each of ${processes} processes)`);

describe('the multimodal cache', () => {
  it.each<[string, Partial<ServingProps>, Partial<ModelShape> | undefined, object]>([
    ['has 4 GiB in two processes', {}, VISION, cache(8, 4, 2)],
    ['has its size in two processes', { extraArgs: ['--mm-processor-cache-gb=10'] }, VISION, cache(20, 10, 2)],
    ['is off at 0', { extraArgs: ['--mm-processor-cache-gb=0'] }, VISION, inMemory()],
    ['is in each API server', { extraArgs: ['--api-server-count=4'] }, VISION, cache(20, 4, 5)],
    [
      'is in each data-parallel rank and its API server',
      { engine: { dataParallelSize: 2 }, accelerator: h100(2) },
      VISION,
      cache(16, 4, 4),
    ],
    ['is known by the class of the model', {}, { architecture: 'Qwen2_5_VLForConditionalGeneration' }, cache(8, 4, 2)],
    ['is not there for text', {}, undefined, inMemory()],
    ['is not there for the class of a text model', {}, { architecture: 'LlamaForCausalLM' }, inMemory()],
    ['is not there with the language model only', { extraArgs: ['--language-model-only'] }, VISION, inMemory()],
    [
      'is not there for an encoder with a decoder, such as Whisper',
      {},
      { ...VISION, groups: [{ kind: 'cross', layers: 4, kvHeads: 8, headDim: 64, tokens: 1500 }] },
      inMemory(),
    ],
    ['is not counted for an unknown model', { model: UNKNOWN }, undefined, inMemory()],
    [
      'is counted for an unknown model whose cache is set',
      { model: UNKNOWN, extraArgs: ['--mm-processor-cache-gb=6'] },
      undefined,
      cache(12, 6, 2),
    ],
    [
      'has a variable before 0.10.1',
      { ...pinned('0.10.0'), env: { VLLM_MM_INPUT_CACHE_GIB: '2' } },
      VISION,
      cache(4, 2, 2),
    ],
    ['has 8 GiB before 0.10', { ...pinned('0.9.2') }, VISION, cache(16, 8, 2)],
  ])('%s', (_, props, shape, expected) => {
    expect(needs(props, shape)).toEqual(expected);
  });

  it('is in /dev/shm once, where that is set', () => {
    expect(needs({ extraArgs: ['--mm-processor-cache-type=shm'] }, VISION)).toEqual({
      memory: [],
      shm: ['4: multimodal cache'],
    });
  });

  it('is not in /dev/shm with several API servers, whatever is set', () => {
    const props = { extraArgs: ['--mm-processor-cache-type=shm', '--api-server-count=2'] };
    expect(needs(props, VISION)).toEqual(cache(12, 4, 3));
  });

  it('is in the size of /dev/shm and of the memory', () => {
    const extraArgs = ['--mm-processor-cache-type=shm', '--mm-processor-cache-gb=6'];
    const { sharedMemory, memoryLimit } = planOf({ model: UNKNOWN, extraArgs }).resources;
    expect(sharedMemory).toEqual({ value: 8 * 1024, reason: '2 GiB for the processes, 6 GiB multimodal cache' });
    expect(memoryLimit.reason).toContain('8 GiB /dev/shm');
  });
});

describe('downloaded media', () => {
  const media = { VLLM_MEDIA_CACHE: '/cache/media' };

  it('have 5 GiB without a size', () => {
    expect(planOf({ env: media }).resources.cache).toEqual({
      value: 15 * 1024,
      reason: '10 GiB for compile caches, 5 GiB downloaded media',
    });
  });

  it('have their size', () => {
    const env = { ...media, VLLM_MEDIA_CACHE_MAX_SIZE_MB: '20480' };
    expect(planOf({ env }).resources.cache.value).toBe(30 * 1024);
  });

  it('are not kept where the variable is empty', () => {
    expect(planOf({ env: { VLLM_MEDIA_CACHE: '' } }).resources.folders).toEqual([]);
  });
});
