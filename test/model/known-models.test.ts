import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ADDITIONS, RENAMED, SAME_SHAPE } from '../../lib/model/additions';
import { knownIds, knownModel, knownShape, otherCheckpoints } from '../../lib/model/known-models';
import type { LayerGroup } from '../../lib/model/model-shape';
import { ModelTask } from '../../lib/model/model-task';
import { EXPECTED_MODELS } from './data/expected-models';

/** Checkpoints whose layers all have the window that the facts do not count. */
const WINDOWED = ['intfloat/e5-mistral-7b-instruct', 'mistralai/Mistral-7B-v0.1'];

const BYTES_PER_GIB = 1024 ** 3;
const BY_HAND = new Set(Object.keys(ADDITIONS));

/** Rows with a shape. */
const SHAPED = EXPECTED_MODELS.filter(([id]) => knownShape(id) !== undefined);

const groupsOf = (id: string): readonly LayerGroup[] => knownShape(id)?.groups ?? [];
const sumOf = (id: string, bytes: (group: LayerGroup) => number): number =>
  groupsOf(id).reduce((sum, group) => sum + bytes(group), 0);

/** Bytes of a token in bf16; the reach tells apart the layers that keep every token. */
const bytesOfToken = (group: LayerGroup): number => {
  if (group.kind === 'heads')
    return group.layers * group.kvHeads * (group.headDim + (group.valueDim ?? group.headDim)) * 2;
  return group.kind === 'latent' ? group.layers * group.dim * 2 : 0;
};
const hasReach = (group: LayerGroup): boolean => 'reach' in group && group.reach !== undefined;
const indexBytes = (group: LayerGroup): number => {
  if (group.kind === 'heads') return group.layers * (group.indexBytes ?? 0);
  return group.kind === 'latent' && group.index ? group.index.layers * group.index.bytes : 0;
};
const stateBytes = (group: LayerGroup): number =>
  group.kind === 'state' ? group.layers * (group.convolutionBytes + group.recurrentBytes) : 0;

describe('the table of known models', () => {
  it('has the checkpoints of the facts, nearly all of those with layers', () => {
    expect(knownIds().length).toBeGreaterThanOrEqual(529);
    expect(EXPECTED_MODELS.length).toBeGreaterThanOrEqual(472);
    // The memory of three is not known: two have 2, 4 and 8 bits mixed, and one has no published size.
    expect(EXPECTED_MODELS.length - SHAPED.length).toBe(3);
  });

  it('has every id once', () => {
    const lower = knownIds().map((id) => id.toLowerCase());
    expect(new Set(lower).size).toBe(lower.length);
  });

  it.each(SHAPED)('%s has all its layers', (id, layers) => {
    // Whisper counts the layers of its decoder, which has a second cache for the encoder.
    const counted = sumOf(id, (group) => (group.kind === 'cross' ? 0 : group.layers));
    expect(counted).toBe(layers);
  });

  it('has the bytes of the facts for each token, sequence and window', () => {
    const wrong = SHAPED.filter(([id, , token, window, index, state]) => {
      const isCompressed = groupsOf(id).some((group) => group.kind === 'latent' && group.compression !== undefined);
      if (isCompressed || WINDOWED.includes(id) || (token === null && BY_HAND.has(id))) return false;
      const full = sumOf(id, (group) => (hasReach(group) ? 0 : bytesOfToken(group)));
      const windows = sumOf(id, (group) => (hasReach(group) ? bytesOfToken(group) : 0));
      return full !== token || windows !== window || sumOf(id, indexBytes) !== index || sumOf(id, stateBytes) !== state;
    });
    expect(wrong.map(([id]) => id)).toEqual([]);
  });

  it('has published sizes within five percent, apart from rounding to a MiB', () => {
    const published = SHAPED.filter(([, , , , , , bytes]) => bytes !== null);
    expect(published.length).toBeGreaterThanOrEqual(70);
    const far = published.filter(([id, , , , , , bytes]) => {
      const weights = (knownShape(id)?.weightsGib ?? 0) * BYTES_PER_GIB;
      return Math.abs(weights / (bytes ?? 0) - 1) > 0.05;
    });
    expect(far).toEqual([]);
  });

  it('has plain checkpoints whose published size is that of their parameters within six percent', () => {
    const far = SHAPED.filter(([id, , , , , , published, parameters]) => {
      if (published === null || parameters === null || knownModel(id)?.quantization !== undefined) return false;
      const mtp = (knownShape(id)?.mtpGib ?? 0) * BYTES_PER_GIB;
      return Math.abs((parameters * 2 + mtp) / published - 1) > 0.06;
    });
    expect(far.map(([id]) => id)).toEqual([]);
  });

  it('has experts that are lighter than their checkpoint', () => {
    const wrong = SHAPED.filter(([id]) => {
      const { experts, weightsGib = 0 } = knownShape(id) ?? {};
      return experts !== undefined && !(experts.weightsGib > 0 && experts.weightsGib < weightsGib);
    });
    expect(wrong.map(([id]) => id)).toEqual([]);
  });

  it('has no number that is not one', () => {
    const wrong = SHAPED.filter(([id]) => JSON.stringify(knownShape(id)).includes('null'));
    expect(wrong).toEqual([]);
  });

  it('stays small', () => {
    const size = (file: string) => statSync(join(__dirname, '../../lib/model/data', file)).size;
    expect(size('checkpoints.ts') + size('shapes.ts')).toBeLessThan(120_000);
  });
});

describe('the shape of a known model', () => {
  it.each<[id: string, attentionHeads: number, kvHeads: number | undefined, maxLength: number, weightsGib: number]>([
    ['meta-llama/Llama-3.2-1B-Instruct', 32, 8, 131072, 2.3],
    ['meta-llama/Llama-3.2-3B', 24, 8, 131072, 6],
    ['meta-llama/Llama-3.1-8B-Instruct', 32, 8, 131072, 14.96],
    ['meta-llama/Meta-Llama-3.1-8B', 32, 8, 131072, 14.96],
    ['meta-llama/Llama-3.1-70B-Instruct', 64, 8, 131072, 131.4],
    ['meta-llama/Llama-3.3-70B-Instruct', 64, 8, 131072, 131.4],
    ['meta-llama/Llama-3.1-405B-Instruct', 128, 8, 131072, 756],
    ['Qwen/Qwen2.5-7B', 28, 4, 131072, 14.19],
    ['Qwen/Qwen2.5-7B-Instruct', 28, 4, 32768, 14.19],
    ['Qwen/Qwen2.5-Coder-7B-Instruct', 28, 4, 32768, 14.19],
    ['Qwen/Qwen2.5-32B-Instruct', 40, 8, 32768, 61],
    ['Qwen/Qwen2.5-72B-Instruct', 64, 8, 32768, 135.4],
    ['Qwen/Qwen3-8B', 32, 8, 40960, 15.26],
    ['Qwen/Qwen3-8B-AWQ', 32, 8, 40960, 5.68],
    ['Qwen/Qwen3-32B', 64, 8, 40960, 61],
    ['Qwen/Qwen3-30B-A3B', 32, 4, 40960, 56.9],
    ['Qwen/Qwen3-235B-A22B', 64, 4, 40960, 438],
    ['mistralai/Mixtral-8x7B-Instruct-v0.1', 32, 8, 32768, 87],
    ['deepseek-ai/DeepSeek-V3', 128, undefined, 163840, 641.3],
    ['deepseek-ai/DeepSeek-R1', 128, undefined, 163840, 641.3],
    ['deepseek-ai/DeepSeek-R1-Distill-Llama-8B', 32, 8, 131072, 14.96],
    ['deepseek-ai/DeepSeek-R1-Distill-Qwen-14B', 40, 8, 131072, 27.51],
    ['google/gemma-2-9b-it', 16, 8, 8192, 17.2],
    ['google/gemma-2-27b', 32, 16, 8192, 50.7],
    ['google/gemma-3-27b-it', 32, 16, 131072, 51.1],
    ['google/gemma-4-31B-it', 32, 16, 262144, 58.25],
    ['microsoft/phi-4', 40, 10, 16384, 27.31],
    ['openai/gpt-oss-20b', 64, 8, 131072, 12.8],
    ['openai/gpt-oss-120b', 64, 8, 131072, 60.8],
  ])('%s is that of its config.json and its files', (id, attentionHeads, kvHeads, maxLength, weightsGib) => {
    expect(knownShape(id)).toMatchObject({ attentionHeads, maxLength });
    expect(knownShape(id)?.kvHeads).toBe(kvHeads);
    expect(Math.abs((knownShape(id)?.weightsGib ?? 0) / weightsGib - 1)).toBeLessThan(0.01);
  });

  it.each([
    ['Qwen/Qwen3-8B', undefined],
    ['Qwen/Qwen3-30B-A3B', 128],
    ['deepseek-ai/DeepSeek-R1', 256],
    ['deepseek-ai/DeepSeek-R1-Distill-Llama-8B', undefined],
    ['openai/gpt-oss-20b', 32],
    ['XiaomiMiMo/MiMo-V2.5', 256],
  ])('%s has experts: %p', (id, count) => {
    expect(knownShape(id)?.experts?.count).toBe(count);
  });

  it.each([
    ['Qwen/Qwen3-8B', undefined, true],
    ['Qwen/Qwen3-8B-AWQ', 'awq', false],
    ['Qwen/Qwen3-8B-FP8', 'fp8', true],
    ['openai/gpt-oss-20b', 'mxfp4', true],
    ['nvidia/Qwen3.6-27B-NVFP4', 'modelopt_fp4', true],
    ['RedHatAI/gemma-4-31B-it-FP8-dynamic', 'compressed-tensors', true],
    ['amd/Kimi-K2.5-MXFP4', 'quark', true],
  ])('%s is quantised by %p', (id, quantization, isBfloat16) => {
    expect([knownShape(id)?.quantization, knownShape(id)?.isBfloat16]).toEqual([quantization, isBfloat16]);
  });

  it.each([
    ['google/gemma-2-9b-it', true],
    ['google/gemma-3-27b-it', true],
    ['google/gemma-4-31B-it', undefined],
    ['Qwen/Qwen3-8B', undefined],
  ])('%s refuses float16: %p', (id, refuses) => {
    expect(knownShape(id)?.refusesFloat16).toBe(refuses);
  });

  it('has what vLLM loaded where a log shows it', () => {
    expect(knownShape('openai/gpt-oss-120b')?.loadedGib).toBeCloseTo(65.97, 1);
    expect(knownShape('Qwen/Qwen3-8B')?.loadedGib).toBeUndefined();
  });

  it('is marked where the weights are only known to be at least that', () => {
    expect(knownShape('OpenGVLab/InternVL3_5-8B')?.weightsAreLowerBound).toBe(true);
    expect(knownShape('Qwen/Qwen3-8B')?.weightsAreLowerBound).toBeUndefined();
  });

  it('does not depend on the case of an id, as on the Hub', () => {
    expect(knownModel('meta-llama/llama-3.1-8b-instruct')?.id).toBe('meta-llama/Llama-3.1-8B-Instruct');
    expect(knownShape('meta-llama/llama-3.1-8b-instruct')).toEqual(knownShape('meta-llama/Llama-3.1-8B-Instruct'));
  });

  it('is unset where a size is not known', () => {
    expect(knownModel('google/gemma-4-E2B-it-qat-mobile-ct')).toMatchObject({ task: ModelTask.GENERATE });
    expect(knownShape('google/gemma-4-E2B-it-qat-mobile-ct')).toBeUndefined();
    expect(knownShape('deepseek-ai/DeepSeek-OCR')).toBeUndefined();
  });

  it.each([
    ['a quantised model of another owner', 'acme/Meta-Llama-3.1-8B-Instruct-FP8'],
    ['a fine-tuned model', 'my-team/Llama-3.1-8B-Instruct'],
    ['a fine-tuned model with a longer name', 'meta-llama/Llama-3.1-8B-Instruct-sql'],
    ['a longer context of the same model', 'Qwen/Qwen2.5-7B-Instruct-1M'],
    ['another size of the same family', 'meta-llama/Llama-3.1-80B-Instruct'],
    ['another modality', 'meta-llama/Llama-3.2-11B-Vision-Instruct'],
    ['a dot that is not one', 'meta-llama/Llama-3x1-8B'],
    ['a path to the model', '/models/meta-llama/Llama-3.1-8B-Instruct'],
    ['a name without its owner', 'Qwen3-8B'],
    ['a column of the table', 'Qwen/Qwen3-8B|'],
    ['nothing', ''],
  ])('is not guessed for %s', (_, id) => {
    expect(knownShape(id)).toBeUndefined();
  });
});

describe('what is added by hand', () => {
  it.each(Object.keys(ADDITIONS))('%s has a shape', (id) => {
    expect(knownShape(id)).toMatchObject(ADDITIONS[id] ?? {});
  });

  it.each(Object.entries(RENAMED))('%s is %s', (old, current) => {
    expect(knownModel(old)?.shape).toEqual(knownShape(current));
    expect(knownModel(old)?.base).toBe(knownModel(current)?.base);
  });

  it.each(Object.entries(SAME_SHAPE))('%s has the shape of %s, and is a base of its own', (id, like) => {
    expect(knownShape(id)).toEqual(knownShape(like));
    expect(knownModel(id)?.base).toBe(id);
  });
});

describe('other checkpoints of a model', () => {
  it('are its quantised checkpoints, with format and size', () => {
    const others = otherCheckpoints('Qwen/Qwen3-8B').map(({ id, quantization }) => [id, quantization]);
    expect(others).toContainEqual(['Qwen/Qwen3-8B-AWQ', 'awq']);
    expect(others).toContainEqual(['Qwen/Qwen3-8B-FP8', 'fp8']);
    expect(otherCheckpoints('Qwen/Qwen3-8B').every(({ shape }) => (shape?.weightsGib ?? 99) < 15.2)).toBe(true);
  });

  it('of a quantised model are its base and the others', () => {
    const others = otherCheckpoints('Qwen/Qwen3-8B-AWQ').map(({ id }) => id);
    expect(others).toContain('Qwen/Qwen3-8B');
    expect(others).not.toContain('Qwen/Qwen3-8B-AWQ');
  });

  it('of an old name are those of the current one', () => {
    const others = otherCheckpoints('meta-llama/Llama-3.1-405B-Instruct').map(({ id }) => id);
    expect(others).toContain('meta-llama/Llama-3.1-405B-Instruct-FP8');
    expect(otherCheckpoints('meta-llama/Meta-Llama-3.1-405B-Instruct').map(({ id }) => id)).toEqual(
      expect.arrayContaining(others) as string[],
    );
  });

  it('of an unknown model are none', () => {
    expect(otherCheckpoints('acme/own-model')).toEqual([]);
    expect(otherCheckpoints('google/gemma-2-9b')).toEqual([]);
  });
});
