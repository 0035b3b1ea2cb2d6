import { Accelerator, Architecture, GpuModel, Model, VllmVersion } from '../../lib';
import type { ServingProps } from '../../lib/stack/serving-props';
import { planOf } from '../support/plan';

const GIB = 1024;
const cacheOf = (props: Partial<ServingProps>) => planOf(props).memory.cache?.value ?? 0;
const engine = { maxModelLen: 8192 };

describe('the logits of a batch', () => {
  const less = (version: string, more: ServingProps['engine'] = {}) =>
    cacheOf({ engine: { ...engine, ...more, enforceEager: true } }) -
    cacheOf({ engine: { ...engine, ...more, enforceEager: true }, vllmVersion: VllmVersion.of(version) });

  it('need 23 bytes more each where vLLM sorts them', () => {
    expect(less('0.18.0')).toBe(0);
    expect(less('0.17.1')).toBeCloseTo((256 * 152_064 * 23) / 1024 ** 2);
  });

  it('are those of 1024 sequences on small GPUs too, before 0.9', () => {
    expect(less('0.9.2')).toBeCloseTo((256 * 152_064 * 23) / 1024 ** 2);
    expect(less('0.8.5')).toBeCloseTo((152_064 * (1024 * 37 - 256 * 14)) / 1024 ** 2);
    expect(less('0.8.5', { maxNumSeqs: 256 })).toBeCloseTo((256 * 152_064 * 23) / 1024 ** 2);
  });

  it('are never more than an L40S had memory for: vLLM #17122', () => {
    const { capacity } = planOf({ engine: { maxModelLen: 32768 }, vllmVersion: VllmVersion.of('0.8.5') }).memory;
    expect(capacity?.value).toBeLessThanOrEqual(158_656);
    expect(capacity?.value).toBeGreaterThan(158_656 * 0.9);
  });
});

it('a batch needs more memory with a larger vocabulary', () => {
  const of = (vocabSize?: number) =>
    cacheOf({
      engine,
      model: Model.of('acme/assistant', {
        architecture: Architecture.of({
          hiddenSize: 4096,
          numHiddenLayers: 32,
          numAttentionHeads: 32,
          maxPositionEmbeddings: 8192,
          parameters: 8e9,
          vocabSize,
        }),
      }),
    });
  expect(of() - of(262_144)).toBeCloseTo((256 * (262_144 - 152_064) * 14) / 1024 ** 2);
});

it('a KV connector needs one GiB', () => {
  const kvTransferConfig = { kv_connector: 'LMCacheConnectorV1', kv_role: 'kv_both' };
  expect(cacheOf({ engine }) - cacheOf({ engine: { ...engine, kvTransferConfig } })).toBeCloseTo(GIB);
});

it('a batch has a token of each sequence', () => {
  const many = { ...engine, maxNumSeqs: 4096 };
  const difference = cacheOf({ engine: { ...many, maxNumBatchedTokens: 4096 } }) - cacheOf({ engine: many });
  expect(difference).toBeCloseTo(0);
});

it.each(['0.32.0', '0.8.5'])('a slice has the batch sizes of its memory, which the library sets, in %s', (version) => {
  const accelerator = Accelerator.mig(GpuModel.H100, '3g.40gb');
  const vllmVersion = VllmVersion.of(version);
  const set = { ...engine, maxNumSeqs: 256, maxNumBatchedTokens: 2048 };
  expect(cacheOf({ accelerator, vllmVersion, engine })).toBe(cacheOf({ accelerator, vllmVersion, engine: set }));
});

it.each(['16k', '16384', '16K'])('numbers may have a suffix: %s', (length) => {
  const tokens = { '16k': 16_000, '16384': 16_384, '16K': 16_384 }[length];
  const { sequences } = planOf({ extraArgs: [`--max-model-len=${length}`] }).memory;
  expect(sequences?.reason).toContain(`for ${tokens} tokens`);
});

it.each([
  ['the share of the GPU', '--gpu-memory-utilization=0.5', { gpuMemoryUtilization: 0.5 }],
  ['weights on the host', '--cpu-offload-gb=4', undefined],
  ['a short spelling', '--max_num_seqs=16', { maxNumSeqs: 16 }],
])('%s may be set on the command line', (_, flag, option) => {
  const cache = cacheOf({ engine, extraArgs: [flag] });
  expect(cache).not.toBe(cacheOf({ engine }));
  if (option !== undefined) expect(cache).toBe(cacheOf({ engine: { ...engine, ...option } }));
});
