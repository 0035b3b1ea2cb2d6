import { Catalogue } from '../engine/catalogue/catalogue';
import type { MetricRole } from '../engine/metric-roles';
import { metricOf } from '../engine/metric-roles';
import type { Release } from '../engine/release';
import { COST_RECORDS } from '../metrics/gpu-records';
import { selector, series } from '../metrics/promql';
import type { RuleGroup } from '../metrics/rules';
import { engineSeries } from '../plan/engine-series';
import type { Watched } from '../plan/watched';

/** vLLM's own metrics from which cost is computed. */
export function costMetrics(release: Release): string[] {
  const catalogue = Catalogue.of(release);
  return [metricOf('generationTokens', catalogue), metricOf('promptTokens', catalogue)];
}

/** Time without a token after which a replica counts as idle. */
const IDLE = '15m';

/** kube-state-metrics writes `_` for each character that is no letter and no digit: `nvidia_com_mig_1g_10gb`. */
const resourceLabel = (resource: string): string => resource.replace(/[^A-Za-z0-9_]/g, '_');

/**
 * Rules about what a stack costs, from kube-state-metrics and from vLLM's tokens. None without a price.
 *
 * A device counts from the moment its pod has a node, so while the image is pulled and the model loads too: no other pod
 * can use it. A pod that waits for a node holds nothing.
 */
export function costRules(watched: Watched): RuleGroup[] {
  const { namespace, app, model, device, workload, dollarsPerDeviceHour: price } = watched;
  if (price === undefined) return [];
  const labels = { namespace, app, model };
  const rule = (record: string, expr: string) => ({ record, expr, labels });
  // By the model too: when it changes, the series of the old one lasts for one more evaluation.
  const held = series(COST_RECORDS.devices, watched, { model });
  // By the minute, whatever the interval of the rules: a pool that sleeps half of the hour has half of the cost.
  const spent = `sum(sum_over_time(${series(COST_RECORDS.dollarsPerHour, watched)}[1h:1m])) / 60`;
  const generated = tokens('generationTokens', watched, '1h');
  // Of several pods of a replica, one has the engine's metrics.
  const perReplica = device.perPod * workload.nodesPerReplica;
  const all = `${generated} + ${tokens('promptTokens', watched, '1h')}`;
  return [
    {
      name: `${app}-cost`,
      rules: [
        rule(COST_RECORDS.devices, devices(watched)),
        rule(COST_RECORDS.dollarsPerHour, `${held} * ${price}`),
        // Without tokens there is no price of a token: no sample, rather than an infinite one.
        rule(COST_RECORDS.per1kOutputTokens, `1000 * (${spent}) / (${generated} > 0)`),
        rule(COST_RECORDS.per1kTokens, `1000 * (${spent}) / (${all} > 0)`),
        rule(COST_RECORDS.idleDollarsPerHour, `${idleReplicas(watched)}${times(perReplica)} * ${price}`),
      ],
    },
  ];
}

/** A factor of a query; nothing for one. */
const times = (factor: number): string => (factor === 1 ? '' : ` * ${factor}`);

/**
 * Devices that pods hold; 0 when kube-state-metrics answers and reports none. The label `node` is empty until a pod has
 * one (kube-state-metrics internal/store/pod.go).
 */
function devices({ namespace, pods, device }: Watched): string {
  const pod = { namespace, pod: { matches: pods } };
  const onNode = { ...pod, node: { matches: '.+' } };
  const resource = resourceLabel(device.resourceName);
  // A claim is no request of a container, so its pods are counted, each with the devices that it claims.
  const each = device.claimed
    ? `max by (namespace, pod) (${selector('kube_pod_info', onNode)})${times(device.perPod)}`
    : `max by (namespace, pod, container) (${selector('kube_pod_container_resource_requests', { ...onNode, resource })})`;
  const alive = selector('kube_pod_status_phase', { ...pod, phase: { matches: 'Pending|Running' } });
  // Each pod or container once, also while kube-state-metrics is replaced and two of them answer.
  return `sum(${each} and on (namespace, pod) (${alive} == 1)) or 0 * count(kube_node_info)`;
}

const tokens = (role: MetricRole, watched: Watched, window: string): string =>
  `sum(increase(${engineSeries(role, watched)}[${window}]))`;

/**
 * Replicas that exist, existed 15 minutes ago, and have read and written no token since. Tokens rather than running
 * requests: a short request between two scrapes is never seen running.
 */
function idleReplicas(watched: Watched): string {
  const generated = engineSeries('generationTokens', watched);
  const prompt = engineSeries('promptTokens', watched);
  const worked = `sum by (pod) (increase(${generated}[${IDLE}])) + sum by (pod) (increase(${prompt}[${IDLE}]))`;
  const idle = `${worked} == 0 and on (pod) ${generated} and on (pod) ${generated} offset ${IDLE}`;
  return `(count(${idle}) or 0 * count(${generated}))`;
}
