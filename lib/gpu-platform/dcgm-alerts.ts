import { GPU_ALERTS } from '../defaults';
import { selector, window } from '../metrics/promql';
import type { AlertingRule } from '../metrics/rules';

/** What identifies a GPU, whatever exporter tells about it. The label of the host changed its name between releases. */
const GPU = 'node, gpu, UUID, modelName';

/**
 * XID errors for which the program on the GPU is to blame, and not the GPU. Source: NVIDIA/k8s-device-plugin
 * internal/rm/health.go, which keeps a GPU in use after them.
 */
const XIDS_OF_PROGRAMS = ['13', '31', '43', '45', '68', '109'];

/** Series of GPUs that no pod uses. With a pod, the alerts of that pod's service tell about the GPU. */
const idle = (metric: string) => selector(metric, { pod: '' });

const faulty = (metric: string) => `max by (${GPU}) (${idle(metric)}) > 0`;

const onGpu = 'GPU {{ $labels.gpu }} ({{ $labels.modelName }}, {{ $labels.UUID }}) of node {{ $labels.node }}';

function idleFault(alert: string, expr: string, summary: string, description: string): AlertingRule {
  return rule(alert, expr, GPU_ALERTS.idleFault, summary, description);
}

/** Nobody waits for these GPUs yet, so nobody is woken: all of them are warnings. */
function rule(alert: string, expr: string, lasting: number, summary: string, description: string): AlertingRule {
  return { alert, expr, for: lasting, labels: { severity: 'warning' }, annotations: { summary, description } };
}

/** Alerts of the platform, with the exporter's job as a pattern. */
export function gpuAlerts(job: string): AlertingRule[] {
  const up = selector('up', { job: { matches: job } });
  const xids = `DCGM_EXP_XID_ERRORS_COUNT{pod="",xid!~"${XIDS_OF_PROGRAMS.join('|')}"}`;
  return [
    rule(
      'GpuExporterDown',
      `${up} == 0`,
      GPU_ALERTS.exporterDown,
      'No GPU metrics from a node',
      `The DCGM exporter at {{ $labels.instance }} (node {{ $labels.node }}) has not answered for ${window(GPU_ALERTS.exporterDown)}: its GPUs are unwatched.`,
    ),
    rule(
      'GpuNodeWithoutExporter',
      // A pool of GPUs may shrink to no node, so an absent exporter is no fault: one that misses on a node with GPUs is.
      `max by (node) (kube_node_status_allocatable{resource=~"nvidia_com_(gpu|mig_).*"}) > 0 unless on (node) ${up}`,
      GPU_ALERTS.nodeWithoutMetrics,
      'A node with GPUs has no exporter',
      `Node {{ $labels.node }} offers GPUs, and Prometheus knows no DCGM exporter there: see taints of the node, affinity of the DaemonSet and labels of the monitor.`,
    ),
    rule(
      'GpuIdleXid',
      `max by (${GPU}, xid) (${xids}) > 0`,
      GPU_ALERTS.idleXid,
      'A GPU without a pod reports a hardware error',
      `XID {{ $labels.xid }} on ${onGpu}, which no pod is known to use. The next pod would get it: cordon the node and look the code up.`,
    ),
    idleFault(
      'GpuIdleEccDoubleBit',
      faulty('DCGM_FI_DEV_ECC_DBE_VOL_TOTAL'),
      'A GPU without a pod had uncorrectable memory errors',
      `{{ $value }} uncorrectable memory errors since the driver was loaded on ${onGpu}, which no pod is known to use. Reset it before the next pod gets it.`,
    ),
    idleFault(
      'GpuIdleRowRemapPending',
      faulty('DCGM_FI_DEV_ROW_REMAP_PENDING'),
      'A GPU without a pod waits for a reset',
      `A bad memory row is replaced at the next reset of ${onGpu}. No pod is known to use it: now is the time.`,
    ),
    idleFault(
      'GpuIdleRowRemapFailure',
      faulty('DCGM_FI_DEV_ROW_REMAP_FAILURE'),
      'A GPU without a pod has no spare memory rows',
      `A bad memory row could not be replaced on ${onGpu}, which no pod is known to use. It needs to be exchanged: cordon the node.`,
    ),
  ];
}
