import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { GpuPlatformProps } from '../../lib';
import { GpuNodes, GpuPlatform, GpuPlatformMode, ManagedProvider, MigStrategy } from '../../lib';
import { anotherCopy } from '../support/another-copy';
import { messageOf } from '../support/scaling';
import { manifestsOf, platformWith, pluginMode, refusalOf } from './platform';

const GKE = GpuPlatformMode.managed(ManagedProvider.GKE);

describe('one platform', () => {
  const appWith = (...modes: GpuPlatformMode[]) => {
    const app = new App();
    modes.forEach((mode, index) => {
      new GpuPlatform(new Chart(app, `chart-${index}`), 'Gpu', { namespace: `gpu-${index}`, mode });
    });
    return app;
  };

  test('is accepted once per app', () => {
    expect(() => appWith(pluginMode()).synthYaml()).not.toThrow();
  });

  test.each([
    ['of one mode', [GKE, GKE]],
    ['of two modes', [GKE, pluginMode()]],
  ])('refuses two %s, and names both', (_, modes) => {
    expect(messageOf(() => appWith(...modes).synthYaml())).toContain(
      'a cluster can have one GpuPlatform, but this app has 2 (chart-0/Gpu, chart-1/Gpu): keep one',
    );
  });

  test('refuses two in one namespace, and reports that before the duplicate objects', () => {
    const app = new App();
    for (const id of ['a', 'b']) {
      new GpuPlatform(new Chart(app, id, { namespace: 'gpu' }), 'Gpu', { mode: pluginMode() });
    }
    const message = messageOf(() => app.synthYaml());
    const [first, second] = ['a cluster can have one GpuPlatform', 'is emitted 2 times'].map((text) =>
      message.indexOf(text),
    );
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(first ?? 0);
  });

  test('refuses a second one deep in the construct tree', () => {
    const app = new App();
    const scopes = ['staging', 'production'].map((stage) => new Chart(new Construct(app, stage), 'gpus'));
    for (const scope of scopes) new GpuPlatform(new Construct(scope, 'inner'), 'Gpu', { mode: GKE });
    expect(messageOf(() => app.synthYaml())).toContain('(staging/gpus/inner/Gpu, production/gpus/inner/Gpu)');
  });

  test('refuses a second one that another copy of the library made', () => {
    const app = appWith(GKE);
    const other = anotherCopy();
    const mode = other.GpuPlatformMode.managed(other.ManagedProvider.AKS);
    new other.GpuPlatform(new Chart(app, 'other'), 'Gpu', { mode });
    expect(messageOf(() => app.synthYaml())).toContain('(chart-0/Gpu, other/Gpu)');
  });
});

test('refuses an object of the user that has the name of a platform object', () => {
  const chart = new Chart(new App(), 'gpus', { namespace: 'gpu' });
  new GpuPlatform(chart, 'Gpu', { mode: pluginMode() });
  new ApiObject(chart, 'Mine', {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'nvidia-device-plugin' },
  });
  expect(messageOf(() => App.of(chart).synthYaml())).toContain(
    'apps/DaemonSet "nvidia-device-plugin" in namespace "gpu"',
  );
});

describe('properties', () => {
  test.each([
    ['no mode', { mode: undefined }, 'mode: is required and was not given'],
    ['a mode by name', { mode: 'devicePlugin' }, 'mode: is "devicePlugin"'],
    ['a namespace with capitals', { namespace: 'GPU' }, 'namespace: is "GPU"'],
    ['the namespace "default"', { namespace: 'default' }, '[namespace-default]'],
    ['a label that selectors use', { labels: { 'app.kubernetes.io/name': 'x' } }, '[platform-label]'],
    ['a label that is a number', { labels: { team: 1 } }, 'labels.team: is 1'],
    ['a label without a key', { labels: { '': 'a' } }, 'labels key: is ""'],
    ['a label of 64 characters', { labels: { team: 'a'.repeat(64) } }, 'at most 63'],
    ['a namespace of 64 characters', { namespace: 'a'.repeat(64) }, 'give a namespace'],
    ['a namespace that is null', { namespace: null }, 'namespace: is null'],
    ['a string instead of true', { createNamespace: 'true' }, 'createNamespace: is "true"'],
    ['a property of the mode', { nodes: {} }, 'nodes: unknown property'],
    ['a bad label', { monitoringLabels: { release: 'a b' } }, 'monitoringLabels.release: is "a b"'],
    ['an acknowledgement without reason', { acknowledge: { 'mig-single': '' } }, 'acknowledge.mig-single: is ""'],
  ])('refuses %s', (_, props, message) => {
    expect(refusalOf(props)).toContain(message);
  });

  test('refuses pods without a namespace', () => {
    const chart = new Chart(new App(), 'gpu');
    expect(messageOf(() => new GpuPlatform(chart, 'Gpu', { mode: pluginMode() }))).toContain(
      'namespace: is unset, and the chart has none; set namespace, for example "gpu-platform"',
    );
  });

  test('refuses createNamespace without a name', () => {
    const chart = new Chart(new App(), 'gpu');
    const call = () => new GpuPlatform(chart, 'Gpu', { mode: GKE, createNamespace: true });
    expect(messageOf(call)).toContain('[namespace-missing]');
  });

  test('need no namespace if nothing is installed', () => {
    const chart = new Chart(new App(), 'gpu');
    expect(new GpuPlatform(chart, 'Gpu', { mode: GKE }).objects).toEqual([]);
  });

  test('emit a namespace in which pods may be privileged', () => {
    const [namespace] = manifestsOf(pluginMode(), { createNamespace: true });
    expect(namespace).toMatchObject({
      kind: 'Namespace',
      metadata: { name: 'gpu', labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
    });
  });

  test('put labels on every object', () => {
    const labelled = manifestsOf(pluginMode(), { labels: { team: 'platform' } });
    expect(labelled.map(({ metadata }) => metadata.labels.team)).toEqual(labelled.map(() => 'platform'));
  });

  test('an acknowledged warning is removed, and an unused acknowledgement is a warning', () => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const mode = pluginMode({ config: { migStrategy: MigStrategy.SINGLE } });
    const ids = (acknowledge?: Record<string, string>) =>
      platformWith({ mode, acknowledge })
        .findings.filter(({ severity }) => severity === 'warning')
        .map(({ id }) => id);
    expect(ids()).toEqual(['mig-single']);
    expect(ids({ 'mig-single': 'all nodes are alike' })).toEqual([]);
    expect(ids({ 'mig-single': 'all nodes are alike', 'mig-mixed': 'x' })).toEqual(['stale-acknowledgement']);
    write.mockRestore();
  });

  describe('about the labels of monitors and rules', () => {
    const OPERATOR = GpuPlatformMode.gpuOperator();
    const warned = (props: Partial<GpuPlatformProps>) =>
      platformWith(props).findings.find(({ id }) => id === 'monitor-unselected')?.problem;

    beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
    afterEach(() => jest.restoreAllMocks());

    test.each([
      ['an exporter', pluginMode({ exportMetrics: true }), 'ServiceMonitor and PrometheusRule'],
      [
        'an exporter without alerts',
        pluginMode({ exportMetrics: true, exporter: { alerts: false } }),
        'ServiceMonitor',
      ],
      ['the operator', OPERATOR, 'ServiceMonitor and PrometheusRule'],
    ])('warns about %s without labels', (_, mode, kinds) => {
      expect(warned({ mode })).toContain(`has no "release" for ${kinds}: `);
    });

    test('have no finding without monitors and rules', () => {
      expect(warned({ mode: pluginMode() })).toBeUndefined();
    });

    test.each([
      ['labels', { mode: OPERATOR, monitoringLabels: { release: 'kps' } }],
      ['an empty set of labels', { mode: OPERATOR, monitoringLabels: {} }],
      ['labels of every object', { mode: pluginMode({ exportMetrics: true }), labels: { release: 'kps' } }],
    ])('have nothing against %s', (_, props) => {
      expect(warned(props)).toBeUndefined();
    });

    test('warns about the monitor of the operator, which has no labels of the objects', () => {
      expect(warned({ mode: OPERATOR, labels: { release: 'kps' } })).toContain('for ServiceMonitor: ');
    });
  });

  test('report the missing namespace label only if the platform does not emit the namespace', () => {
    const asked = (createNamespace: boolean) =>
      platformWith({ mode: pluginMode({ exportMetrics: true }), monitoringLabels: {}, createNamespace }).findings.some(
        ({ id }) => id === 'dcgm-privileged',
      );
    expect(asked(false)).toBe(true);
    expect(asked(true)).toBe(false);
  });

  test('every object can be patched', () => {
    const { objects } = platformWith();
    expect(objects.map(({ kind }) => kind)).toEqual(['ServiceAccount', 'ConfigMap', 'DaemonSet']);
  });
});

test.each([
  ['no labels', () => GpuNodes.labelled({}), 'labels: is {}'],
  ['a bad label key', () => GpuNodes.labelled({ 'a b': 'c' }), 'labels key: is "a b"'],
  ['no types', () => GpuNodes.instanceTypes([]), 'types: is []'],
  ['an empty type', () => GpuNodes.instanceTypes(['']), 'types[0]: is ""'],
])('refuses nodes by %s', (_, call, message) => {
  expect(messageOf(call)).toContain(message);
});
