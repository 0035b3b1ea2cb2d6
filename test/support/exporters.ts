import { DCGM_METRICS } from './dcgm-metrics';
import type { Exporter, ExporterMetric } from './exporter-metric';

interface Row {
  readonly name: string;
  readonly type?: ExporterMetric['type'];
  readonly labels: string;
  readonly when?: string;
  readonly unit?: string;
}

const table = (exporter: Exporter, rows: readonly Row[]): ExporterMetric[] =>
  rows.map(({ type = 'gauge', labels, ...row }) => ({ ...row, exporter, type, labels: labels.split(' ') }));

/** Prometheus' own. */
const PROMETHEUS = table('prometheus', [
  { name: 'up', labels: 'namespace pod container app', when: 'one for each target; 0 while a scrape fails' },
  {
    name: 'ALERTS',
    labels: 'alertname alertstate severity namespace app model',
    when: 'while an alert is pending or firing',
  },
]);

const DEPLOYMENT = 'namespace deployment';
const AUTOSCALER = 'namespace horizontalpodautoscaler';
const POD = 'namespace pod';
const CONTAINER = `${POD} container`;

/**
 * kube-state-metrics, docs/metrics/: workload/{deployment,pod,horizontalpodautoscaler}-metrics.md and
 * cluster/node-metrics.md. It does not report Rollouts.
 */
const KUBE_STATE_METRICS = table('kube-state-metrics', [
  { name: 'kube_deployment_spec_replicas', labels: DEPLOYMENT },
  { name: 'kube_deployment_status_condition', labels: `${DEPLOYMENT} condition status` },
  { name: 'kube_deployment_status_observed_generation', labels: DEPLOYMENT },
  { name: 'kube_deployment_status_replicas', labels: DEPLOYMENT },
  { name: 'kube_deployment_status_replicas_available', labels: DEPLOYMENT },
  { name: 'kube_deployment_status_replicas_ready', labels: DEPLOYMENT },
  { name: 'kube_deployment_status_replicas_unavailable', labels: DEPLOYMENT },
  { name: 'kube_deployment_status_replicas_updated', labels: DEPLOYMENT },
  { name: 'kube_horizontalpodautoscaler_info', labels: `${AUTOSCALER} scaletargetref_kind scaletargetref_name` },
  { name: 'kube_horizontalpodautoscaler_spec_max_replicas', labels: AUTOSCALER },
  { name: 'kube_horizontalpodautoscaler_spec_min_replicas', labels: AUTOSCALER },
  { name: 'kube_horizontalpodautoscaler_status_condition', labels: `${AUTOSCALER} condition status` },
  { name: 'kube_horizontalpodautoscaler_status_current_replicas', labels: AUTOSCALER },
  { name: 'kube_horizontalpodautoscaler_status_desired_replicas', labels: AUTOSCALER },
  { name: 'kube_node_info', labels: 'node' },
  { name: 'kube_node_status_allocatable', labels: 'node resource unit' },
  { name: 'kube_pod_container_resource_requests', labels: `${CONTAINER} node resource unit` },
  {
    name: 'kube_pod_container_status_last_terminated_reason',
    labels: `${CONTAINER} reason`,
    when: 'after the first restart',
  },
  { name: 'kube_pod_container_status_restarts_total', type: 'counter', labels: CONTAINER },
  { name: 'kube_pod_container_status_waiting_reason', labels: `${CONTAINER} reason`, when: 'while a container waits' },
  { name: 'kube_pod_created', labels: POD, unit: 'seconds since 1970' },
  {
    name: 'kube_pod_deletion_timestamp',
    labels: POD,
    unit: 'seconds since 1970',
    when: 'while a pod is being deleted',
  },
  { name: 'kube_pod_info', labels: `${POD} node created_by_kind created_by_name` },
  { name: 'kube_pod_start_time', labels: POD, unit: 'seconds since 1970' },
  { name: 'kube_pod_status_phase', labels: `${POD} phase`, when: 'one for each phase; 1 for that of the pod' },
  { name: 'kube_pod_status_ready', labels: `${POD} condition`, when: 'one for each of true, false and unknown' },
  { name: 'kube_pod_status_ready_time', labels: POD, unit: 'seconds since 1970', when: 'once ready; the last time' },
  { name: 'kube_pod_status_scheduled_time', labels: POD, unit: 'seconds since 1970', when: 'once scheduled' },
  { name: 'kube_pod_status_unschedulable', labels: POD, when: 'while no node takes the pod' },
]);

const SCALER = 'namespace scaledObject scaler triggerIndex metric type';

/** KEDA 2.20, pkg/metricscollector/prommetrics.go. `namespace` is that of the ScaledObject, or `exported_namespace`. */
const KEDA = table('keda', [
  { name: 'keda_internal_scale_loop_latency_seconds', labels: 'namespace type resource', unit: 'seconds' },
  { name: 'keda_scaled_object_errors_total', type: 'counter', labels: 'namespace scaledObject' },
  { name: 'keda_scaled_object_paused', labels: 'namespace scaledObject' },
  { name: 'keda_scaler_active', labels: SCALER },
  { name: 'keda_scaler_detail_errors_total', type: 'counter', labels: SCALER, when: 'after the first error' },
  {
    name: 'keda_scaler_empty_upstream_responses_total',
    type: 'counter',
    labels: 'namespace scaledResource triggerName metricName ignoreNullValues',
    when: 'KEDA 2.20, after the first query without an answer',
  },
  { name: 'keda_scaler_metrics_latency_seconds', labels: SCALER, unit: 'seconds' },
  { name: 'keda_scaler_metrics_value', labels: SCALER },
]);

const ROLLOUT = 'namespace name';

/** Argo Rollouts, controller/metrics/prommetrics.go. `namespace` is that of the Rollout, or `exported_namespace`. */
const ARGO_ROLLOUTS = table('argo-rollouts', [
  { name: 'analysis_run_info', labels: `${ROLLOUT} phase`, when: 'one for each AnalysisRun that is kept' },
  { name: 'rollout_info', labels: `${ROLLOUT} strategy traffic_router phase` },
  { name: 'rollout_info_replicas_available', labels: ROLLOUT },
  { name: 'rollout_info_replicas_desired', labels: ROLLOUT },
  { name: 'rollout_info_replicas_unavailable', labels: ROLLOUT },
  { name: 'rollout_info_replicas_updated', labels: ROLLOUT },
]);

const OF_CLUSTER = 'envoy_cluster_name';
const OF_SERVICE =
  'reporter source_workload destination_service_name destination_service_namespace response_code response_flags';

/**
 * Proxies of gateways: Envoy behind Envoy Gateway v1.9.1, as its /stats/prometheus has them, and Istio's standard metrics
 * (istio/istio.io content/en/docs/reference/config/metrics).
 */
const GATEWAYS = table('gateway', [
  { name: 'envoy_cluster_upstream_rq_total', type: 'counter', labels: OF_CLUSTER },
  {
    name: 'envoy_cluster_upstream_rq_xx',
    type: 'counter',
    labels: `${OF_CLUSTER} envoy_response_code_class`,
    when: 'after the first answer of the class',
  },
  { name: 'envoy_cluster_upstream_rq_time_bucket', type: 'histogram', labels: `${OF_CLUSTER} le`, unit: 'ms' },
  { name: 'envoy_http_downstream_rq_total', type: 'counter', labels: 'envoy_http_conn_manager_prefix' },
  {
    name: 'envoy_http_downstream_rq_xx',
    type: 'counter',
    labels: 'envoy_http_conn_manager_prefix envoy_response_code_class',
  },
  { name: 'istio_build', labels: 'component tag' },
  { name: 'istio_requests_total', type: 'counter', labels: OF_SERVICE, when: 'after the first request' },
  { name: 'istio_request_duration_milliseconds_bucket', type: 'histogram', labels: `${OF_SERVICE} le`, unit: 'ms' },
]);

/** Every metric of other exporters that this library uses, by name. */
export const EXPORTER_METRICS: ReadonlyMap<string, ExporterMetric> = new Map(
  [...PROMETHEUS, ...DCGM_METRICS, ...KUBE_STATE_METRICS, ...KEDA, ...ARGO_ROLLOUTS, ...GATEWAYS].map((each) => [
    each.name,
    each,
  ]),
);
