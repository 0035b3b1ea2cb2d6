import type { Toleration } from '../../accelerator/toleration';
import { anyObject, flag, matching } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import { TOLERATIONS } from '../common/platform-shapes';
import { NODES } from '../nodes/gpu-nodes';
import type { DcgmExporterOptions } from '../exporter/dcgm-exporter-options';
import type { GpuNodes } from '../nodes/gpu-nodes';

/**
 * Options of the mode in which pods claim GPUs through dynamic resource allocation.
 */
export interface DraOptions {
  /**
   * Kubernetes version of the cluster, with its patch release: `1.34.2`. That is the minimum for NVIDIA's driver, which
   * needs `resource.k8s.io/v1`.
   */
  readonly kubernetesVersion: string;

  /**
   * How nodes with a GPU are recognised, for the DCGM exporter.
   *
   * @default - by node feature discovery, which NVIDIA's DRA driver also needs
   */
  readonly nodes?: GpuNodes;

  /**
   * Taints of GPU nodes in addition to `nvidia.com/gpu`, for the exporter and for stacks.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * Run the DCGM exporter. Turn it off if the cluster already runs one: two exporters double every series.
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

const VERSION = matching(/^v?\d+\.\d+\.\d+$/, 'a version with its patch release, such as "1.34.2"');

/** All properties of `DraOptions`. */
export const DRA = structOf<DraOptions>(
  { kubernetesVersion: VERSION },
  { nodes: NODES, tolerations: TOLERATIONS, exportMetrics: flag, exporter: anyObject },
);
