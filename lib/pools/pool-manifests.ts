import { Yaml } from 'cdk8s';
import type { InferencePoolProps } from '../../imports/inference.networking.k8s.io';
import type { PodMonitorProps } from '../../imports/monitoring.coreos.com';
import { ISTIO, PICKER } from '../defaults';
import { kubeManifest } from '../emit/kube-manifest';
import type { ObjectMeta } from '../emit/object-meta';
import { objectMetadata } from '../emit/object-meta';
import { digest } from '../units/digest';
import { CONFIG_FILE, pickerPod } from './picker-pod';
import { pickerRights } from './picker-rights';
import { poolMeta } from './pool-meta';
import type { PoolPlan } from './pool-plan';

/** All objects of a pool, in the order in which they are needed. */
export function poolManifests(pool: PoolPlan): object[] {
  const meta = poolMeta(pool);
  const config = Yaml.stringify(pool.picker.config);
  return [
    ...pickerRights(pool, meta),
    kubeManifest('ConfigMap', {
      metadata: objectMetadata(pool.names.configMap, meta),
      data: { [CONFIG_FILE]: config },
    }),
    deployment(pool, meta, config),
    service(pool, meta),
    ...networkPolicy(pool, meta),
    ...destinationRule(pool, meta),
    ...podMonitor(pool, meta),
    inferencePool(pool, meta),
  ];
}

/**
 * The InferencePool, with the Service of the picker as its extension. Without appProtocol, whose default fits: releases
 * before 1.4 do not know it, and refuse it (kubernetes-sigs/gateway-api-inference-extension#2781).
 */
function inferencePool({ names, selector, port, failureMode }: PoolPlan, meta: ObjectMeta): object {
  const spec = {
    selector: { matchLabels: { ...selector } },
    targetPorts: [{ number: port }],
    endpointPickerRef: {
      group: '',
      kind: 'Service',
      name: names.service,
      port: { number: PICKER.grpcPort },
      failureMode: failureMode as never,
    },
  } satisfies InferencePoolProps['spec'];
  return {
    apiVersion: 'inference.networking.k8s.io/v1',
    kind: 'InferencePool',
    metadata: objectMetadata(names.pool, meta),
    spec,
  };
}

/**
 * One replica is replaced by a second one that is ready first, so a new configuration is no outage. Of several, only
 * the leader is ready: a new one could not become ready while an old one has the lease.
 */
const strategyOf = (leaderElection: boolean) =>
  leaderElection ? { type: 'Recreate' } : { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };

/** The Deployment. The checksum annotation replaces the pod when its configuration changes. */
function deployment(pool: PoolPlan, meta: ObjectMeta, config: string): object {
  const { replicas, leaderElection, selector } = pool.picker;
  return kubeManifest('Deployment', {
    metadata: objectMetadata(pool.names.picker, meta),
    spec: {
      replicas,
      strategy: strategyOf(leaderElection),
      selector: { matchLabels: { ...selector } },
      template: {
        metadata: {
          // In a namespace of the ambient mode, the NetworkPolicy would block the probes and the tunnel.
          labels: { ...meta.labels, [ISTIO.modeLabel]: 'none' },
          annotations: { 'checksum/config': digest(config) },
        },
        spec: pickerPod(pool),
      },
    },
  });
}

/** The name of the port makes Istio use HTTP/2 with TLS too, and appProtocol makes every gateway use it without TLS. */
function service({ names, picker }: PoolPlan, meta: ObjectMeta): object {
  return kubeManifest('Service', {
    metadata: objectMetadata(names.service, meta),
    spec: {
      type: 'ClusterIP',
      selector: { ...picker.selector },
      ports: [
        {
          name: 'grpc-ext-proc',
          port: PICKER.grpcPort,
          targetPort: 'grpc',
          appProtocol: picker.servesTls ? undefined : 'kubernetes.io/h2c',
        },
        { name: 'http-metrics', port: PICKER.metricsPort, targetPort: 'metrics' },
      ],
    },
  });
}

const inNamespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});

/** Requests from gateways, metrics for Prometheus. Without a namespace that may scrape, the metrics are closed. */
function networkPolicy({ names, picker }: PoolPlan, meta: ObjectMeta): object[] {
  if (picker.network === undefined) return [];
  const { gateways, monitoring } = picker.network;
  const scrapes = monitoring.length === 0 ? [] : [{ from: monitoring.map(inNamespace), ports: [{ port: 'metrics' }] }];
  return [
    kubeManifest('NetworkPolicy', {
      metadata: objectMetadata(names.networkPolicy, meta),
      spec: {
        podSelector: { matchLabels: { ...picker.selector } },
        policyTypes: ['Ingress'],
        ingress: [{ from: gateways?.map(inNamespace), ports: [{ port: 'grpc' }] }, ...scrapes],
      },
    }),
  ];
}

/**
 * Makes Istio connect with TLS and accept the picker's own certificate. The host is the name of the Service in the
 * namespace of the rule, whatever the domain of the cluster is.
 */
function destinationRule({ names, picker }: PoolPlan, meta: ObjectMeta): object[] {
  if (!picker.destinationRule) return [];
  return [
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: objectMetadata(names.destinationRule, meta),
      spec: { host: names.service, trafficPolicy: { tls: { mode: 'SIMPLE', insecureSkipVerify: true } } },
    },
  ];
}

/** The PodMonitor of the picker, whose series begin with `llm_d_epp_`. */
function podMonitor({ names, picker, monitoringLabels }: PoolPlan, meta: ObjectMeta): object[] {
  if (monitoringLabels === undefined) return [];
  const spec = {
    selector: { matchLabels: { ...picker.selector } },
    podMetricsEndpoints: [{ port: 'metrics' }],
  } satisfies PodMonitorProps['spec'];
  const labels = { ...meta.labels, ...monitoringLabels };
  return [
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: objectMetadata(names.monitor, { ...meta, labels }),
      spec,
    },
  ];
}
