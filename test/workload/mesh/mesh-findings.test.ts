import { Mesh } from '../../../lib';
import type { VllmInferenceStackProps } from '../../../lib';
import { findingLine } from '../../../lib/preflight/finding';
import { refusalOf, stackWith, WITH_TLS } from '../../support/stack';

const NATIVE = Mesh.istioSidecar();
const CLASSIC = Mesh.istioSidecar({ native: false });
const AMBIENT = Mesh.istioAmbient();

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const linesOf = (props: Partial<VllmInferenceStackProps>): string[] =>
  stackWith(props)
    .findings.filter(({ id }) => id.startsWith('mesh'))
    .map(findingLine);
const idsOf = (props: Partial<VllmInferenceStackProps>): string[] =>
  stackWith(props)
    .findings.map(({ id }) => id)
    .filter((id) => id.startsWith('mesh'));

describe('refuses', () => {
  const inject = { 'sidecar.istio.io/inject': 'true' };
  const container = (more: object) => ({ name: 'log', image: 'busybox:1.37', ...more });

  test.each<[what: string, props: object, message: string]>([
    ['a mesh that is a word', { mesh: 'istio' }, 'mesh: is "istio"; give a Mesh, for example Mesh.istioAmbient()'],
    [
      'the label of the sidecar',
      { mesh: NATIVE, podLabels: inject },
      'podLabels.sidecar.istio.io/inject: is "true", but mesh decides this label; remove it, or remove mesh',
    ],
    [
      'the label of the other mode',
      { mesh: NATIVE, labels: { 'istio.io/dataplane-mode': 'ambient' } },
      'labels.istio.io/dataplane-mode: is "ambient", but mesh decides this label',
    ],
    [
      'an annotation of the sidecar on an ambient stack',
      { mesh: AMBIENT, podAnnotations: { 'sidecar.istio.io/nativeSidecar': 'true' } },
      'podAnnotations.sidecar.istio.io/nativeSidecar: is "true", but mesh decides this annotation',
    ],
    [
      'another annotation for injection',
      { mesh: NATIVE, annotations: inject },
      'annotations.sidecar.istio.io/inject: is "true", but mesh decides this annotation',
    ],
    [
      'another configuration of a classic sidecar',
      { mesh: CLASSIC, podAnnotations: { 'proxy.istio.io/config': 'concurrency: 2' } },
      'podAnnotations.proxy.istio.io/config: is "concurrency: 2", but mesh decides this annotation',
    ],
    [
      'a label from the overrides',
      { mesh: AMBIENT, podTemplateOverrides: { metadata: { labels: { 'istio.io/dataplane-mode': 'none' } } } },
      'podTemplateOverrides.metadata.labels.istio.io/dataplane-mode: is "none", but mesh decides this label',
    ],
    [
      'a pod in the network of its node',
      { mesh: AMBIENT, podTemplateOverrides: { spec: { hostNetwork: true } } },
      'podTemplateOverrides.spec.hostNetwork: is true: Istio does not add a pod in the network of its node to the mesh; remove it, or remove mesh',
    ],
    [
      'a pod with the user of the sidecar',
      { mesh: NATIVE, podTemplateOverrides: { spec: { securityContext: { runAsUser: 1337 } } } },
      'podTemplateOverrides.spec.securityContext.runAsUser: is 1337, the user of the sidecar: its traffic bypasses the mesh; use another user',
    ],
    [
      'a container with the user of the sidecar',
      {
        mesh: CLASSIC,
        podTemplateOverrides: { spec: { containers: [container({ securityContext: { runAsUser: 1337 } })] } },
      },
      'podTemplateOverrides.spec.containers[0].securityContext.runAsUser: is 1337, the user',
    ],
    [
      'a guaranteed pod with the usual resources of the sidecar',
      { mesh: NATIVE, resources: { guaranteed: true } },
      'set equal podAnnotations sidecar.istio.io/proxyCPU and sidecar.istio.io/proxyCPULimit, sidecar.istio.io/proxyMemory and sidecar.istio.io/proxyMemoryLimit, or use Mesh.istioAmbient()',
    ],
    [
      'a guaranteed pod whose sidecar has another limit than request',
      {
        mesh: NATIVE,
        resources: { guaranteed: true },
        podAnnotations: {
          'sidecar.istio.io/proxyCPU': '1',
          'sidecar.istio.io/proxyCPULimit': '1000m',
          'sidecar.istio.io/proxyMemory': '128Mi',
          'sidecar.istio.io/proxyMemoryLimit': '1Gi',
        },
      },
      'set equal podAnnotations sidecar.istio.io/proxyMemory and sidecar.istio.io/proxyMemoryLimit, or use',
    ],
    [
      'a guaranteed pod whose sidecar has no limit',
      {
        mesh: NATIVE,
        resources: { guaranteed: true },
        podAnnotations: {
          'sidecar.istio.io/proxyCPU': '0',
          'sidecar.istio.io/proxyCPULimit': '0',
          'sidecar.istio.io/proxyMemory': '128Mi',
          'sidecar.istio.io/proxyMemoryLimit': '128Mi',
        },
      },
      'set equal podAnnotations sidecar.istio.io/proxyCPU and sidecar.istio.io/proxyCPULimit, or use',
    ],
  ])('%s', (_, props, message) => {
    expect(refusalOf(props)).toContain(message);
  });

  test('an unknown option of a sidecar, and one of another type', () => {
    const sidecar = (options: object) => () => Mesh.istioSidecar(options);
    expect(sidecar({ natve: true })).toThrow('natve');
    expect(sidecar({ native: 'yes' })).toThrow('native: is "yes"; give true or false');
  });

  test('several conflicts in one message', () => {
    const podLabels = { 'sidecar.istio.io/inject': 'false', 'istio.io/dataplane-mode': 'ambient' };
    const message = refusalOf({ mesh: NATIVE, podLabels, podTemplateOverrides: { spec: { hostNetwork: true } } });
    expect(message.match(/\[mesh-(metadata|host-network)\]/g)).toHaveLength(3);
  });
});

describe('accepts', () => {
  test.each<[what: string, props: Partial<VllmInferenceStackProps>, ids: string[]]>([
    ['a native sidecar', { mesh: NATIVE }, ['mesh-pod-security', 'mesh-strict-mtls']],
    ['a classic sidecar', { mesh: CLASSIC }, ['mesh-pod-security', 'mesh-strict-mtls']],
    ['an ambient stack', { mesh: AMBIENT }, ['mesh-strict-mtls']],
    ['a guaranteed ambient stack', { mesh: AMBIENT, resources: { guaranteed: true } }, ['mesh-strict-mtls']],
    [
      'the user of the sidecar on an ambient stack',
      { mesh: AMBIENT, podTemplateOverrides: { spec: { securityContext: { runAsUser: 1337 } } } },
      ['mesh-strict-mtls'],
    ],
    [
      'a guaranteed stack whose sidecar has equal requests and limits',
      {
        mesh: NATIVE,
        resources: { guaranteed: true },
        podAnnotations: {
          'sidecar.istio.io/proxyCPU': '1',
          'sidecar.istio.io/proxyCPULimit': '1000m',
          'sidecar.istio.io/proxyMemory': '512Mi',
          'sidecar.istio.io/proxyMemoryLimit': '0.5Gi',
        },
      },
      ['mesh-pod-security', 'mesh-strict-mtls'],
    ],
    [
      'labels that keep the pods out of a mesh',
      { podLabels: { 'sidecar.istio.io/inject': 'false', 'istio.io/dataplane-mode': 'none' } },
      [],
    ],
    [
      'an init container beside a native sidecar',
      { mesh: NATIVE, podTemplateOverrides: { spec: { initContainers: [{ name: 'a', image: 'busybox:1.37' }] } } },
      ['mesh-pod-security', 'mesh-strict-mtls'],
    ],
    ['TLS of the engine, with a notice', { mesh: AMBIENT, ...WITH_TLS }, ['mesh-strict-mtls', 'mesh-tls-twice']],
  ])('%s', (_, props, ids) => {
    expect(idsOf(props)).toEqual(ids);
  });

  test('an acknowledged plugin', () => {
    const write = jest.mocked(process.stderr.write);
    write.mockClear();
    stackWith({ mesh: NATIVE, acknowledge: { 'mesh-pod-security': 'Istio CNI is installed' } });
    expect(write.mock.calls.join()).not.toContain('mesh');
  });
});

describe('warns about', () => {
  test('Pod Security of an injected sidecar', () => {
    expect(linesOf({ mesh: NATIVE })[0]).toBe(
      'mesh: without the Istio CNI plugin, injection adds a container with NET_ADMIN and NET_RAW, which runs as root: Pod Security "restricted" and "baseline" refuse the pod; acknowledge this finding if the plugin is installed, or use Mesh.istioAmbient() [mesh-pod-security]',
    );
  });

  test('an init container before a classic sidecar', () => {
    const initContainers = [{ name: 'fetch', image: 'busybox:1.37' }];
    expect(linesOf({ mesh: CLASSIC, podTemplateOverrides: { spec: { initContainers } } })).toContainEqual(
      expect.stringContaining('initContainers: "fetch" run before a classic sidecar: with the Istio CNI plugin'),
    );
  });

  test.each<[props: object, line: string]>([
    [{ podLabels: { 'sidecar.istio.io/inject': 'true' } }, 'remove it, and set mesh to Mesh.istioSidecar() instead'],
    [{ labels: { 'istio.io/dataplane-mode': 'ambient' } }, 'remove it, and set mesh to Mesh.istioAmbient() instead'],
    [{ podAnnotations: { 'sidecar.istio.io/inject': 'true' } }, 'remove it, and set mesh to Mesh.istioSidecar()'],
  ])('a mesh that a label sets, case %#', (props, line) => {
    expect(linesOf(props)).toEqual([expect.stringContaining(line)]);
  });
});
