import { Model, Weights } from '../../../lib';
import type { ServingProps } from '../../../lib/stack/serving-props';
import { connector, inGib, needsOf } from '../../support/host';
import { errorsOf, h100, idsOf, planOf, warningsOf } from '../../support/plan';

const LMCACHE = connector('LMCacheConnectorV1');
const DEEPSEEK = Model.of('deepseek-ai/DeepSeek-R1');
const memoryOf = (props: Partial<ServingProps>) => inGib(needsOf(props).memory);
const with5 = '8: LMCache (5 GiB, which pinned memory rounds up to 8 GiB)';

describe('the memory of LMCache', () => {
  it.each<[string, Partial<ServingProps>, string[]]>([
    ['is 5 GiB without a size', { engine: LMCACHE }, [with5]],
    [
      'is that of the variable',
      { engine: LMCACHE, env: { LMCACHE_CHUNK_SIZE: '256', LMCACHE_MAX_LOCAL_CPU_SIZE: '5.0' } },
      [with5],
    ],
    [
      'is that of a quoted variable',
      { engine: LMCACHE, env: { LMCACHE_MAX_LOCAL_CPU_SIZE: '"64"' } },
      ['64: LMCache (64 GiB)'],
    ],
    [
      'is the default where the variable is no number',
      { engine: LMCACHE, env: { LMCACHE_MAX_LOCAL_CPU_SIZE: 'many' } },
      [with5],
    ],
    [
      'is not rounded at a power of two',
      { engine: LMCACHE, env: { LMCACHE_MAX_LOCAL_CPU_SIZE: '16' } },
      ['16: LMCache (16 GiB)'],
    ],
    [
      'is that of the connector, which wins over the variable',
      {
        engine: connector('LMCacheConnectorV1', { 'lmcache.max_local_cpu_size': 32 }),
        env: { LMCACHE_MAX_LOCAL_CPU_SIZE: '16' },
      },
      ['32: LMCache (32 GiB)'],
    ],
    [
      'is taken once for each tensor rank',
      {
        engine: { ...LMCACHE, tensorParallelSize: 4 },
        accelerator: h100(4),
        env: { LMCACHE_MAX_LOCAL_CPU_SIZE: '60' },
      },
      ['256: LMCache (60 GiB for each of 4 ranks, which pinned memory rounds up to 64 GiB)'],
    ],
    [
      'is taken once for each data-parallel rank too',
      { engine: { ...LMCACHE, dataParallelSize: 2 }, accelerator: h100(2), env: { LMCACHE_MAX_LOCAL_CPU_SIZE: '16' } },
      ['32: LMCache (16 GiB for each of 2 ranks)'],
    ],
    [
      'is taken by the first rank only for multi-head latent attention',
      {
        model: DEEPSEEK,
        engine: { ...LMCACHE, tensorParallelSize: 8 },
        accelerator: h100(8),
        env: { LMCACHE_MAX_LOCAL_CPU_SIZE: '512' },
      },
      ['512: LMCache (512 GiB)'],
    ],
    [
      'is a staging buffer where the CPU cache is off',
      { engine: LMCACHE, env: { LMCACHE_LOCAL_CPU: 'False', LMCACHE_MAX_LOCAL_CPU_SIZE: '2' } },
      ['2: LMCache (2 GiB)'],
    ],
    [
      'is none where it only sends blocks to other pods',
      { engine: LMCACHE, env: { LMCACHE_LOCAL_CPU: 'False', LMCACHE_ENABLE_PD: 'True' } },
      [],
    ],
    ['is none at a size of 0', { engine: LMCACHE, env: { LMCACHE_MAX_LOCAL_CPU_SIZE: '0' } }, []],
    ['is none without its connector', { env: { LMCACHE_MAX_LOCAL_CPU_SIZE: '20' } }, []],
    [
      'is none in the pod with its server',
      { engine: connector('LMCacheMPConnector', { 'lmcache.mp.port': 6555 }) },
      [],
    ],
    [
      'counts as a child of MultiConnector',
      {
        engine: connector('MultiConnector', {
          connectors: [
            { kv_connector: 'NixlConnector', kv_role: 'kv_both' },
            { kv_connector: 'LMCacheConnectorV1', kv_role: 'kv_both' },
          ],
        }),
      },
      [with5],
    ],
    [
      'counts with the connector from its own package',
      { engine: connector('LMCacheConnectorV1Dynamic'), env: { LMCACHE_MAX_LOCAL_CPU_SIZE: '8' } },
      ['8: LMCache (8 GiB)'],
    ],
  ])('%s', (_, props, expected) => {
    expect(memoryOf(props)).toEqual(expected);
  });

  it('is in the memory limit, with its reason', () => {
    const { memoryLimit } = planOf({ engine: LMCACHE, env: { LMCACHE_MAX_LOCAL_CPU_SIZE: '20' } }).resources;
    expect(memoryLimit).toEqual({
      value: 57 * 1024,
      reason:
        '15 GiB weights, 2 GiB /dev/shm, 8 GiB for the processes, 32 GiB LMCache (20 GiB, which pinned memory rounds up to 32 GiB)',
    });
  });

  it('grows with use where it is allocated lazily', () => {
    const env = { LMCACHE_MAX_LOCAL_CPU_SIZE: '16' };
    expect(needsOf({ engine: LMCACHE, env }).memory[0]?.atStart).toBe(16 * 1024);
    const lazy = { ...env, LMCACHE_ENABLE_LAZY_MEMORY_ALLOCATOR: 'true' };
    expect(needsOf({ engine: LMCACHE, env: lazy }).memory[0]?.atStart).toBe(0);
  });
});

describe('a file with the settings of LMCache', () => {
  const env = { LMCACHE_CONFIG_FILE: '/config/lmcache.yaml' };

  it('warns about a size that only the pod reads, and asks for it', () => {
    expect(warningsOf({ engine: LMCACHE, env })).toEqual([
      'env.LMCACHE_CONFIG_FILE: is a file that only the pod reads: the memory limit has 5 GiB for each rank, which is LMCache’s default; set env.LMCACHE_MAX_LOCAL_CPU_SIZE to the max_local_cpu_size of the file, and with a disk also LMCACHE_LOCAL_DISK and LMCACHE_MAX_LOCAL_DISK_SIZE: variables win over the file [lmcache-size-unknown]',
    ]);
  });

  it.each<[string, Partial<ServingProps>]>([
    ['a variable has the size', { engine: LMCACHE, env: { ...env, LMCACHE_MAX_LOCAL_CPU_SIZE: '20' } }],
    [
      'the connector has the size',
      { engine: connector('LMCacheConnectorV1', { 'lmcache.max_local_cpu_size': 20 }), env },
    ],
    ['no engine reads it', { env }],
    ['the server of LMCache has the memory', { engine: connector('LMCacheMPConnector'), env }],
  ])('has no warning where %s', (_, props) => {
    expect(idsOf(props)).not.toContain('lmcache-size-unknown');
  });
});

describe('a size of LMCache', () => {
  it('warns about one with a unit, which LMCache ignores', () => {
    expect(warningsOf({ engine: LMCACHE, env: { LMCACHE_MAX_LOCAL_CPU_SIZE: '100GB' } })).toEqual([
      'env.LMCACHE_MAX_LOCAL_CPU_SIZE: is "100GB", which is no number: LMCache ignores it and uses 5 GiB; set a number of GiB without a unit, such as "100" [lmcache-size-unread]',
    ]);
  });

  it.each<[string, Partial<ServingProps>]>([
    [
      'is a number',
      { engine: LMCACHE, env: { LMCACHE_MAX_LOCAL_CPU_SIZE: '100', LMCACHE_MAX_LOCAL_DISK_SIZE: '0.5' } },
    ],
    ['is another variable', { engine: LMCACHE, env: { LMCACHE_MAX_LOCAL_CPU_SIZE: '$(SIZE)', SIZE: '3' } }],
    ['is not read', { env: { LMCACHE_MAX_LOCAL_CPU_SIZE: '100GB' } }],
  ])('has no warning where it %s', (_, props) => {
    expect(idsOf(props)).not.toContain('lmcache-size-unread');
  });
});

describe('the disk of LMCache', () => {
  const disk = (path: string, size = '50') => ({ LMCACHE_LOCAL_DISK: path, LMCACHE_MAX_LOCAL_DISK_SIZE: size });
  const foldersOf = (props: Partial<ServingProps>) =>
    needsOf({ engine: LMCACHE, ...props }).folders.map(({ path, mib, mount }) => [path, (mib ?? 0) / 1024, mount]);

  it.each<[string, Partial<ServingProps>, unknown[]]>([
    ['in the volume of caches', { env: disk('/cache/lmcache') }, [['/cache/lmcache', 50, '/cache']]],
    ['as a URL', { env: disk('file:///tmp/lmcache/', '10') }, [['/tmp/lmcache', 10, '/tmp']]],
    ['in no volume', { env: disk('/mnt/nvme/lmcache') }, [['/mnt/nvme/lmcache', 50, undefined]]],
    ['without a size', { env: { LMCACHE_LOCAL_DISK: '/cache/l' } }, [['/cache/l', 0, '/cache']]],
    [
      'for each of two ranks',
      { engine: { ...LMCACHE, tensorParallelSize: 2 }, accelerator: h100(2), env: disk('/cache/l') },
      [['/cache/l', 100, '/cache']],
    ],
    [
      'on two disks, a rank each',
      { engine: { ...LMCACHE, tensorParallelSize: 2 }, accelerator: h100(2), env: disk('/cache/a,/cache/b') },
      [
        ['/cache/a', 50, '/cache'],
        ['/cache/b', 50, '/cache'],
      ],
    ],
    ['turned off', { env: { LMCACHE_LOCAL_DISK: 'False' } }, []],
  ])('%s', (_, props, expected) => {
    expect(foldersOf(props)).toEqual(expected);
  });

  it('makes the volume of caches and the request larger', () => {
    const { cache, ephemeralStorage } = planOf({ engine: LMCACHE, env: disk('/cache/lmcache') }).resources;
    expect(cache).toEqual({ value: 60 * 1024, reason: '10 GiB for compile caches, 50 GiB LMCache' });
    expect(ephemeralStorage).toEqual({
      value: 83 * 1024,
      reason: 'caches and temporary files, 50 GiB LMCache, 19 GiB for the download',
    });
  });

  it('makes the volume of temporary files larger', () => {
    expect(planOf({ engine: LMCACHE, env: disk('/tmp/lmcache') }).resources.tmp.value).toBe(54 * 1024);
  });

  it('may be in /dev/shm, which grows with it', () => {
    const { sharedMemory, ephemeralStorage } = planOf({
      engine: LMCACHE,
      env: disk('/dev/shm/lmcache', '10'),
    }).resources;
    expect(sharedMemory.reason).toBe('2 GiB for the processes, 10 GiB LMCache');
    expect(ephemeralStorage.value).toBe(33 * 1024);
  });

  it('is in the volume of a pod’s own download too', () => {
    const props = { engine: LMCACHE, env: disk('/models/lmcache') };
    expect(planOf(props).resources.download?.reason).toBe('1.25 times 15 GiB weights, 50 GiB written by LMCache');
    const weights = Weights.fromHub({ cacheClaim: 'models' });
    expect(planOf({ ...props, weights }).resources.ephemeralStorage.value).toBe(14 * 1024);
  });
});

it('accepts the first command of LMCache’s documentation', () => {
  const env = { LMCACHE_CHUNK_SIZE: '8', LMCACHE_LOCAL_CPU: 'True', LMCACHE_MAX_LOCAL_CPU_SIZE: '5.0' };
  expect(errorsOf({ engine: LMCACHE, env })).toEqual([]);
});
