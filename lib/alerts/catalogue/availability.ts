import { ALERTS, TIMING } from '../../defaults';
import { series, window } from '../../metrics/promql';
import type { Watched } from '../../plan/watched';
import { ofWorkload } from '../../plan/workload-series';
import type { AlertRow } from '../alert-row';
import { maxByPod, ofPods, total } from '../expressions';

/** How long a new pod may give no answer: until its image is pulled, and then until its model is loaded. */
export const loading = ({ startupBudget }: Watched): number => startupBudget + TIMING.schedulingAndPull;

/** Targets that never answered and are younger than a pod may take to start. */
function loadingTargets(watched: Watched): string {
  const up = series('up', watched);
  const start = window(loading(watched));
  return `(max_over_time(${up}[${start}]) == 0 unless ${up} offset ${start})`;
}

export const AVAILABILITY: readonly AlertRow[] = [
  {
    name: 'VllmTargetAbsent',
    severity: 'critical',
    pending: ALERTS.targetAbsent,
    // A comparison inside absent() would remove the labels of the result.
    expr: (watched) => `absent(${series('up', watched)})`,
    absent: ({ replicas: { min } }) => (min === 0 ? 'the stack scales to zero, and has no targets then' : undefined),
    summary: 'Prometheus has no target of this stack.',
    description: 'Prometheus knows no pod of this stack. The stack was deleted, or Prometheus does not scrape it.',
  },
  {
    name: 'VllmAllTargetsDown',
    severity: 'critical',
    pending: ALERTS.targetsDown,
    // A pod that loads excuses only itself: a scaler adds pods to an overloaded fleet, which then crashes.
    expr: (watched) => {
      const up = series('up', watched);
      return `${total(up)} == 0 and on (namespace, app) (${up} unless ${loadingTargets(watched)})`;
    },
    summary: 'No pod of this stack answers Prometheus.',
    description: 'Scrapes of all pods fail, and not all pods are still starting. Clients get no answers either.',
  },
  {
    name: 'VllmTargetDown',
    severity: 'warning',
    pending: ALERTS.targetDown,
    expr: (watched) => {
      const ready = maxByPod(ofPods('kube_pod_status_ready', watched, { condition: 'true' }));
      return `${maxByPod(series('up', watched))} == 0 and on (namespace, pod) (${ready} == 1)`;
    },
    summary: 'A pod that is ready does not answer Prometheus.',
    description:
      'Pod {{ $labels.pod }} gets traffic, but Prometheus cannot read its metrics: alerts and scaling do not see it.',
  },
  {
    name: 'VllmReplicasMismatch',
    severity: 'warning',
    pending: { of: loading, words: 'startup budget + 10 min' },
    expr: (watched) => {
      const { desiredReplicas, availableReplicas, exporter } = watched.workload;
      const highest = (query: string) => `max by (namespace, ${exporter.nameLabel}) (${query})`;
      const missing = [desiredReplicas, availableReplicas].map((metric) => highest(ofWorkload(metric, watched)));
      const changes = (selected: string) => `changes(${selected}[${window(watched.startupBudget)}])`;
      const moving = highest(ofWorkload(availableReplicas, watched, {}, changes));
      return `${missing.join(' - ')} > 0 and ${moving} == 0`;
    },
    absent: ({ workload: { kind, canary } }) =>
      canary ? `kube-state-metrics knows no ${kind}s; VllmCanaryAborted watches them` : undefined,
    summary: 'Fewer replicas are available than desired.',
    description: '{{ $value }} of the desired replicas did not become available in the time that a start may take.',
  },
  {
    name: 'VllmRestartLoop',
    severity: 'critical',
    pending: 0,
    threshold: { value: ALERTS.restarts, unit: 'restarts', zero: true, reason: 'two may be a node upgrade' },
    expr: (watched, threshold) => {
      const restarts = ofPods('kube_pod_container_status_restarts_total', watched, { container: watched.container });
      // A start that fails at the end of its budget restarts seldom.
      const slow = Math.ceil((threshold + 1) * (watched.startupBudget + ALERTS.restartBackOff));
      const seconds = Math.max(ALERTS.restartWindow, slow);
      // increase() extrapolates to the ends of the window: two restarts would be 2.03.
      const counted = `round(increase(${restarts}[${window(seconds)}]))`;
      return `max by (namespace, pod, container) (${counted}) > ${threshold}`;
    },
    summary: 'The engine restarts again and again.',
    description:
      'The engine of pod {{ $labels.pod }} restarted {{ $value | humanize }} times and serves little or nothing.',
  },
  {
    name: 'VllmOomKilled',
    severity: 'warning',
    pending: 0,
    expr: (watched) => {
      const container = { container: watched.container };
      const reason = ofPods('kube_pod_container_status_last_terminated_reason', watched, {
        ...container,
        reason: 'OOMKilled',
      });
      const restarts = ofPods('kube_pod_container_status_restarts_total', watched, container);
      const recent = `max by (namespace, pod, container) (increase(${restarts}[15m])) > 0`;
      return `max by (namespace, pod, container) (${reason}) == 1 and ${recent}`;
    },
    summary: 'The engine was killed because it ran out of memory.',
    description:
      'The engine of pod {{ $labels.pod }} exceeded its memory limit. This is memory of the node, not of the GPU.',
  },
];
