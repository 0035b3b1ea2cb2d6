import { MigStrategy } from '../../accelerator/mig-strategy';
import { flag, instance, listOf, oneOf } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import type { DcgmExporterOptions } from '../exporter/dcgm-exporter-options';
import { EXPORTER_OPTIONS } from '../exporter/dcgm-exporter-options';
import type { MigLayout } from '../mig/mig-layout';

/**
 * The GPU Operator: one ClusterPolicy, from which the operator itself deploys driver, toolkit, device plugin, GPU feature
 * discovery, MIG manager and DCGM exporter.
 *
 * The operator itself comes from NVIDIA's chart, version 26.7.0, with `--set clusterPolicy.deployCR=false`.
 */
export interface GpuOperatorOptions {
  /**
   * The operator installs the driver. Turn it off where the image of the node has one: EKS GPU AMIs, GKE, AKS. A running
   * driver is not exchanged by itself: that would take the GPUs away from pods.
   *
   * @default true
   */
  readonly installDriver?: boolean;

  /**
   * The operator installs the container toolkit. Turn it off where the image of the node has one.
   *
   * @default - as `installDriver`
   */
  readonly installToolkit?: boolean;

  /**
   * How slices are offered. The operator's own chart says `single`, under which a pod cannot tell a slice from a whole GPU.
   *
   * @default MigStrategy.MIXED
   */
  readonly migStrategy?: MigStrategy;

  /**
   * How GPUs may be sliced. A node is sliced once its label `nvidia.com/mig.config` names a layout. Layouts of one's own
   * replace all that the MIG manager finds by itself.
   *
   * @default - those that the MIG manager reads from the hardware, such as all-1g.10gb and all-balanced
   */
  readonly migLayouts?: MigLayout[];

  /**
   * The MIG manager may reboot a node, which clouds need to turn MIG on.
   *
   * @default false
   */
  readonly migReboot?: boolean;

  /**
   * The DCGM exporter that the operator deploys.
   *
   * @default - the library's list of fields each 15 seconds, with alerts
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
