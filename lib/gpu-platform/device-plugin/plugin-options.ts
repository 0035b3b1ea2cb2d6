import type { Toleration } from '../../accelerator/toleration';
import { IMAGE_REPOSITORY } from '../../shapes/kubernetes-names';
import { anyObject, flag, listOf, matching } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import { unique } from '../../shapes/unique-list';
import { OBJECT_NAME, TOLERATIONS } from '../common/platform-shapes';
import { NODES } from '../nodes/gpu-nodes';
import type { DcgmExporterOptions } from '../exporter/dcgm-exporter-options';
import type { GpuNodes } from '../nodes/gpu-nodes';
import type { NamedPluginConfigs } from './named-configs';
import { CONFIGS } from './named-configs';
import type { DevicePluginConfig } from './plugin-config';
import { CONFIG } from './plugin-config';

/**
 * How the Container Device Interface describes GPUs.
 */
export interface CdiOptions {
  /**
   * Path of the hook on the nodes.
   *
   * @default - the upstream default
   */
  readonly hookPath?: string;

  /**
   * Feature flags of the generator of CDI specifications.
   *
   * @default - none
   */
  readonly featureFlags?: string[];
}

/**
 * Options of the mode in which the platform installs NVIDIA's device plugin.
 */
export interface DevicePluginOptions extends NamedPluginConfigs {
  /**
   * How nodes with a GPU are recognised.
   *
   * There is no safe default. Without a selection, the plugin and the exporter restart forever on nodes without a
   * driver, and the labels in upstream's chart exist only in clusters where another program sets them.
   */
  readonly nodes: GpuNodes;

  /**
   * The configuration of the plugin on every node.
   *
   * @default - `configs`; if unset, one pod per whole GPU
   */
  readonly config?: DevicePluginConfig;

  /**
   * Pass device nodes to containers. Required if the kubelet's CPU manager is `static`, which resets the devices that a
   * container can open. Makes the plugin a privileged container.
   *
   * @default false
   */
  readonly passDeviceSpecs?: boolean;

  /**
   * Run GPU feature discovery, which labels nodes with product, memory and more. Needs node feature discovery.
   *
   * @default false
   */
  readonly featureDiscovery?: boolean;

  /**
   * Root of the driver's installation on the nodes. For a driver in a container: `/run/nvidia/driver`.
   *
   * @default - the driver is installed on the nodes
   */
  readonly driverRoot?: string;

  /**
   * How the Container Device Interface describes GPUs, for configurations with a CDI strategy.
   *
   * @default - the upstream default
   */
  readonly cdi?: CdiOptions;

  /**
   * RuntimeClass of the platform's pods, if NVIDIA's runtime is not the default.
   *
   * @default - the default runtime of the nodes
   */
  readonly runtimeClassName?: string;

  /**
   * Taints of GPU nodes in addition to `nvidia.com/gpu`.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * Repository of the image, for a mirror. The tag does not change.
   *
   * @default nvcr.io/nvidia/k8s-device-plugin
   */
  readonly repository?: string;

  /**
   * Names of Secrets for the registry.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * Run the DCGM exporter, from which Prometheus reads the state of GPUs. Turn it off if the cluster already runs one:
   * two exporters double every series.
   *
   * @default true
   */
  readonly exportMetrics?: boolean;

  /**
   * Options of the DCGM exporter.
   *
   * @default - the defaults of the exporter
   */
  readonly exporter?: DcgmExporterOptions;
}

const PATH = matching(
  /^(\/(?!\.{1,2}(\/|$))[^\s/:]+)+$/,
  'an absolute path on the nodes, such as "/run/nvidia/driver"',
);

// The plugin reads them as one text, separated by commas.
const FEATURE_FLAG = matching(/^[^\s,]+$/, 'a feature flag without commas and spaces');

/** All properties of `DevicePluginOptions`. */
export const DEVICE_PLUGIN = structOf<DevicePluginOptions>(
  { nodes: NODES },
  {
    config: CONFIG,
    ...CONFIGS,
    passDeviceSpecs: flag,
    featureDiscovery: flag,
    driverRoot: PATH,
    cdi: structOf<CdiOptions>({}, { hookPath: PATH, featureFlags: listOf(FEATURE_FLAG, 1) }),
    runtimeClassName: OBJECT_NAME,
    tolerations: TOLERATIONS,
    repository: matching(
      IMAGE_REPOSITORY,
      'a repository without tag, such as "registry.example.com/nvidia/k8s-device-plugin"',
    ),
    imagePullSecrets: unique(listOf(OBJECT_NAME)),
    exportMetrics: flag,
    exporter: anyObject,
  },
);
