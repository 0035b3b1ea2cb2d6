import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import type { GpuOperatorOptions, NamedPluginConfigs } from '../../lib';
import { DcgmCounterType, GpuModel, GpuPlatformMode, GpuSharing, MigLayout, MigStrategy } from '../../lib';
import { operatorWith } from '../support/gpu-platform';
import { platformWith } from './platform';
import type { Manifest } from '../support/stack';
import { find } from '../support/stack';

type Args = [options?: GpuOperatorOptions, devicePlugin?: NamedPluginConfigs];

const spec = (...args: Args) => find(operatorWith(...args).manifests, 'ClusterPolicy').spec;
const maps = (...args: Args): Manifest[] => operatorWith(...args).manifests.filter(({ kind }) => kind === 'ConfigMap');
const SHARED = { sharing: GpuSharing.timeSlicing({ resources: [{ name: 'nvidia.com/gpu', replicas: 2 }] }) };
const uniform = MigLayout.uniform(GpuModel.H100, '1g.10gb');

describe('the operator mode', () => {
  it('emits the objects that the operator reads, and none that it deploys itself', () => {
    const kinds = operatorWith({ migLayouts: [uniform] }, { configs: { any: {} } }).manifests.map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['ConfigMap', 'ClusterPolicy', 'PrometheusRule']));
  });

  it('has one cluster-wide policy with the name that NVIDIA’s chart uses', () => {
    const { metadata } = find(operatorWith().manifests, 'ClusterPolicy');
    expect(metadata).toMatchObject({ name: 'cluster-policy', labels: { team: 'platform' } });
    expect(metadata.namespace).toBeUndefined();
  });

  it('has every block that the CRD requires', () => {
    const required = 'daemonsets dcgm dcgmExporter devicePlugin driver gfd nodeStatusExporter operator toolkit';
    expect(Object.keys(spec())).toEqual(expect.arrayContaining(required.split(' ')));
  });

  it('pins every image', () => {
    const blocks = Object.values(spec()).filter((block: Manifest) => block.image !== undefined) as Manifest[];
    expect(blocks.length).toBeGreaterThan(7);
    expect(blocks.filter(({ repository, version }) => !repository || !version)).toEqual([]);
  });

  it('installs driver and toolkit unless that is turned off', () => {
    expect([spec().driver.enabled, spec().toolkit.enabled]).toEqual([true, true]);
    const managed = spec({ installDriver: false });
    expect([managed.driver.enabled, managed.toolkit.enabled]).toEqual([false, false]);
    expect(spec({ installDriver: false, installToolkit: true }).toolkit.enabled).toBe(true);
  });

  it('sets the operator’s own defaults for all pods', () => {
    expect(spec()).toMatchObject({
      operator: { defaultRuntime: 'containerd', runtimeClass: 'nvidia' },
      cdi: { enabled: true },
      dcgm: { enabled: false },
      nodeStatusExporter: { enabled: false },
      daemonsets: {
        priorityClassName: 'system-node-critical',
        tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
      },
    });
  });

  it('offers slices under their own names', () => {
    expect(spec().mig.strategy).toBe('mixed');
    expect(spec({ migStrategy: MigStrategy.SINGLE }).mig.strategy).toBe('single');
  });

  it('leaves the layouts to the MIG manager if none is set', () => {
    expect(spec().migManager.config).toEqual({ default: 'all-disabled' });
    expect(maps()).toHaveLength(1);
  });

  it('gives the MIG manager the layouts', () => {
    const { config, env } = spec({ migLayouts: [uniform], migReboot: true }).migManager;
    const map = maps({ migLayouts: [uniform] }).find(({ metadata }) => metadata.name === config.name);
    expect(map?.metadata.namespace).toBe('gpu-system');
    expect(Object.keys(parse(map?.data['config.yaml'])['mig-configs'])).toEqual(['all-disabled', 'all-1g.10gb']);
    expect(env).toEqual([{ name: 'WITH_REBOOT', value: 'true' }]);
  });

  it('gives the device plugin its configurations', () => {
    const named = { configs: { shared: SHARED, whole: {} }, defaultConfig: 'whole' };
    expect(spec({}, named).devicePlugin.config).toEqual({ name: 'gpu-plugin-config', default: 'whole' });
    expect(maps({}, named).map(({ data }) => data)).toContainEqual({
      shared: expect.stringContaining('timeSlicing:'),
      whole: expect.stringMatching(/^version: v1\n/),
    });
    expect(spec().devicePlugin.config).toBeUndefined();
  });

  it('gives the exporter the list of the library, under the key that the operator reads', () => {
    const { name } = spec().dcgmExporter.config;
    const map = maps().find(({ metadata }) => metadata.name === name);
    expect(map?.data['dcgm-metrics.csv']).toContain('DCGM_EXP_XID_ERRORS_COUNT, gauge');
  });

  it('renames the list when it changes, so that the exporter restarts', () => {
    const extra = { field: 'DCGM_FI_DEV_PCIE_LINK_GEN', type: DcgmCounterType.GAUGE, help: 'PCIe generation.' };
    const name = (options?: GpuOperatorOptions) => spec(options).dcgmExporter.config.name;
    expect(name()).toMatch(/^gpu-dcgm-counters-[0-9a-f]{8}$/);
    expect(name({ exporter: { extraCounters: [extra] } })).not.toBe(name());
  });

  it('keeps the pod that uses the GPU in the monitor', () => {
    expect(spec({ exporter: { interval: Duration.seconds(5) } }).dcgmExporter.serviceMonitor).toEqual({
      enabled: true,
      interval: '5s',
      scrapeTimeout: '5s',
      honorLabels: true,
      additionalLabels: { release: 'kube-prometheus-stack' },
      relabelings: [
        { action: 'replace', sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' },
        { action: 'labeldrop', regex: 'pod|namespace|container' },
      ],
    });
  });

  it('sets the interval of the exporter, and shared GPUs', () => {
    expect(spec().dcgmExporter.env).toEqual([{ name: 'DCGM_EXPORTER_INTERVAL', value: '15000' }]);
    const { env } = spec({}, { configs: { shared: SHARED } }).dcgmExporter;
    expect(env).toContainEqual({ name: 'KUBERNETES_VIRTUAL_GPUS', value: 'true' });
    expect(env).toContainEqual({ name: 'NVIDIA_RESOURCE_NAMES', value: 'nvidia.com/gpu.shared' });
  });

  it('lets the operator copy labels of pods', () => {
    expect(spec({ exporter: { podLabels: ['team'] } }).dcgmExporter).toMatchObject({
      enablePodLabels: true,
      podLabelAllowlistRegex: ['^team$'],
    });
  });

  it('watches the job of the operator’s exporter', () => {
    const { groups } = find(operatorWith().manifests, 'PrometheusRule').spec;
    expect(groups[0].rules[0].expr).toBe('up{job="nvidia-dcgm-exporter"} == 0');
    expect(groups[0].rules[2].expr).toContain('pod=~"|nvidia-dcgm-exporter-.+"');
    expect(find(operatorWith({ exporter: { alerts: false } }).manifests, 'PrometheusRule')).toBeUndefined();
  });

  it('reports how nodes get a layout', () => {
    expect(operatorWith({ migLayouts: [uniform] }).ids).toEqual(['mig-label-nodes']);
    expect(operatorWith().ids).toEqual([]);
  });
});

it('warns about a toolkit on the node that does not find the driver', () => {
  expect(operatorWith({ installToolkit: false }).ids).toEqual(['operator-toolkit-of-node']);
  expect(operatorWith({ installDriver: false, installToolkit: false }).ids).toEqual([]);
});

describe('the operator mode refuses', () => {
  it.each<[what: string, options: object, message: string]>([
    ['options that are not an object', 'yes' as never, 'gpuOperator: is "yes"'],
    ['an unknown option', { driver: false }, 'gpuOperator.driver: unknown property'],
    ['an unknown strategy', { migStrategy: 'both' }, 'give one of none, single, mixed'],
    ['a layout by its name', { migLayouts: ['all-1g.10gb'] }, 'gpuOperator.migLayouts[0]: is "all-1g.10gb"'],
    [
      'a balanced layout with the strategy single',
      { migStrategy: MigStrategy.SINGLE, migLayouts: [MigLayout.balanced(GpuModel.H100)] },
      'gpuOperator.migStrategy: is "single"',
    ],
    ['slices with the strategy none', { migStrategy: MigStrategy.NONE, migLayouts: [uniform] }, '[mig-none-sliced]'],
    ['a layout twice', { migLayouts: [uniform, uniform] }, '[mig-layout-twice]'],
    ['a wrong option of the exporter', { exporter: { interval: 15 } }, 'gpuOperator.exporter.interval: is 15'],
    [
      'a field of the library',
      { exporter: { extraCounters: [{ field: 'DCGM_FI_DEV_FB_USED', type: 'gauge', help: 'Used.' }] } },
      'gpuOperator.exporter.extraCounters[0]',
    ],
  ])('%s', (_, options, message) => {
    expect(operatorWith(options).errors).toEqual([expect.stringContaining(message)]);
    expect(() => platformWith({ mode: GpuPlatformMode.gpuOperator(options) })).toThrow();
  });

  it('an unknown default of the device plugin', () => {
    const { errors } = operatorWith({}, { configs: { a: {} }, defaultConfig: 'b' });
    expect(errors).toContainEqual(expect.stringContaining('is "b", which is not in configs; use one of a'));
  });

  it('labels of pods with shared GPUs', () => {
    const { errors } = operatorWith({ exporter: { podLabels: ['team'] } }, { configs: { shared: SHARED } });
    expect(errors).toEqual([expect.stringContaining('[dcgm-pod-labels]')]);
  });
});
