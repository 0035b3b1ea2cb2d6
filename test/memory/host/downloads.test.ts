import { Model, Weights } from '../../../lib';
import { findingLine } from '../../../lib/preflight/finding';
import type { ServingProps } from '../../../lib/stack/serving-props';
import { inGib, needsOf } from '../../support/host';
import { h100, pinned, planOf, variableOf } from '../../support/plan';

const MODELSCOPE = { VLLM_USE_MODELSCOPE: 'True' };
const MISTRAL = Model.of('mistralai/Mistral-Small-3.1-24B-Instruct-2503');
const GPT_OSS = Model.of('openai/gpt-oss-20b');
const downloadOf = (props: Partial<ServingProps>) => planOf(props).resources.download;
const partsOf = (props: Partial<ServingProps>) => needsOf(props).download.map(({ what }) => what);
const onH100 = { accelerator: h100(1) };

describe('a repository that holds the weights twice', () => {
  it.each<[string, Partial<ServingProps>]>([
    ['of Llama, whose folder original/ is left out', {}],
    ['of gpt-oss', { model: GPT_OSS, ...onH100 }],
    ['of Mistral, whose own format is preferred', { model: MISTRAL, ...onH100 }],
    ['of Mistral, by the index', { model: MISTRAL, ...onH100, extraArgs: ['--load-format=hf'] }],
    ['of Mistral since 0.12', { model: MISTRAL, ...onH100, ...pinned('0.12.0') }],
    [
      'of Mistral in its own format before',
      { model: MISTRAL, ...onH100, ...pinned('0.11.2'), extraArgs: ['--load-format=mistral'] },
    ],
    ['of Qwen on ModelScope, which holds them once', { model: Model.of('Qwen/Qwen3-8B'), ...onH100, env: MODELSCOPE }],
  ])('is downloaded once: %s', (_, props) => {
    expect(partsOf(props)).toEqual([]);
  });

  it.each<[string, Partial<ServingProps>, string]>([
    ['of Llama on ModelScope', { env: MODELSCOPE }, 'the same weights in original/'],
    [
      'of gpt-oss on ModelScope',
      { model: GPT_OSS, ...onH100, env: MODELSCOPE },
      'the same weights in original/ and metal/',
    ],
    [
      'of Mistral before 0.12',
      { model: MISTRAL, ...onH100, ...pinned('0.11.2') },
      'the same weights in consolidated*.safetensors',
    ],
    [
      'of Mistral before 0.14 in the other format',
      { model: MISTRAL, ...onH100, ...pinned('0.13.0'), extraArgs: ['--load-format=safetensors'] },
      'the same weights in consolidated*.safetensors',
    ],
  ])('is downloaded with all formats: %s', (_, props, expected) => {
    expect(partsOf(props)).toEqual([expected]);
  });

  it('makes the volume larger', () => {
    expect(downloadOf({ env: MODELSCOPE })).toEqual({
      value: 38 * 1024,
      reason: '1.25 times 15 GiB weights, 15 GiB the same weights in original/',
    });
  });
});

describe('ModelScope', () => {
  it.each(['True', 'true', '1'])('set by %s downloads to the volume of the weights', (value) => {
    expect(variableOf({ env: { VLLM_USE_MODELSCOPE: value } }, 'MODELSCOPE_CACHE')).toBe('/models');
  });

  it.each(['False', '0', ''])('is not used with "%s"', (value) => {
    expect(variableOf({ env: { VLLM_USE_MODELSCOPE: value } }, 'MODELSCOPE_CACHE')).toBeUndefined();
  });

  it('downloads nothing beside a volume that holds the weights', () => {
    const props = { env: MODELSCOPE, weights: Weights.fromVolume({ claim: 'models' }) };
    expect(variableOf(props, 'MODELSCOPE_CACHE')).toBeUndefined();
    expect(needsOf(props).download).toEqual([]);
  });

  it('may have a folder of its own, in a volume that grows with it', () => {
    const { cache, download, ephemeralStorage } = planOf({
      env: { ...MODELSCOPE, MODELSCOPE_CACHE: '/cache/modelscope' },
    }).resources;
    expect(download).toBeUndefined();
    expect(cache.reason).toBe('10 GiB for compile caches, 38 GiB the download');
    expect(ephemeralStorage.value).toBe(52 * 1024);
  });
});

describe('the folder of the download', () => {
  const folderOf = (props: Partial<ServingProps>) =>
    planOf(props).resources.folders.map(({ path, mib, origin }) => [path, mib, origin]);

  it.each<[string, Partial<ServingProps>]>([
    ['below the weights', { env: { HF_HUB_CACHE: '/models/hub' } }],
    ['unset', {}],
    [
      'of a volume that holds the weights',
      { env: { HF_HUB_CACHE: '/data' }, weights: Weights.fromVolume({ claim: 'm' }) },
    ],
  ])('is the volume of the weights: %s', (_, props) => {
    expect(folderOf(props)).toEqual([]);
  });

  it.each<[string, Partial<ServingProps>, string]>([
    ['by the variable of ModelScope', { env: { ...MODELSCOPE, MODELSCOPE_CACHE: '/data' } }, 'env.MODELSCOPE_CACHE'],
    ['by variable', { env: { HF_HUB_CACHE: '/data' } }, 'env.HF_HUB_CACHE'],
    ['by its old variable', { env: { HUGGINGFACE_HUB_CACHE: '/data' } }, 'env.HUGGINGFACE_HUB_CACHE'],
  ])('is another one: %s', (_, props, origin) => {
    expect(folderOf(props)).toEqual([['/data', expect.any(Number), origin]]);
  });
});

describe('a draft model', () => {
  const draft = (model: string, method = 'draft_model') => ({
    engine: { speculativeConfig: { method, model, num_speculative_tokens: 3 } },
  });

  it('that is known is in the download', () => {
    expect(downloadOf(draft('meta-llama/Llama-3.2-1B-Instruct'))?.reason).toMatch(
      /^1\.25 times 15 GiB weights, 2\.3 GiB draft model meta-llama\/Llama-3\.2-1B-Instruct$/,
    );
  });

  it('that is unknown leaves the volume without a limit, with a notice', () => {
    const plan = planOf(draft('yuhuili/EAGLE3-LLaMA3.1-Instruct-8B', 'eagle3'));
    expect(plan.resources.downloadIsOpen).toBe(true);
    expect(plan.findings.map(findingLine)).toContain(
      'engine.speculativeConfig: downloads yuhuili/EAGLE3-LLaMA3.1-Instruct-8B, whose size is not known: the disk request does not include it; add its size to resources.ephemeralStorage if the nodes have little disk [draft-size-unknown]',
    );
  });

  it.each<[string, Partial<ServingProps>]>([
    ['is in a folder of the container', draft('/models/eagle', 'eagle')],
    ['is the model itself', draft('meta-llama/Llama-3.1-8B-Instruct')],
    ['is none', { engine: { speculativeConfig: { method: 'ngram', num_speculative_tokens: 3 } } }],
    ['comes with the volume', { ...draft('a/b'), weights: Weights.fromVolume({ claim: 'm' }) }],
  ])('is not downloaded where it %s', (_, props) => {
    const { download, downloadIsOpen } = needsOf(props);
    expect([download, downloadIsOpen]).toEqual([[], false]);
  });
});

describe('adapters', () => {
  const lora = (...modules: string[]) => ({ extraArgs: ['--enable-lora', '--lora-modules', ...modules] });

  it('from the Hub have 1 GiB each', () => {
    expect(inGib(needsOf(lora('sql=a/sql-lora', '{"name":"chat","path":"a/chat-lora"}')).download)).toEqual([
      '2: 2 adapters',
    ]);
  });

  it('in a folder are not downloaded', () => {
    expect(needsOf(lora('sql=/adapters/sql', 'chat=./chat')).download).toEqual([]);
  });
});

describe('an object store', () => {
  const model = Model.of('s3://models/llama-3.1-8b');

  it('is read through buffers in memory, and not downloaded', () => {
    const { weights, download } = needsOf({ model, env: { RUNAI_STREAMER_MEMORY_LIMIT: '4294967296' } });
    expect([inGib(weights), download]).toEqual([['4: buffers of the Run:ai streamer'], []]);
    expect(planOf({ model }).resources.ephemeralStorage.value).toBe(14 * 1024);
  });
});

describe('the compile cache', () => {
  const folders = (props: Partial<ServingProps>) => planOf(props).resources.folders.map(({ origin }) => origin);

  it.each(['VLLM_CACHE_ROOT', 'XDG_CACHE_HOME'])('has a folder that %s moves', (name) => {
    expect(folders({ env: { [name]: '/compiled' } })).toEqual([`env.${name}`]);
  });

  it('is not needed without compilation', () => {
    expect(folders({ env: { VLLM_CACHE_ROOT: '/compiled' }, engine: { enforceEager: true } })).toEqual([]);
  });
});

it('downloads 16 bits for a checkpoint that is quantised while it loads', () => {
  expect(
    downloadOf({ engine: {}, model: Model.of('meta-llama/Llama-3.1-8B-Instruct', { quantization: 'fp8_per_tensor' }) }),
  ).toEqual(downloadOf({}));
});
