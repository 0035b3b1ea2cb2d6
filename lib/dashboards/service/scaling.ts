import type { Row } from '../grafana/layout';
import type { Panel, Query } from '../grafana/panel';
import { timeseries } from '../grafana/timeseries';
import { UNIT } from '../grafana/units';
import { max, rate, sum } from '../panel-queries';
import type { ServiceScope } from './scope';

const AUTOSCALER = 'kube_horizontalpodautoscaler_';

/** How many pods are in a state; each once, also where two instances of kube-state-metrics report it. */
const podsThat = (metric: string, labels: Readonly<Record<string, string>>, scope: ServiceScope): string =>
  sum(max(scope.pods(metric, labels), 'pod'));

function replicas(scope: ServiceScope): Panel {
  const { scaler } = scope.watched;
  const ready: Query = { expr: podsThat('kube_pod_status_ready', { condition: 'true' }, scope), legend: 'ready' };
  const of = (metric: string) =>
    max(scope.object(AUTOSCALER + metric, 'horizontalpodautoscaler', scaler?.autoscaler ?? ''));
  const scaled: Query[] = [
    { expr: of('status_desired_replicas'), legend: 'desired' },
    { expr: of('status_current_replicas'), legend: 'current' },
    { expr: of('spec_max_replicas'), legend: 'max' },
  ];
  return timeseries({
    title: 'Replicas',
    about: scaler
      ? 'Ready replicas, the desired and current number of the autoscaler, and its maximum. If desired stays at the maximum, raise maxReplicas if the GPU budget allows. If desired is above ready, pods wait for a node or load their weights.'
      : 'Ready replicas. If there are fewer than desired, look at the pods: they wait for a node, load weights or restart.',
    unit: UNIT.count,
    queries: scaler ? [ready, ...scaled] : [ready],
  });
}

/** What KEDA reads and what goes wrong there. */
function signals(scope: ServiceScope): readonly Panel[] {
  const { scaler } = scope.watched;
  if (scaler === undefined) return [];
  const labels = { scaledObject: scaler.name };
  return [
    timeseries({
      title: 'Signals of the scaler',
      about:
        'The last value that KEDA read for each signal. The signal that needs the highest number of replicas decides. If a signal stays 0 under load, its query finds nothing.',
      unit: UNIT.count,
      queries: [{ expr: max(scope.about('keda_scaler_metrics_value', labels), 'scaler'), legend: '{{scaler}}' }],
    }),
    timeseries({
      title: 'Errors of the scaler',
      about:
        'Failed queries of KEDA per second. While they last, replicas do not follow the load: check the address of Prometheus, its authentication and the query.',
      unit: UNIT.perSecond,
      queries: [
        { expr: sum(scope.about('keda_scaler_detail_errors_total', labels, rate), 'scaler'), legend: '{{scaler}}' },
      ],
    }),
  ];
}

function capacity(scope: ServiceScope): Panel {
  return timeseries({
    title: 'Pods without a node',
    about:
      'Pods that fit on no node. If this lasts for more than a few minutes, the GPU quota is used up, the node pool is at its maximum, or a toleration is missing.',
    unit: UNIT.count,
    queries: [{ expr: podsThat('kube_pod_status_unschedulable', {}, scope), legend: 'unschedulable' }],
  });
}

function coldStart(scope: ServiceScope): Panel {
  const { startupBudget } = scope.watched;
  const at = (metric: string) => max(scope.pods(metric), 'pod');
  return timeseries({
    title: 'Cold start',
    about: `Time from scheduling to readiness of each pod; it reads too long for a pod that became ready again. The line is the startup budget of ${startupBudget} s. If starts take longer, cache the weights and the compiled graphs, or raise the startup budget before the kubelet restarts pods that still load.`,
    unit: UNIT.seconds,
    queries: [
      { expr: `${at('kube_pod_status_ready_time')} - ${at('kube_pod_status_scheduled_time')}`, legend: '{{pod}}' },
    ],
    lines: [{ value: startupBudget, color: 'red' }],
  });
}

/** How many replicas the stack has, and why. */
export function scalingRow(scope: ServiceScope): Row {
  return {
    title: 'Scaling',
    collapsed: true,
    panels: [replicas(scope), ...signals(scope), capacity(scope), coldStart(scope)],
  };
}
