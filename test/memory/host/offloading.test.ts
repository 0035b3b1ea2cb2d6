import { Size } from 'cdk8s';
import { Accelerator, VllmVersion } from '../../../lib';
import { findingLine } from '../../../lib/preflight/finding';
import type { ServingProps } from '../../../lib/stack/serving-props';
import { connector, inGib, needsOf } from '../../support/host';
import { h100, pinned, planOf, QWEN_MOE } from '../../support/plan';

const GIB_BYTES = 1024 ** 3;
const both = (props: Partial<ServingProps>) => {
  const { memory, sharedMemory } = needsOf(props);
  return { memory: inGib(memory), shm: inGib(sharedMemory) };
};
const size = (gib: number) => ({ kvOffloadingSize: Size.gibibytes(gib) });
const native = (gib: number) => connector('OffloadingConnector', { cpu_bytes_to_use: gib * GIB_BYTES });

describe('native offloading', () => {
  it.each<[string, Partial<ServingProps>, object]>([
    ['is in /dev/shm', { engine: size(16) }, { memory: [], shm: ['16: KV blocks'] }],
    ['by its connector too', { engine: native(16) }, { memory: [], shm: ['16: KV blocks'] }],
    [
      'in bytes as text',
      { engine: connector('OffloadingConnector', { cpu_bytes_to_use: '17179869184' }) },
      { memory: [], shm: ['16: KV blocks'] },
    ],
    [
      'is shared by the tensor ranks',
      { engine: { ...size(16), tensorParallelSize: 2 }, accelerator: h100(2) },
      { memory: [], shm: ['16: KV blocks'] },
    ],
    [
      'is for each engine',
      { model: QWEN_MOE, engine: { ...size(16), dataParallelSize: 2 }, accelerator: h100(2) },
      { memory: [], shm: ['32: KV blocks, 16 GiB for each of 2 engines'] },
    ],
    [
      'with tiers behind it',
      {
        engine: connector('OffloadingConnector', {
          spec_name: 'TieringOffloadingSpec',
          cpu_bytes_to_use: 2 * GIB_BYTES,
        }),
      },
      { memory: [], shm: ['2: KV blocks'] },
    ],
    [
      'is pinned memory before 0.27, which is rounded up',
      { ...pinned('0.26.0'), engine: size(80) },
      { memory: ['128: offloaded (KV blocks, of which pinned memory takes 128 GiB)'], shm: [] },
    ],
    [
      'is rounded up for each rank',
      { ...pinned('0.26.0'), engine: { ...size(80), tensorParallelSize: 2 }, accelerator: h100(2) },
      { memory: ['128: offloaded (KV blocks, of which pinned memory takes 128 GiB)'], shm: [] },
    ],
    [
      'is pinned memory with ROCm',
      { engine: size(16), accelerator: Accelerator.resource('amd.com/gpu', 1) },
      { memory: ['16: offloaded (KV blocks)'], shm: [] },
    ],
    ['of no size is nothing', { engine: native(0) }, { memory: [], shm: [] }],
    [
      'counts as a child of MultiConnector',
      {
        engine: connector('MultiConnector', {
          connectors: [native(4).kvTransferConfig, { kv_connector: 'NixlConnector', kv_role: 'kv_both' }],
        }),
      },
      { memory: [], shm: ['4: KV blocks'] },
    ],
    [
      'by the size replaces another connector',
      { engine: { ...native(64), ...size(8) } },
      { memory: [], shm: ['8: KV blocks'] },
    ],
  ])('%s', (_, props, expected) => {
    expect(both(props)).toEqual(expected);
  });

  it('makes /dev/shm larger, and the memory limit with it', () => {
    const { sharedMemory, memoryLimit } = planOf({ engine: size(16) }).resources;
    expect(sharedMemory).toEqual({ value: 18 * 1024, reason: '2 GiB for the processes, 16 GiB KV blocks' });
    expect(memoryLimit.reason).toBe('15 GiB weights, 18 GiB /dev/shm, 8 GiB for the processes');
  });

  it('needs the folders of its tiers', () => {
    const tiers = {
      cpu_bytes_to_use: GIB_BYTES,
      secondary_tiers: [{ type: 'fs', root_dir: '/data/kv' }, { type: 'p2p' }],
    };
    expect(needsOf({ engine: connector('OffloadingConnector', tiers) }).folders).toEqual([
      { path: '/data/kv', mib: undefined, what: 'KV blocks', origin: 'engine.kvTransferConfig', mount: undefined },
    ]);
  });
});

describe('SimpleCPUOffloadConnector', () => {
  const simple = (extra: object = {}) => connector('SimpleCPUOffloadConnector', extra);

  it.each<[string, Partial<ServingProps>, string[]]>([
    ['has 8 GiB without a size', { engine: simple() }, ['8: offloaded (KV blocks)']],
    ['has its size, exactly', { engine: simple({ cpu_bytes_to_use: 20 * GIB_BYTES }) }, ['20: offloaded (KV blocks)']],
    [
      'may have a size for each rank',
      {
        engine: { ...simple({ cpu_bytes_to_use_per_rank: 10 * GIB_BYTES }), tensorParallelSize: 2 },
        accelerator: h100(2),
      },
      ['20: offloaded (KV blocks)'],
    ],
    [
      'is set by a variable',
      { engine: size(12), env: { VLLM_USE_SIMPLE_KV_OFFLOAD: '1' } },
      ['12: offloaded (KV blocks)'],
    ],
    ['does nothing without prefix caching', { engine: { ...simple(), enablePrefixCaching: false } }, []],
  ])('%s', (_, props, expected) => {
    expect(both(props)).toEqual({ memory: expected, shm: [] });
  });

  it('may use a disk: a file beside its path for each rank', () => {
    const extra = { kv_offload_backend: 'disk', disk_path: '/cache/kv', disk_capacity_bytes: 5 * GIB_BYTES };
    const props = { engine: { ...simple(extra), tensorParallelSize: 2 }, accelerator: h100(2) };
    expect(needsOf(props).folders).toEqual([
      { path: '/cache', mib: 10 * 1024, what: 'KV blocks', origin: 'engine.kvTransferConfig', mount: '/cache' },
    ]);
    expect(planOf(props).resources.cache.value).toBe(20 * 1024);
  });

  it('uses 100 GiB of a disk for each rank without a size', () => {
    const extra = { kv_offload_backend: 'disk', disk_path: '/mnt/kv/blocks' };
    expect(needsOf({ engine: simple(extra) }).folders).toMatchObject([{ path: '/mnt/kv', mib: 100 * 1024 }]);
  });
});

describe('offloading to LMCache', () => {
  const props = { engine: size(40), extraArgs: ['--kv-offloading-backend=lmcache'] };

  it('is in the memory of its server, to which the size is not passed on', () => {
    expect(both(props)).toEqual({ memory: [], shm: [] });
    expect(planOf(props).findings.map(findingLine)).toContain(
      'engine.kvOffloadingSize: is 40 GiB, but vLLM does not pass it on: the LMCache server has the blocks and its own size; set the size where that server is started; its memory is not part of this pod [lmcache-server-size]',
    );
  });

  it('is in the pod before 0.23, a part in each rank', () => {
    const older = { ...props, vllmVersion: VllmVersion.of('0.22.0') };
    expect(both({ ...older, accelerator: h100(2), engine: { ...size(40), tensorParallelSize: 2 } })).toEqual({
      memory: ['64: LMCache (20 GiB for each of 2 ranks, which pinned memory rounds up to 32 GiB)'],
      shm: [],
    });
    expect(planOf(older).findings.map(({ id }) => id)).not.toContain('lmcache-server-size');
  });
});

it('counts nothing for connectors that only send blocks', () => {
  expect(both({ engine: connector('NixlConnector') })).toEqual({ memory: [], shm: [] });
});

const NAMES = [
  'OffloadingConnector',
  'SimpleCPUOffloadConnector',
  'LMCacheConnectorV1',
  'MultiConnector',
  'constructor',
  5,
];
const ODD = [
  null,
  5,
  'x',
  [null],
  { connectors: null },
  { connectors: [null, 5, {}] },
  { secondary_tiers: [null, 5, {}] },
  { cpu_bytes_to_use: 'x' },
  { cpu_bytes_to_use: -5 },
  { 'lmcache.max_local_cpu_size': {}, 'lmcache.local_disk': 5 },
  { kv_offload_backend: 'disk', disk_path: 5 },
];

it.each(NAMES)('plans with options of another shape: %s', (name) => {
  for (const extra of ODD) {
    const config = { kv_connector: name, kv_role: 'kv_both', kv_connector_extra_config: extra };
    const { resources } = planOf({ extraArgs: [`--kv-transfer-config=${JSON.stringify(config)}`] });
    expect(resources.memoryLimit.value).toBeLessThanOrEqual(33 * 1024);
    expect(resources.memoryLimit.value).toBeGreaterThanOrEqual(25 * 1024);
  }
});
