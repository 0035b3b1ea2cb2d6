import { Chart, Testing } from 'cdk8s';
import type { DevicePluginConfig, DevicePluginOptions, GpuPlatformProps } from '../../lib';
import { GpuNodes, GpuPlatform, GpuPlatformMode } from '../../lib';
import type { PlatformContext } from '../../lib/gpu-platform/common/mode-plan';
import type { PlatformPlan } from '../../lib/gpu-platform/platform-plan';
import { modeFindings } from '../../lib/gpu-platform/modes';
import type { FindingSeverity } from '../../lib/preflight/finding';
import { findingLine } from '../../lib/preflight/finding';
import { messageOf } from '../support/scaling';
import type { Manifest } from '../support/stack';

const NODES = GpuNodes.labelled({ pool: 'gpu' });

/** Device plugin mode on nodes of one pool, without exporter, and with the options of a test. */
export const pluginMode = (options: Partial<DevicePluginOptions> = {}): GpuPlatformMode =>
  GpuPlatformMode.devicePlugin({ nodes: NODES, exportMetrics: false, ...options });

const CONTEXT: PlatformContext = {
  name: 'nvidia',
  namespace: 'gpu',
  createNamespace: false,
  labels: { team: 'platform' },
  monitoringLabels: { release: 'kps' },
};

/** The plan of a mode. */
export const planOf = (mode: GpuPlatformMode): PlatformPlan => mode._plan(CONTEXT);

/** A platform in a chart of its own, in the namespace `gpu`. */
export function platformWith(props: Partial<GpuPlatformProps> = {}): GpuPlatform {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'gpu' });
  return new GpuPlatform(chart, 'Gpu', { mode: pluginMode(), ...props });
}

/** All manifests of a platform in this mode. */
export const manifestsOf = (mode: GpuPlatformMode, props: Partial<GpuPlatformProps> = {}): Manifest[] =>
  Testing.synth(Chart.of(platformWith({ mode, ...props })));

/** All manifests in device plugin mode. */
export const pluginManifests = (options: Partial<DevicePluginOptions> = {}): Manifest[] =>
  manifestsOf(pluginMode(options));

export function named(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  return manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
}

/** The pod of one DaemonSet in device plugin mode. */
export function podOf(name: string, options: Partial<DevicePluginOptions> = {}): Manifest {
  return named(pluginManifests(options), 'DaemonSet', name).spec.template.spec;
}

/** The first container of that pod. */
export const containerOf = (name: string, options: Partial<DevicePluginOptions> = {}): Manifest =>
  podOf(name, options).containers[0];

/** The value of a variable of that container. */
export const variableOf = (name: string, variable: string, options: Partial<DevicePluginOptions> = {}): string =>
  containerOf(name, options).env.find((each: Manifest) => each.name === variable)?.value;

/** Names of kinds and objects, in the order in which they are written. */
export const identities = (manifests: readonly Manifest[]): string[] =>
  manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);

/** Findings about the device plugin's options, by default without notices. */
export function pluginFindings(options: Partial<DevicePluginOptions>, severity: FindingSeverity): string[] {
  const plan = planOf(pluginMode(options));
  return [...plan.optionFindings, ...modeFindings(plan)]
    .filter((finding) => finding.severity === severity)
    .map(findingLine);
}

/** Findings about one configuration. */
export const configLines = (config: DevicePluginConfig, severity: FindingSeverity): string[] =>
  pluginFindings({ config }, severity);

/** The error for a platform with these properties. Properties may be of any type, as from JavaScript. */
export const refusalOf = (props: object): string => messageOf(() => platformWith(props));

/** The error for the mode. */
export const modeRefusal = (options: object): string =>
  messageOf(() => GpuPlatformMode.devicePlugin({ nodes: NODES, ...options }));
