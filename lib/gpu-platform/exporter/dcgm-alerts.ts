import { GPU_ALERTS } from '../../defaults';
import { selector, window } from '../../metrics/promql';
import { runbookUrl } from '../../metrics/runbook';
import type { AlertingRule } from '../../metrics/rules';

/** What identifies a GPU, whatever exporter tells about it. The label of the host changed its name between releases. */
const GPU = 'node, gpu, UUID, modelName';

/**
 * XID errors for which the program on the GPU is to blame, and not the GPU. Source: NVIDIA/k8s-device-plugin
 * internal/rm/health.go, which keeps a GPU in use after them.
 */
const XIDS_OF_PROGRAMS = '13|31|43|45|68|109';

/** The exporter that tells about the GPUs. */
export interface WatchedExporter {
  readonly job: string;
  /** Beginning of the names of its own pods: a series may have one of them when no pod uses the GPU. */
  readonly pods: string;
  /** Pods claim GPUs, and nodes offer none as extended resources. */
  readonly dra: boolean;
}

/** An alert before it gets what all of them have. */
export interface GpuAlert extends Pick<AlertingRule, 'alert' | 'expr' | 'for'> {
  readonly summary: string;
  readonly description: string;
}

type Labels = Parameters<typeof selector>[1];

/**
 * A fault of GPUs that no pod uses. The pod that uses a GPU is in `pod`, as the platform's own monitors have it, or in
 * `exported_pod` where the Prometheus does not honour labels; then, and where the exporter's own labels are kept, `pod` of
 * an unused GPU is the exporter's.
 *
 * A fault that a series of a pod tells about too is the pod's: one slice of a GPU may be in use and another not, and the
 * alerts of the stack tell about it.
 */
function unused({ pods }: WatchedExporter, metric: string, more: Labels = {}, keep = ''): string {
  const none = `|${pods}-.+`;
  const nobody = selector(metric, { ...more, pod: { matches: none } });
  const hidden = selector(metric, { ...more, exported_pod: { matchesNot: '' } });
  const shown = selector(metric, { ...more, pod: { matchesNot: none } });
  return `max by (${GPU}${keep}) (${nobody}) > 0 unless on (node, UUID${keep}) (${hidden} > 0 or ${shown} > 0)`;
}

const onGpu = 'GPU {{ $labels.gpu }} ({{ $labels.modelName }}, {{ $labels.UUID }}) of node {{ $labels.node }}';

function exporterAlerts({ job, dra }: WatchedExporter): GpuAlert[] {
  const up = selector('up', { job });
  const down: GpuAlert = {
    alert: 'GpuExporterDown',
    expr: `${up} == 0`,
    for: GPU_ALERTS.exporterDown,
    summary: 'The DCGM exporter of a node does not answer.',
    description: `The DCGM exporter at {{ $labels.instance }} (node {{ $labels.node }}) has not answered for ${window(GPU_ALERTS.exporterDown)}: its GPUs are unwatched.`,
  };
  if (dra) return [down];
  const missing: GpuAlert = {
    alert: 'GpuNodeWithoutExporter',
    // A pool of GPUs may shrink to no node, so an absent exporter is no fault: one that misses on a node with GPUs is.
    expr: `max by (node) (kube_node_status_allocatable{resource=~"nvidia_com_(gpu|mig_).*"}) > 0 unless on (node) ${up}`,
    for: GPU_ALERTS.nodeWithoutMetrics,
    summary: 'A node with GPUs has no DCGM exporter.',
    description:
      'Node {{ $labels.node }} offers GPUs, and Prometheus knows no DCGM exporter there: see taints of the node, affinity of the DaemonSet and labels of the monitor.',
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
      summary: 'A GPU without a pod reports a fault of the hardware or the driver.',
      description: `XID {{ $labels.xid }} on ${onGpu}, which no pod is known to use. The next pod would get it: cordon the node and look the code up.`,
    },
    {
      alert: 'GpuIdleEccDoubleBit',
      ...fault('DCGM_FI_DEV_ECC_DBE_VOL_TOTAL'),
      summary: 'Memory of a GPU without a pod lost data.',
      description: `{{ $value }} uncorrectable memory errors since the driver was loaded on ${onGpu}, which no pod is known to use. Reset it before the next pod gets it.`,
    },
    {
      alert: 'GpuIdleRowRemapPending',
      ...fault('DCGM_FI_DEV_ROW_REMAP_PENDING'),
      summary: 'A GPU without a pod waits for a reset.',
      description: `A bad memory row is replaced at the next reset of ${onGpu}. No pod is known to use it: now is the time.`,
    },
    {
      alert: 'GpuIdleRowRemapFailure',
      ...fault('DCGM_FI_DEV_ROW_REMAP_FAILURE'),
      summary: 'Memory of a GPU without a pod has no spare rows left.',
      description: `A bad memory row could not be replaced on ${onGpu}, which no pod is known to use. It needs to be exchanged: cordon the node.`,
    },
  ];
}

/** Alerts about the exporter, and about faults of GPUs that no pod uses. A stack has those about GPUs of its pods. */
export const gpuAlerts = (exporter: WatchedExporter): GpuAlert[] => [
  ...exporterAlerts(exporter),
  ...faultAlerts(exporter),
];

/** The alerts of a platform as rules, each with its runbook. */
export function gpuAlertRules(exporter: WatchedExporter, runbookBaseUrl: string | undefined): AlertingRule[] {
  return gpuAlerts(exporter).map(({ summary, description, ...alert }) => ({
    ...alert,
    // No pod waits for these GPUs yet, so it wakes nobody up.
    labels: { severity: 'warning' },
    annotations: { summary, description, runbook_url: runbookUrl(alert.alert, runbookBaseUrl) },
  }));
}
