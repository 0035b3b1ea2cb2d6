import type { VllmInferenceStackProps } from '../../../lib';
import { ExtraVolume, Weights } from '../../../lib';
import { findingLine } from '../../../lib/preflight/finding';
import { refusalOf, stackWith } from '../../support/stack';

type Props = Partial<VllmInferenceStackProps>;

const extra = (...extraVolumes: ExtraVolume[]): Props => ({ extraVolumes });
const config = (path: string, name = 'files') => ExtraVolume.fromConfigMap(name, path);
const claim = (path: string, name = 'data') => ExtraVolume.fromClaim(name, path);
const empty = (path: string, name = 'scratch') => ExtraVolume.empty(name, path);

/** A mount of the engine in overrides. */
const override = (mount: object, volume: object): Props => ({
  podTemplateOverrides: {
    spec: {
      containers: [{ name: 'vllm', volumeMounts: [{ name: 'own', ...mount }] }],
      volumes: [{ name: 'own', ...volume }],
    },
  },
});

const PYTHON = '/usr/local/lib/python3.12/dist-packages';

beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

describe('a mount', () => {
  test.each<[title: string, props: Props]>([
    ['over programs', extra(claim('/usr/local'))],
    ['over the programs of vLLM', extra(empty('/usr/local/bin'))],
    ['over libraries', extra(config('/usr/lib'))],
    ['over Python packages', extra(claim(PYTHON))],
    ['of a ConfigMap over vLLM', extra(config(`${PYTHON}/vllm`))],
    ['of nothing over vLLM', extra(empty(`${PYTHON}/vllm`))],
    ['of a ConfigMap over PyTorch', extra(config(`${PYTHON}/torch`))],
    ['over the users of the image', extra(config('/etc/passwd'))],
    ['over the name server', extra(config('/etc/resolv.conf'))],
    ['inside /proc', extra(config('/proc/files'))],
    ['of overrides over programs', override({ mountPath: '/usr/bin' }, { emptyDir: {} })],
  ])('refuses one %s', (_, props) => {
    expect(refusalOf(props)).toContain('[mount-hides-image]');
  });

  test('refuses one over files of the image with what happens', () => {
    expect(refusalOf(extra(claim('/usr/local')))).toContain(
      'extraVolumes[0]: mounts the volume claim "data" at /usr/local, which hides files of the image: the engine does not start; mount it somewhere else, for example at "/data" [mount-hides-image]',
    );
  });

  test.each<[title: string, props: Props]>([
    ['of a claim over the caches', extra(claim('/cache/.cache'))],
    ['of a claim over compiled graphs', extra(claim('/cache/.cache/vllm'))],
    ['of a ConfigMap over Triton’s cache', extra(config('/cache/.triton'))],
    [
      'of overrides over compiled graphs',
      override({ mountPath: '/cache/.cache/vllm', readOnly: true }, { persistentVolumeClaim: { claimName: 'a' } }),
    ],
  ])('refuses a read-only one %s', (_, props) => {
    expect(refusalOf(props)).toContain('[mount-of-caches]');
  });

  test('warns about one inside a claim, with both volumes', () => {
    const { findings } = stackWith(extra(claim('/data'), config('/data/files')));
    expect(findings.filter(({ id }) => id.startsWith('mount-')).map(findingLine)).toEqual([
      'extraVolumes[1]: mounts the ConfigMap "files" at /data/files, inside the volume claim "data" at /data, which is read-only: without that folder in it, the pod does not start; mount them beside each other, or acknowledge this if it has the folder [mount-inside-read-only]',
    ]);
  });

  test('warns about one inside a claim of overrides', () => {
    const data = override({ mountPath: '/own', readOnly: true }, { persistentVolumeClaim: { claimName: 'own' } });
    expect(stackWith({ ...data, ...extra(config('/own/a')) }).findings.map(({ id }) => id)).toContain(
      'mount-inside-read-only',
    );
  });

  test.each<[title: string, props: Props]>([
    ['over tuned kernels of vLLM', extra(config(`${PYTHON}/vllm/model_executor/layers/fused_moe/configs`))],
    ['of a claim with another vLLM', extra(claim(`${PYTHON}/vllm`))],
    [
      'of a single file of vLLM',
      override({ mountPath: `${PYTHON}/vllm/envs.py`, subPath: 'envs.py' }, { configMap: { name: 'a' } }),
    ],
    [
      'of a single file of the system',
      override({ mountPath: '/etc/passwd', subPath: 'passwd' }, { configMap: { name: 'a' } }),
    ],
    ['with certificates of authorities', extra(config('/etc/ssl/certs'))],
    ['below a folder of the system', extra(config('/etc/vllm'))],
    [
      'with the libraries of a driver',
      override({ mountPath: '/usr/local/nvidia' }, { hostPath: { path: '/home/kubernetes/bin/nvidia' } }),
    ],
    ['over the examples of the image', extra(config('/vllm-workspace/examples'))],
    ['inside temporary files', extra(empty('/tmp/work'))],
    ['of a claim beside the caches', extra(claim('/cache/.cache/huggingface'))],
    ['of nothing over compiled graphs', extra(empty('/cache/.cache/vllm'))],
    [
      'over caches that are elsewhere',
      { ...extra(claim('/cache/.cache/vllm')), env: { VLLM_CACHE_ROOT: '/cache/graphs' } },
    ],
    ['over caches that are not written', { ...extra(claim('/cache/.cache/vllm')), engine: { enforceEager: true } }],
    ['inside a ConfigMap, where the kubelet makes the folder', extra(config('/files'), config('/files/more', 'more'))],
    ['inside a Secret', extra(ExtraVolume.fromSecret('tls', '/tls'), claim('/tls/ca'))],
    ['inside an empty volume', extra(empty('/work'), config('/work/files'))],
    ['beside the weights', { ...extra(claim('/adapters')), weights: Weights.fromVolume({ claim: 'models' }) }],
  ])('accepts one %s', (_, props) => {
    const { findings } = stackWith(props);
    expect(findings.filter(({ id }) => id.startsWith('mount-'))).toEqual([]);
  });
});

describe('a mount where the stack has a volume', () => {
  it.each<[what: string, volume: ExtraVolume, fix: string]>([
    ['shared memory', ExtraVolume.empty('shm', '/dev/shm'), 'remove it: resources.sharedMemory sets the size'],
    ['the weights', ExtraVolume.fromClaim('weights', '/models'), 'use another path, or set weights instead'],
    ['caches', ExtraVolume.fromConfigMap('cache', '/cache'), 'use another path'],
  ])('is refused once for %s', (_what, volume, fix) => {
    const message = refusalOf({ extraVolumes: [volume], env: { VLLM_CACHE_ROOT: '/cache' } });
    expect(message).toContain('has 1 problem');
    expect(message).toContain(`but another volume is already mounted there; ${fix}`);
  });
});
