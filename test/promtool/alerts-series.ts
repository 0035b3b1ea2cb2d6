import type { Series } from './series';

/** Default minutes of a series. */
const LENGTH = 160;

export type Labels = Readonly<Record<string, string>>;

/** Where the namespace of an object ends up without and with `honorLabels`. */
export const EXPORTER_LAYOUTS: readonly (readonly [layout: string, namespaceOf: (exporter: string) => Labels])[] = [
  ['exported', (exporter) => ({ namespace: exporter, exported_namespace: 'llm', job: exporter })],
  ['honoured', (exporter) => ({ namespace: 'llm', job: exporter })],
];

/** A series as a selector and promtool's notation for its values. */
export function series(metric: string, labels: Labels, values: string): Series {
  const matchers = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return [`${metric}{${matchers.join(',')}}`, values];
}

export const steady = (metric: string, labels: Labels, value: number): Series =>
  series(metric, labels, `${value}x${LENGTH}`);

/** A counter that grows by so much each minute. */
export const growing = (metric: string, labels: Labels, perMinute: number): Series =>
  series(metric, labels, `0+${perMinute}x${LENGTH}`);

/** One value for some minutes, then another one to the end. */
export const turning = (metric: string, labels: Labels, first: number, minutes: number, then: number): Series =>
  series(metric, labels, `${first}x${minutes - 1} ${then}x${LENGTH - minutes}`);

/** Labels of what a monitor scrapes from a pod. */
export interface Target {
  readonly namespace: string;
  readonly app: string;
  readonly pod: string;
}

export const POD = 'vllm-6d4cf56db6-x7k2p';
export const SECOND = 'vllm-6d4cf56db6-b9q4z';
/** Of another version. */
export const THIRD = 'vllm-7c9d8e5f41-m2n3p';
export const target = (name = POD): Target => ({ namespace: 'llm', app: 'vllm', pod: name });

/** What an engine does each minute, and holds. */
export interface Engine {
  readonly up: number;
  readonly running: number;
  readonly waiting: number;
  readonly tokens: number;
  readonly queueTime: number;
  readonly kv: number;
  readonly preempted: number;
  readonly refused: number;
}

const HEALTHY: Engine = {
  up: 1,
  running: 3,
  waiting: 0,
  tokens: 600,
  queueTime: 6,
  kv: 0.4,
  preempted: 0,
  refused: 0,
};

export const ofEngine = (of: Target) => ({ ...of, container: 'vllm', model_name: 'llama', engine: '0' });
export const upLabels = (of: Target) => ({ ...of, container: 'vllm', endpoint: 'http', instance: `${of.pod}:8000` });

/** Everything that a pod exposes, and `up`. It finishes 60 requests a minute. */
export function engine(of: Target, more: Partial<Engine> = {}, kvMetric = 'vllm:kv_cache_usage_perc'): Series[] {
  const does = { ...HEALTHY, ...more };
  const labels = ofEngine(of);
  return [
    steady('up', upLabels(of), does.up),
    steady('vllm:num_requests_running', labels, does.running),
    steady('vllm:num_requests_waiting', labels, does.waiting),
    growing('vllm:generation_tokens_total', labels, does.tokens),
    growing('vllm:prompt_tokens_total', labels, does.tokens),
    growing('vllm:request_queue_time_seconds_sum', labels, does.queueTime),
    growing('vllm:request_queue_time_seconds_count', labels, 60),
    growing('vllm:request_success_total', { ...labels, finished_reason: 'stop' }, 60),
    growing('vllm:num_preemptions_total', labels, does.preempted),
    steady(kvMetric, labels, does.kv),
    growing(
      'vllm:admission_rejections_total',
      { ...of, model_name: 'llama', reason: 'max_num_queued_reqs' },
      does.refused,
    ),
  ];
}

/** A pod as kube-state-metrics sees it. */
export interface Pod {
  readonly ready: number;
  /** Seconds since the start of the test; before it, if negative. */
  readonly scheduled: number;
  readonly unschedulable: boolean;
  /** Restarts each minute. */
  readonly restarts: number;
  readonly outOfMemory: boolean;
  readonly leaving: boolean;
}

const RUNNING: Pod = {
  ready: 1,
  scheduled: -3600,
  unschedulable: false,
  restarts: 0,
  outOfMemory: false,
  leaving: false,
};

export const podLabels = (of: Target) => ({ namespace: of.namespace, pod: of.pod, job: 'kube-state-metrics' });

/** What kube-state-metrics reports about a pod. */
export function pod(of: Target, more: Partial<Pod> = {}): Series[] {
  const is = { ...RUNNING, ...more };
  const labels = podLabels(of);
  const container = { ...labels, container: 'vllm' };
  return [
    steady('kube_pod_status_ready', { ...labels, condition: 'true' }, is.ready),
    steady('kube_pod_status_ready', { ...labels, condition: 'false' }, 1 - is.ready),
    steady('kube_pod_status_phase', { ...labels, phase: 'Running' }, 1),
    steady('kube_pod_status_scheduled_time', labels, is.scheduled),
    growing('kube_pod_container_status_restarts_total', container, is.restarts),
    ...(is.unschedulable ? [steady('kube_pod_status_unschedulable', labels, 1)] : []),
    ...(is.leaving ? [steady('kube_pod_deletion_timestamp', labels, 60)] : []),
    ...(is.outOfMemory
      ? [steady('kube_pod_container_status_last_terminated_reason', { ...container, reason: 'OOMKilled' }, 1)]
      : []),
  ];
}

/** What kube-state-metrics reports about a Deployment and its autoscaler. */
export interface Fleet {
  readonly desired: number;
  readonly available: number;
  readonly progressing: number;
  readonly inactive: number;
  readonly current: number;
  readonly max: number;
}

const FLEET: Fleet = { desired: 2, available: 2, progressing: 1, inactive: 0, current: 2, max: 40 };

export function fleet(more: Partial<Fleet> = {}, namespace = 'llm', name = 'vllm'): Series[] {
  const is = { ...FLEET, ...more };
  const deployment = { namespace, deployment: name, job: 'kube-state-metrics' };
  const progressing = { ...deployment, condition: 'Progressing' };
  const autoscaler = {
    namespace,
    horizontalpodautoscaler: `keda-hpa-${name}-scaler`,
    job: 'kube-state-metrics',
  };
  const active = { ...autoscaler, condition: 'ScalingActive' };
  const ref = { scaletargetref_kind: 'Deployment', scaletargetref_name: name };
  return [
    steady('kube_deployment_spec_replicas', deployment, is.desired),
    steady('kube_deployment_status_replicas_available', deployment, is.available),
    steady('kube_deployment_status_condition', { ...progressing, status: 'true' }, is.progressing),
    steady('kube_deployment_status_condition', { ...progressing, status: 'false' }, 1 - is.progressing),
    steady('kube_horizontalpodautoscaler_info', { ...autoscaler, ...ref }, 1),
    steady('kube_horizontalpodautoscaler_status_condition', { ...active, status: 'false' }, is.inactive),
    steady('kube_horizontalpodautoscaler_status_condition', { ...active, status: 'true' }, 1 - is.inactive),
    steady('kube_horizontalpodautoscaler_status_current_replicas', autoscaler, is.current),
    steady('kube_horizontalpodautoscaler_spec_max_replicas', autoscaler, is.max),
  ];
}
