import { MigStrategy } from '../../accelerator/mig-strategy';
import { flag, instance, listOf, oneOf } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import type { DcgmExporterOptions } from '../exporter/dcgm-exporter-options';
import { EXPORTER_OPTIONS } from '../exporter/dcgm-exporter-options';
import type { MigLayout } from '../mig/mig-layout';

/**
 * The GPU Operator: one ClusterPolicy, from which the operator deploys driver, toolkit, device plugin, GPU feature
 * discovery, MIG manager and DCGM exporter.
 *
 * Install the operator with NVIDIA's chart, version 26.7.0, and `--set clusterPolicy.deployCR=false`.
 */
export interface GpuOperatorOptions {
  /**
   * The operator installs the driver. Turn it off if the image of the node has one: EKS GPU AMIs, GKE, AKS. The
   * operator does not replace a running driver automatically, since that would stop the pods that use the GPUs.
   *
   * @default true
   */
  readonly installDriver?: boolean;

  /**
   * The operator installs the container toolkit. Turn it off if the image of the node has one.
   *
   * @default - the value of `installDriver`
   */
  readonly installToolkit?: boolean;

  /**
   * How slices are offered. The operator's chart defaults to `single`, with which a pod cannot distinguish a slice from a
   * whole GPU.
   *
   * @default MigStrategy.MIXED
   */
  readonly migStrategy?: MigStrategy;

  /**
   * How GPUs can be sliced. A node is sliced when its label `nvidia.com/mig.config` names a layout. Your layouts
   * replace all those that the MIG manager generates.
   *
   * @default - those that the MIG manager generates from the hardware, such as all-1g.10gb and all-balanced
   */
  readonly migLayouts?: MigLayout[];

  /**
   * The MIG manager can reboot a node. Clouds need a reboot to turn MIG on.
   *
   * @default false
   */
  readonly migReboot?: boolean;

  /**
   * The DCGM exporter that the operator deploys.
   *
   * @default - the library's list of fields every 15 seconds, with alerts
   */
  readonly exporter?: DcgmExporterOptions;
}

/** All properties of `GpuOperatorOptions`. */
export const OPERATOR_OPTIONS = structOf<GpuOperatorOptions>(
  {},
  {
    installDriver: flag,
    installToolkit: flag,
    migStrategy: oneOf(...Object.values(MigStrategy)),
    migLayouts: listOf(
      instance<MigLayout>('MigLayout', 'a MigLayout, for example MigLayout.uniform(GpuModel.H100, "1g.10gb")'),
    ),
    migReboot: flag,
    exporter: EXPORTER_OPTIONS,
  },
);
