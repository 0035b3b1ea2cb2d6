import type { Toleration } from '../../accelerator/toleration';
import type { PlatformContext } from '../common/mode-plan';
import type { NodesPlan } from '../nodes/gpu-nodes';
import { podTolerations } from '../nodes/pod-tolerations';
import type { DcgmExporterOptions } from './dcgm-exporter-options';
import { EXPORTER_JOB, exporterNames } from './dcgm-names';
import type { DeviceSharing, ExporterSettings } from './dcgm-settings';
import { exporterSettings } from './dcgm-settings';

/** All decisions about the exporter that the platform runs. */
export interface ExporterPlan extends ExporterSettings, PlatformContext {
  readonly names: ReturnType<typeof exporterNames>;
  /** Labels of the selector. They never change, since selectors are immutable. */
  readonly selector: Readonly<Record<string, string>>;
  readonly nodes: NodesPlan;
  readonly tolerations: readonly Toleration[];
  /** RuntimeClass with which a container sees the GPUs, if it is not the default. */
  readonly runtimeClassName: string | undefined;
  /** It talks to the Kubernetes API: for claims and for labels of pods. */
  readonly readsCluster: boolean;
}

/** Where the exporter of a mode runs, and how its GPUs are used. */
export interface ExporterPlace {
  readonly nodes: NodesPlan;
  /** Taints of the nodes in addition to `nvidia.com/gpu`. */
  readonly taints: readonly Toleration[];
  readonly runtimeClassName?: string;
  readonly sharing: DeviceSharing;
}

/** Makes the plan of the exporter of a mode. Options must have the right shape. */
export function planExporter(
  options: DcgmExporterOptions,
  context: PlatformContext,
  { nodes, taints, runtimeClassName, sharing }: ExporterPlace,
): ExporterPlan {
  const { name, namespace, createNamespace, labels, monitoringLabels } = context;
  const names = exporterNames(name);
  const settings = exporterSettings(options, sharing, { job: EXPORTER_JOB, pods: names.daemonSet });
  const selector = { 'app.kubernetes.io/name': EXPORTER_JOB, 'app.kubernetes.io/instance': name };
  return {
    ...settings,
    name,
    names,
    namespace,
    createNamespace,
    selector,
    labels: { ...labels, ...selector, 'app.kubernetes.io/component': 'metrics' },
    monitoringLabels,
    nodes,
    tolerations: podTolerations(taints),
    runtimeClassName,
    readsCluster: sharing.dra || settings.podLabels.length > 0,
  };
}
