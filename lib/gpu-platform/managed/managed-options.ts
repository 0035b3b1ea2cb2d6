import type { Toleration } from '../../accelerator/toleration';
import { anyObject, oneOf } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import { TOLERATIONS } from '../common/platform-shapes';
import { NODES } from '../nodes/gpu-nodes';
import type { DcgmExporterOptions } from '../exporter/dcgm-exporter-options';
import type { GpuNodes } from '../nodes/gpu-nodes';

/**
 * The provider that runs the device plugin.
 */
export enum ManagedProvider {
  /** Google Kubernetes Engine, which runs its own device plugin and, if enabled, a DCGM exporter. */
  GKE = 'gke',
  /** Elastic Kubernetes Service with Auto Mode, or with Bottlerocket's NVIDIA variants: both have the device plugin. */
  EKS = 'eks',
  /** Managed GPU node pools of Azure Kubernetes Service, with driver, device plugin and DCGM exporter. */
  AKS = 'aks',
}

/**
 * Options of the mode in which the provider runs the device plugin.
 */
export interface ManagedOptions {
  /**
   * How nodes with a GPU are recognised, for the DCGM exporter.
   *
   * @default - nodes of EKS Auto Mode and of Karpenter with an NVIDIA GPU
   */
  readonly nodes?: GpuNodes;

  /**
   * Run the DCGM exporter with these options; `{}` for its defaults. EKS only: GKE and AKS have their own.
   *
   * @default - no exporter
   */
  readonly exporter?: DcgmExporterOptions;

  /**
   * Taints of GPU nodes in addition to `nvidia.com/gpu`, for the exporter and for stacks.
   *
   * @default - none; on AKS `sku=gpu`, the taint of its documentation
   */
  readonly tolerations?: Toleration[];
}

/** The provider, and all properties of `ManagedOptions`. */
export const PROVIDER = structOf<{ provider: ManagedProvider }>(
  { provider: oneOf(...Object.values(ManagedProvider)) },
  {},
);
export const MANAGED = structOf<ManagedOptions>({}, { nodes: NODES, exporter: anyObject, tolerations: TOLERATIONS });
