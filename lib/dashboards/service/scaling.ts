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
    { expr: of('status_desired_replicas'), legend: 'wanted' },
    { expr: of('status_current_replicas'), legend: 'there' },
    { expr: of('spec_max_replicas'), legend: 'most' },
  ];
  return timeseries({
    title: 'Replicas',
    about: scaler
      ? 'Replicas that serve, that the autoscaler wants, that exist, and the most that there may be. Wanted at the most for long: raise maxReplicas if the GPU budget allows. Wanted above ready: pods wait for a node or load their weights.'
      : 'Replicas that serve. Fewer than there should be: look at the pods, which wait for a node, load weights or restart.',
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
        'What KEDA read last for each signal; the one that asks for most replicas wins. A signal that stays 0 under load has a query that finds nothing.',
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
      'Pods that no node can take. For more than some minutes: the GPU quota is used up, the node pool is at its end, or a toleration is missing.',
    unit: UNIT.count,
    queries: [{ expr: podsThat('kube_pod_status_unschedulable', {}, scope), legend: 'unschedulable' }],
  });
}

function coldStart(scope: ServiceScope): Panel {
  const { startupBudget } = scope.watched;
  const at = (metric: string) => max(scope.pods(metric), 'pod');
  return timeseries({
    title: 'Cold start',
    about: `From a node to readiness for each pod; a pod that became unready and ready again reads longer. The line is the ${startupBudget} s that a start may take: above it, cache the weights and the compiled graphs, or raise the startup budget before the kubelet restarts pods that still load.`,
    unit: UNIT.seconds,
    queries: [
      { expr: `${at('kube_pod_status_ready_time')} - ${at('kube_pod_status_scheduled_time')}`, legend: '{{pod}}' },
    ],
    lines: [{ value: startupBudget, color: 'red' }],
  });
}

/** How many replicas there are, and why. */
export function scalingRow(scope: ServiceScope): Row {
  return {
    title: 'Scaling',
    collapsed: true,
    panels: [replicas(scope), ...signals(scope), capacity(scope), coldStart(scope)],
  };
}
