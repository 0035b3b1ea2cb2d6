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
   * @default - upstream's own
   */
  readonly hookPath?: string;

  /**
   * Switches of the generator of specifications.
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
   * No default would be right: without a selection the plugin and the exporter restart for ever on nodes without a
   * driver, and the labels of upstream's chart exist only where something sets them.
   */
  readonly nodes: GpuNodes;

  /**
   * What the plugin does on every node.
   *
   * @default - `configs`; without those, one pod per whole GPU
   */
  readonly config?: DevicePluginConfig;

  /**
   * Pass device nodes to containers. Needed where the kubelet's CPU manager is `static`: it resets what a container may
   * open. Makes the plugin a privileged container.
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
   * Root of the driver's installation on the nodes, for drivers in containers: `/run/nvidia/driver`.
   *
   * @default - the driver is installed on the nodes
   */
  readonly driverRoot?: string;

  /**
   * How the Container Device Interface describes GPUs, for configurations with a CDI strategy.
   *
   * @default - upstream's own
   */
  readonly cdi?: CdiOptions;

  /**
   * RuntimeClass of the platform's pods, where NVIDIA's runtime is not the default one.
   *
   * @default - the default runtime of the nodes
   */
  readonly runtimeClassName?: string;

  /**
   * Taints of GPU nodes besides `nvidia.com/gpu`.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * Repository of the image, for a mirror. The tag stays.
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
   * Run the DCGM exporter, which Prometheus reads the state of GPUs from. Turn it off where one runs already: two double
   * every series.
   *
   * @default true
   */
  readonly exportMetrics?: boolean;

  /**
   * Options of the DCGM exporter.
   *
   * @default - its own defaults
   */
  readonly exporter?: DcgmExporterOptions;
}

const PATH = matching(
  /^(\/(?!\.{1,2}(\/|$))[^\s/:]+)+$/,
  'an absolute path on the nodes, such as "/run/nvidia/driver"',
);

// They become one text, with commas between them.
const FEATURE_FLAG = matching(/^[^\s,]+$/, 'a switch, without commas and spaces');

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
