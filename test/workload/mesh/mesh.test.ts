import { Duration } from 'cdk8s';
import { Mesh, Tracing, VllmVersion } from '../../../lib';
import type { VllmInferenceStackProps } from '../../../lib';
import { find, manifestsWith, podWith } from '../../support/stack';
import { anotherCopy } from '../../support/another-copy';

type Props = Partial<VllmInferenceStackProps>;

const NATIVE = Mesh.istioSidecar();
const CLASSIC = Mesh.istioSidecar({ native: false });
const AMBIENT = Mesh.istioAmbient();

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const metadataOf = (props: Props) => find(manifestsWith(props), 'Deployment').spec.template.metadata;
const configOf = (props: Props): string => metadataOf({ mesh: CLASSIC, ...props }).annotations['proxy.istio.io/config'];

describe('the pods of a stack', () => {
  test('have no label of a mesh by default', () => {
    const { labels, annotations } = metadataOf({});
    expect(Object.keys({ ...labels, ...annotations }).filter((key) => key.includes('istio'))).toEqual([]);
  });

  test('have a native sidecar, whatever the default of the mesh is', () => {
    const { labels, annotations } = metadataOf({ mesh: NATIVE });
    expect(labels).toMatchObject({ app: 'vllm', 'sidecar.istio.io/inject': 'true' });
    expect(annotations).toEqual({ 'sidecar.istio.io/nativeSidecar': 'true' });
  });

  test('have a classic sidecar that starts before the engine and stays while it drains', () => {
    const { labels, annotations } = metadataOf({ mesh: CLASSIC });
    expect(labels).toMatchObject({ 'sidecar.istio.io/inject': 'true' });
    expect(annotations).toEqual({
      'sidecar.istio.io/nativeSidecar': 'false',
      'proxy.istio.io/config':
        'drainDuration: 15s\nholdApplicationUntilProxyStarts: true\nterminationDrainDuration: 135s\n',
    });
  });

  test('are ambient, and never get a sidecar from their namespace', () => {
    const { labels, annotations } = metadataOf({ mesh: AMBIENT });
    expect(labels).toMatchObject({ 'istio.io/dataplane-mode': 'ambient', 'sidecar.istio.io/inject': 'false' });
    expect(annotations).toBeUndefined();
  });

  test('keep the labels and annotations that the user adds', () => {
    const { labels, annotations } = metadataOf({
      mesh: NATIVE,
      podLabels: { 'istio.io/rev': 'canary' },
      podAnnotations: { 'proxy.istio.io/config': 'concurrency: 2', 'sidecar.istio.io/proxyCPU': '500m' },
    });
    expect(labels).toMatchObject({ 'istio.io/rev': 'canary', 'sidecar.istio.io/inject': 'true' });
    expect(annotations).toMatchObject({
      'proxy.istio.io/config': 'concurrency: 2',
      'sidecar.istio.io/proxyCPU': '500m',
      'sidecar.istio.io/nativeSidecar': 'true',
    });
  });

  test('accept a mesh of another copy of the package', () => {
    expect(metadataOf({ mesh: anotherCopy().Mesh.istioAmbient() }).labels).toHaveProperty(['istio.io/dataplane-mode']);
  });

  test.each([NATIVE, CLASSIC, AMBIENT])('have the containers and probes of a stack without a mesh, case %#', (mesh) => {
    expect(podWith({ mesh })).toEqual(podWith());
  });
});

test('labels of a mesh are only on the pods', () => {
  const others = manifestsWith({ mesh: AMBIENT }).map(({ metadata }) => metadata);
  expect(JSON.stringify(others)).not.toContain('istio');
});

describe('a stack in a mesh still drains', () => {
  const seconds = Duration.seconds;
  const setups: [what: string, props: Props][] = [
    ['the defaults', {}],
    ['long answers', { lifecycle: { drainTimeout: Duration.minutes(30) } }],
    ['no drain', { lifecycle: { drainTimeout: seconds(0) } }],
    ['no wait and no drain', { lifecycle: { preStopDelay: seconds(0), drainTimeout: seconds(0) } }],
    ['a long wait before SIGTERM', { lifecycle: { preStopDelay: seconds(90) } }],
    ['a longer grace period', { lifecycle: { terminationGracePeriod: seconds(900) } }],
    ['the shortest grace period', { lifecycle: { terminationGracePeriod: seconds(155) } }],
    ['tracing', { tracing: Tracing.otlp({ endpoint: 'http://otel:4317' }) }],
    ['an engine that cannot drain', { vllmVersion: VllmVersion.of('0.17.1') }],
    ['several API servers', { engine: { apiServerCount: 4 } }],
  ];

  /** Seconds of a pod, read from its manifest. */
  function timesOf(props: Props) {
    const pod = podWith({ mesh: CLASSIC, ...props });
    const [{ lifecycle, args }] = pod.containers;
    const flag = (args as string[]).find((each) => each.startsWith('--shutdown-timeout='));
    return {
      wait: Number(lifecycle?.preStop.exec.command[1] ?? 0),
      drain: Number(flag?.split('=')[1] ?? 0),
      grace: pod.terminationGracePeriodSeconds as number,
      proxy: Number(/^terminationDrainDuration: (\d+)s$/m.exec(configOf(props))?.[1]),
      accepts: Number(/^drainDuration: (\d+)s$/m.exec(configOf(props))?.[1]),
    };
  }

  test.each(setups)('a classic sidecar outlives the last answer, with %s', (_, props) => {
    const { wait, drain, proxy } = timesOf(props);
    expect(proxy).toBeGreaterThanOrEqual(wait + drain);
  });

  test.each(setups)('Kubernetes kills the pod after a classic sidecar has ended, with %s', (_, props) => {
    const { grace, proxy } = timesOf(props);
    expect(grace).toBeGreaterThan(proxy);
  });

  test.each(setups)('a classic sidecar accepts new connections while the engine answers, with %s', (_, props) => {
    const { wait, accepts } = timesOf(props);
    expect(accepts).toBe(Math.max(wait, 1));
  });

  test('a classic sidecar stays for the spans of the last answers', () => {
    const { wait, drain, proxy } = timesOf({ tracing: Tracing.otlp({ endpoint: 'http://otel:4317' }) });
    expect(proxy).toBe(wait + drain + 10);
  });

  test('a classic sidecar never stays shorter than by default', () => {
    expect(timesOf({ lifecycle: { preStopDelay: seconds(0), drainTimeout: seconds(0) } }).proxy).toBe(5);
  });

  test.each([NATIVE, AMBIENT])(
    'a proxy that ends after the engine by itself has no time of its own, case %#',
    (mesh) => {
      expect(JSON.stringify(metadataOf({ mesh }))).not.toContain('terminationDrainDuration');
    },
  );
});
