import { GPU_ALERTS } from '../../defaults';
import { selector, window } from '../../metrics/promql';
import { runbookUrl } from '../../metrics/runbook';
import type { AlertingRule } from '../../metrics/rules';

/** Labels that identify a GPU in every release of the exporter. The label of the host was renamed between releases. */
const GPU = 'node, gpu, UUID, modelName';

/**
 * XID errors that the program on the GPU causes, not the GPU. Source: NVIDIA/k8s-device-plugin internal/rm/health.go,
 * which keeps the GPU in use after these errors.
 */
const XIDS_OF_PROGRAMS = '13|31|43|45|68|109';

/** The exporter that reports the GPUs. */
export interface WatchedExporter {
  readonly job: string;
  /** Prefix of the names of its own pods. The label `pod` of an unused GPU may be one of these. */
  readonly pods: string;
  /** Pods claim GPUs, and nodes offer none as extended resources. */
  readonly dra: boolean;
}

/** An alert without the labels and annotations that all alerts share. */
export interface GpuAlert extends Pick<AlertingRule, 'alert' | 'expr' | 'for'> {
  readonly summary: string;
  readonly description: string;
}

type Labels = Parameters<typeof selector>[1];

/**
 * A fault of GPUs that no pod uses. With the platform's own monitors, `pod` names the pod that uses the GPU. A
 * Prometheus that does not honour labels has it in `exported_pod`, and `pod` is the exporter's. `pod` of an unused GPU
 * can be the exporter's as well, if its own labels are kept.
 *
 * A fault that a series of a pod also reports is left to the alerts of the stack: one slice of the GPU may be in use
 * and another not.
 */
function unused({ pods }: WatchedExporter, metric: string, more: Labels = {}, keep = ''): string {
  const none = `|${pods}-.+`;
  const idle = selector(metric, { ...more, pod: { matches: none } });
  const hidden = selector(metric, { ...more, exported_pod: { matchesNot: '' } });
  const shown = selector(metric, { ...more, pod: { matchesNot: none } });
  return `max by (${GPU}${keep}) (${idle}) > 0 unless on (node, UUID${keep}) (${hidden} > 0 or ${shown} > 0)`;
}

const onGpu = 'GPU {{ $labels.gpu }} ({{ $labels.modelName }}, {{ $labels.UUID }}) of node {{ $labels.node }}';

function exporterAlerts({ job, dra }: WatchedExporter): GpuAlert[] {
  const up = selector('up', { job });
  const down: GpuAlert = {
    alert: 'GpuExporterDown',
    expr: `${up} == 0`,
    for: GPU_ALERTS.exporterDown,
    summary: 'The DCGM exporter of a node does not respond.',
    description: `The DCGM exporter at {{ $labels.instance }} (node {{ $labels.node }}) has not responded for ${window(GPU_ALERTS.exporterDown)}: the GPUs of this node are not monitored.`,
  };
  if (dra) return [down];
  const missing: GpuAlert = {
    alert: 'GpuNodeWithoutExporter',
    // A pool of GPUs may scale to zero nodes, so only a node with GPUs and without an exporter is a fault.
    expr: `max by (node) (kube_node_status_allocatable{resource=~"nvidia_com_(gpu|mig_).*"}) > 0 unless on (node) ${up}`,
    for: GPU_ALERTS.nodeWithoutMetrics,
    summary: 'A node with GPUs has no DCGM exporter.',
    description:
      'Node {{ $labels.node }} offers GPUs, but Prometheus has no DCGM exporter for it: check the taints of the node, the affinity of the DaemonSet and the labels of the monitor.',
  };
  return [down, missing];
}

function faultAlerts(exporter: WatchedExporter): GpuAlert[] {
  const fault = (metric: string) => ({ expr: unused(exporter, metric), for: GPU_ALERTS.idleFault });
  return [
    {
      alert: 'GpuIdleXid',
      expr: unused(exporter, 'DCGM_EXP_XID_ERRORS_COUNT', { xid: { matchesNot: XIDS_OF_PROGRAMS } }, ', xid'),
      for: GPU_ALERTS.idleXid,
      summary: 'An unused GPU reports a fault of the hardware or the driver.',
      description: `XID {{ $labels.xid }} on ${onGpu}. No pod is known to use it, and the next pod could get it: cordon the node and look up the code.`,
    },
    {
      alert: 'GpuIdleEccDoubleBit',
      ...fault('DCGM_FI_DEV_ECC_DBE_VOL_TOTAL'),
      summary: 'Memory of an unused GPU lost data.',
      description: `{{ $value }} uncorrectable memory errors since the driver was loaded on ${onGpu}. No pod is known to use it: reset it before a pod gets it.`,
    },
    {
      alert: 'GpuIdleRowRemapPending',
      ...fault('DCGM_FI_DEV_ROW_REMAP_PENDING'),
      summary: 'An unused GPU needs a reset.',
      description: `A bad memory row is replaced at the next reset of ${onGpu}. No pod is known to use it: reset it now.`,
    },
    {
      alert: 'GpuIdleRowRemapFailure',
      ...fault('DCGM_FI_DEV_ROW_REMAP_FAILURE'),
      summary: 'Memory of an unused GPU has no spare rows left.',
      description: `A bad memory row could not be replaced on ${onGpu}. No pod is known to use it: cordon the node and replace the GPU.`,
    },
  ];
}

/** Alerts about the exporter, and about faults of GPUs that no pod uses. A stack has the alerts about GPUs of its pods. */
export const gpuAlerts = (exporter: WatchedExporter): GpuAlert[] => [
  ...exporterAlerts(exporter),
  ...faultAlerts(exporter),
];

/** The alerts of a platform as rules, each with its runbook. */
export function gpuAlertRules(exporter: WatchedExporter, runbookBaseUrl: string | undefined): AlertingRule[] {
  return gpuAlerts(exporter).map(({ summary, description, ...alert }) => ({
    ...alert,
    // No pod uses these GPUs, so no alert pages the person on call.
    labels: { severity: 'warning' },
    annotations: { summary, description, runbook_url: runbookUrl(alert.alert, runbookBaseUrl) },
  }));
}
