import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'cdk8s';
import { Duration, Size } from 'cdk8s';
import type { DevicePluginOptions } from '../../lib';
import {
  DcgmCounterType,
  DeviceListStrategy,
  GpuModel,
  GpuNodes,
  GpuPlatform,
  GpuPlatformMode,
  GpuSharing,
} from '../../lib';
import { ManagedProvider, MigLayout, MigStrategy, TaintEffect } from '../../lib';
import type { PlatformPlan } from '../../lib/gpu-platform/platform-plan';
import { modeFindings, modeManifests } from '../../lib/gpu-platform/modes';
import { planOf, pluginMode } from './platform';

/** Paths of values that JSON cannot hold: functions and instances of classes. */
function notJson(value: unknown, path: string): string[] {
  if (typeof value === 'function') return [path];
  if (typeof value !== 'object' || value === null) return [];
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype) return [path];
  return Object.entries(value).flatMap(([key, each]) => notJson(each, `${path}.${key}`));
}

function expectJson(plan: PlatformPlan): void {
  expect(notJson(plan, 'plan')).toEqual([]);
  const copy = JSON.parse(JSON.stringify(plan)) as PlatformPlan;
  expect(copy).toEqual(plan);
  expect(modeFindings(copy)).toEqual(modeFindings(plan));
  expect(modeManifests(copy)).toEqual(modeManifests(plan));
}

const exporter = {
  interval: Duration.seconds(30),
  podLabels: ['team'],
  extraCounters: [{ field: 'DCGM_FI_DEV_PCIE_LINK_GEN', type: DcgmCounterType.GAUGE, help: 'PCIe generation.' }],
  resources: { memory: Size.mebibytes(256) },
};
const sharing = GpuSharing.timeSlicing({ resources: [{ name: 'nvidia.com/gpu', replicas: 2 }] });
const everything: Partial<DevicePluginOptions> = {
  configs: {
    default: { migStrategy: MigStrategy.MIXED, deviceListStrategies: [DeviceListStrategy.CDI_CRI] },
    shared: { sharing },
  },
  cdi: { hookPath: '/usr/bin/nvidia-cdi-hook', featureFlags: ['one'] },
  driverRoot: '/run/nvidia/driver',
  featureDiscovery: true,
  passDeviceSpecs: true,
  runtimeClassName: 'nvidia',
  tolerations: [{ key: 'team', value: 'llm', effect: TaintEffect.NO_SCHEDULE }],
  exportMetrics: true,
  exporter,
};
const migLayouts = [
  MigLayout.uniform(GpuModel.H100, '1g.10gb'),
  MigLayout.custom({ name: 'some', gpu: GpuModel.A30, gpus: [1], slices: { '1g.6gb': 4 } }),
  MigLayout.disabled(),
];

describe('the plan is plain JSON', () => {
  it.each<[what: string, mode: GpuPlatformMode]>([
    ['of the device plugin', pluginMode()],
    ['of the device plugin with every option', pluginMode(everything)],
    ['of the GPU Operator', GpuPlatformMode.gpuOperator()],
    [
      'of the GPU Operator with every option',
      GpuPlatformMode.gpuOperator(
        { migLayouts, migReboot: true, installDriver: false, exporter },
        { configs: { shared: { sharing } } },
      ),
    ],
    ['of a provider', GpuPlatformMode.managed(ManagedProvider.GKE)],
    [
      'of a provider with an exporter',
      GpuPlatformMode.managed(ManagedProvider.EKS, { exporter, nodes: GpuNodes.karpenterAws() }),
    ],
    ['of dynamic resource allocation', GpuPlatformMode.dra({ kubernetesVersion: '1.35.0' })],
    ['with options that are refused', pluginMode({ exporter, defaultConfig: 'none' })],
    ['with options of a wrong shape', GpuPlatformMode.gpuOperator({ migReboot: 'yes' } as never)],
  ])('%s', (_, mode) => {
    expectJson(planOf(mode));
  });
});

describe('the plan of an example is plain JSON', () => {
  const folder = join(__dirname, '../../examples');
  const examples = readdirSync(folder).filter((name) => name.startsWith('gpu-'));

  it.each(examples)('%s', async (example) => {
    const program = (await import(join(folder, example, 'main'))) as { build: () => App };
    const platforms = program
      .build()
      .node.findAll()
      .filter((construct) => construct instanceof GpuPlatform);
    expect(platforms).toHaveLength(1);
    for (const { _plan } of platforms) expectJson(_plan);
  });
});

it('is not changed by findings and manifests', () => {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  };
  for (const mode of [pluginMode(everything), GpuPlatformMode.gpuOperator({ migLayouts })]) {
    const plan = planOf(mode);
    freeze(plan);
    expect(() => [...modeFindings(plan), ...modeManifests(plan)]).not.toThrow();
  }
});
