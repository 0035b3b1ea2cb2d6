import { Size } from 'cdk8s';
import type { VllmInferenceStackProps } from '../../../lib';
import { ExtraVolume, Weights } from '../../../lib';
import { findingLine } from '../../../lib/preflight/finding';
import { connector } from '../../support/host';
import { containerWith, podWith, refusalOf, stackWith } from '../../support/stack';

const lmcache = (path: string, size = '50') => ({
  engine: connector('LMCacheConnectorV1'),
  env: { LMCACHE_LOCAL_DISK: path, LMCACHE_MAX_LOCAL_DISK_SIZE: size },
});
const engineWith = (fields: object) => ({
  podTemplateOverrides: { spec: { containers: [{ name: 'vllm', ...fields }] } },
});

const found = (props: Partial<VllmInferenceStackProps>): string[] =>
  stackWith(props)
    .findings.filter(({ id }) => id.startsWith('folder-'))
    .map(findingLine);

describe('a folder that the engine writes to', () => {
  it('refuses one of the image, with a volume to add', () => {
    expect(refusalOf(lmcache('/mnt/nvme'))).toContain(
      'env.LMCACHE_LOCAL_DISK: is /mnt/nvme, where LMCache writes, but the root file system is read-only; add ExtraVolume.empty("nvme", "/mnt/nvme", { sizeLimit: Size.gibibytes(50) }) in extraVolumes, or use a folder in /cache [folder-not-writable]',
    );
  });

  it.each<[string, Partial<VllmInferenceStackProps>]>([
    ['in the image, relative', lmcache('lmcache/disk')],
    [
      'beside a volume with a similar name',
      { ...lmcache('/cache2'), extraVolumes: [ExtraVolume.empty('cache2b', '/cache2b')] },
    ],
    [
      'in a claim, which is read-only',
      { ...lmcache('/data/kv'), extraVolumes: [ExtraVolume.fromClaim('data', '/data')] },
    ],
    ['in a ConfigMap', { ...lmcache('/config'), extraVolumes: [ExtraVolume.fromConfigMap('config', '/config')] }],
    [
      'in the volume that holds the weights',
      { ...lmcache('/models/kv'), weights: Weights.fromVolume({ claim: 'models' }) },
    ],
    [
      'in a read-only mount',
      { ...lmcache('/data'), ...engineWith({ volumeMounts: [{ name: 'd', mountPath: '/data', readOnly: true }] }) },
    ],
    ['for the download', { env: { HF_HUB_CACHE: '/data' } }],
    ['for the compile cache', { env: { VLLM_CACHE_ROOT: '/opt/vllm' } }],
    ['for ModelScope', { env: { VLLM_USE_MODELSCOPE: 'True', MODELSCOPE_CACHE: '/opt/modelscope' } }],
    [
      'for a tier of offloading',
      {
        engine: connector('OffloadingConnector', {
          cpu_bytes_to_use: 1e9,
          secondary_tiers: [{ type: 'fs', root_dir: '/kv' }],
        }),
      },
    ],
    ['for profiles', { extraArgs: ['--profiler-config={"profiler":"torch","torch_profiler_dir":"/profiles"}'] }],
    [
      'for profiles, relative',
      { extraArgs: ['--profiler-config={"profiler":"torch","torch_profiler_dir":"./traces"}'] },
    ],
    ['for compiled graphs in JSON', { engine: { compilationConfig: { cache_dir: '/compiled' } } }],
    ['for compiled graphs behind a dot', { extraArgs: ['--compilation-config.debug_dump_path=/dump'] }],
    ['for Triton', { env: { TRITON_CACHE_DIR: '/opt/triton' } }],
    ['for the compiler of PyTorch', { env: { TORCHINDUCTOR_CACHE_DIR: '/root/.cache/inductor' } }],
    ['for FlashInfer', { env: { FLASHINFER_WORKSPACE_BASE: '/home/vllm' } }],
    ['for the log of NCCL', { env: { NCCL_DEBUG_FILE: '/var/log/nccl.%h.%p' } }],
    ['for temporary files', { env: { TMPDIR: '/scratch' } }],
    ['for code of the model', { env: { HF_MODULES_CACHE: '/opt/modules' } }],
    ['for sockets', { env: { VLLM_RPC_BASE_PATH: '/run/vllm' } }],
    ['for dumps', { env: { VLLM_DEBUG_DUMP_PATH: '/data/dump' }, extraVolumes: [ExtraVolume.fromClaim('d', '/data')] }],
    ['for blocks of a connector', { engine: connector('ExampleConnector', { shared_storage_path: '/kv' }) }],
  ])('refuses one %s', (_, props) => {
    expect(refusalOf(props)).toContain('[folder-not-writable]');
  });

  it.each<[string, Partial<VllmInferenceStackProps>]>([
    ['in the volume of caches', lmcache('/cache/lmcache')],
    ['in the volume of temporary files', lmcache('file:///tmp/lmcache/')],
    ['in the volume of a download', lmcache('/models/lmcache')],
    [
      'in a claim that keeps the download',
      { ...lmcache('/models/lmcache'), weights: Weights.fromHub({ cacheClaim: 'models' }) },
    ],
    [
      'in a volume without a limit',
      { ...lmcache('/mnt/nvme/kv'), extraVolumes: [ExtraVolume.empty('nvme', '/mnt/nvme')] },
    ],
    [
      'in a volume of its size',
      { ...lmcache('/kv'), extraVolumes: [ExtraVolume.empty('kv', '/kv', { sizeLimit: Size.gibibytes(50) })] },
    ],
    [
      'in a volume below that of caches',
      { ...lmcache('/cache/kv'), extraVolumes: [ExtraVolume.empty('kv', '/cache/kv')] },
    ],
    [
      'in a mount of the overrides',
      { ...lmcache('/data/kv'), ...engineWith({ volumeMounts: [{ name: 'd', mountPath: '/data' }] }) },
    ],
    [
      'of a root file system that is writable',
      { ...lmcache('/data/kv'), ...engineWith({ securityContext: { readOnlyRootFilesystem: false } }) },
    ],
    ['whose path only the container knows', lmcache('$(HOME)/lmcache/')],
    [
      'for profiles in object storage',
      { extraArgs: ['--profiler-config={"profiler":"torch","torch_profiler_dir":"gs://b/traces"}'] },
    ],
    [
      'for profiles in a volume',
      {
        extraArgs: ['--profiler-config={"profiler":"torch","torch_profiler_dir":"/profiles/a"}'],
        extraVolumes: [ExtraVolume.empty('profiles', '/profiles')],
      },
    ],
    [
      'for temporary files in a volume',
      { env: { TMPDIR: '/scratch' }, extraVolumes: [ExtraVolume.empty('s', '/scratch')] },
    ],
    ['for Triton in the volume of caches', { env: { TRITON_CACHE_DIR: '/cache/triton' } }],
    ['for the log of NCCL among temporary files', { env: { NCCL_DEBUG_FILE: '/tmp/nccl.%h.log' } }],
    ['for a download below the weights', { env: { HF_HUB_CACHE: '/models/hub' } }],
    ['for the compile cache', { env: { VLLM_CACHE_ROOT: '/cache/compiled' } }],
    ['for ModelScope, which is not set', { env: { VLLM_USE_MODELSCOPE: 'True' } }],
    ['for ModelScope, which is not used', { env: { MODELSCOPE_CACHE: '/somewhere' } }],
  ])('accepts one %s', (_, props) => {
    expect(found(props)).toEqual([]);
  });

  it('refuses a variable that no shell replaces', () => {
    expect(refusalOf(lmcache('$HOME/lmcache'))).toContain(
      'env.LMCACHE_LOCAL_DISK: is $HOME/lmcache, where LMCache writes, and no shell replaces the variable: Kubernetes replaces $(NAME) only; give a path that begins with "/" [path-form]',
    );
  });

  it('warns about a volume that is smaller than what is written', () => {
    const extraVolumes = [ExtraVolume.empty('kv', '/kv', { sizeLimit: Size.gibibytes(20) })];
    expect(found({ ...lmcache('/kv/lmcache'), extraVolumes })).toEqual([
      'env.LMCACHE_LOCAL_DISK: is /kv/lmcache, where LMCache may write 50 GiB, but the volume at /kv has 20 GiB: the kubelet evicts a pod that exceeds it; set its sizeLimit to Size.gibibytes(50) or more [folder-too-small]',
    ]);
  });

  it('warns about a volume that is smaller than the download', () => {
    const extraVolumes = [ExtraVolume.empty('data', '/data', { sizeLimit: Size.gibibytes(10) })];
    expect(found({ env: { HF_HUB_CACHE: '/data' }, extraVolumes })).toEqual([
      expect.stringMatching(/^env\.HF_HUB_CACHE: .* may write 19 GiB, .* has 10 GiB.*\[folder-too-small\]$/),
    ]);
  });
});

describe('the volumes of a pod', () => {
  const limits = (props: Partial<VllmInferenceStackProps>) =>
    Object.fromEntries(
      (podWith(props).volumes as { name: string; emptyDir?: { sizeLimit?: string } }[]).map(({ name, emptyDir }) => [
        name,
        emptyDir?.sizeLimit,
      ]),
    );

  it('have room for what is written to them', () => {
    expect(limits(lmcache('/cache/lmcache'))).toMatchObject({ cache: '60Gi', tmp: '4Gi', shm: '2Gi', models: '19Gi' });
    expect(limits({ engine: { kvOffloadingSize: Size.gibibytes(16) } })).toMatchObject({ shm: '18Gi' });
  });

  it('do not count a folder for which another volume is mounted deeper', () => {
    const extraVolumes = [ExtraVolume.empty('kv', '/cache/kv')];
    expect(limits({ ...lmcache('/cache/kv'), extraVolumes })).toMatchObject({ cache: '10Gi', kv: undefined });
  });

  it('of the user count in the disk request', () => {
    const request = (props: Partial<VllmInferenceStackProps>): unknown =>
      containerWith(props).resources.requests['ephemeral-storage'];
    const extraVolumes = [ExtraVolume.empty('kv', '/kv')];
    expect(request({ ...lmcache('/kv/lmcache'), extraVolumes })).toBe('83Gi');
    expect(request({ ...lmcache('/kv/lmcache'), extraVolumes, weights: Weights.fromVolume({ claim: 'm' }) })).toBe(
      '64Gi',
    );
  });

  it('have no limit for a download of unknown size', () => {
    const speculativeConfig = { method: 'eagle3', model: 'a/eagle', num_speculative_tokens: 3 };
    expect(limits({ engine: { speculativeConfig } })).toMatchObject({ models: undefined });
  });
});
