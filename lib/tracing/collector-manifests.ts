import { Yaml } from 'cdk8s';
import type { OpenTelemetryCollectorSpec } from '../../imports/opentelemetry.io';
import { kubeManifest } from '../emit/kube-manifest';
import type { ObjectMeta } from '../emit/object-meta';
import { objectMetadata } from '../emit/object-meta';
import { RESTRICTED_CONTAINER, restrictedPod } from '../emit/restricted';
import { digest } from '../units/digest';
import { authority, collectorPod, CONFIG_FILE, environment, resources } from './collector-pod';
import type { CollectorPlan } from './collector-plan';
import { OTLP_PORT } from './endpoint';
import { CollectorKind, OtlpProtocol } from './tracing-options';

const PORTS = [
  { name: 'otlp-grpc', port: OTLP_PORT[OtlpProtocol.GRPC] },
  { name: 'otlp-http', port: OTLP_PORT[OtlpProtocol.HTTP] },
];

const selectorOf = ({ name }: CollectorPlan) => ({ app: name });

/**
 * The labels of the stack, without those that identify the engine: Service, monitor and disruption budget of the engine
 * must not select the collector.
 */
function metaOf(collector: CollectorPlan, meta: ObjectMeta): ObjectMeta {
  const labels = {
    ...meta.labels,
    ...selectorOf(collector),
    'app.kubernetes.io/name': 'opentelemetry-collector',
    'app.kubernetes.io/instance': collector.name,
    'app.kubernetes.io/component': 'tracing',
    'app.kubernetes.io/part-of': collector.stack,
    'app.kubernetes.io/version': collector.image.slice(collector.image.lastIndexOf(':') + 1),
  };
  return { ...meta, labels };
}

/** All objects of a collector, in the order in which they are needed. */
export function collectorObjects(collector: CollectorPlan, meta: ObjectMeta): object[] {
  const own = metaOf(collector, meta);
  const common = [serviceAccount(collector, own), networkPolicy(collector, own)];
  if (collector.kind === CollectorKind.OPERATOR) return [...common, openTelemetryCollector(collector, own)];
  const config = Yaml.stringify(collector.config);
  return [
    ...common,
    kubeManifest('ConfigMap', {
      metadata: objectMetadata(collector.names.configMap, own),
      data: { [CONFIG_FILE]: config },
    }),
    service(collector, own),
    deployment(collector, own, config),
  ];
}

function serviceAccount({ names }: CollectorPlan, meta: ObjectMeta): object {
  return kubeManifest('ServiceAccount', {
    metadata: objectMetadata(names.serviceAccount, meta),
    automountServiceAccountToken: false,
  });
}

/** Only the engine's pods may connect to the receivers. */
function networkPolicy(collector: CollectorPlan, meta: ObjectMeta): object {
  return kubeManifest('NetworkPolicy', {
    metadata: objectMetadata(collector.names.networkPolicy, meta),
    spec: {
      podSelector: { matchLabels: selectorOf(collector) },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ podSelector: { matchLabels: { ...collector.senders } } }],
          ports: PORTS.map(({ port }) => ({ port })),
        },
      ],
    },
  });
}

function service(collector: CollectorPlan, meta: ObjectMeta): object {
  return kubeManifest('Service', {
    metadata: objectMetadata(collector.name, meta),
    spec: {
      type: 'ClusterIP',
      selector: selectorOf(collector),
      ports: PORTS.map(({ name, port }) => ({ name, port, targetPort: name })),
    },
  });
}

/** One pod, also during a rollout: with two, each would get only a part of a trace. */
const STRATEGY = { type: 'Recreate' };

/** The Deployment. The checksum annotation replaces the pod when its configuration changes. */
function deployment(collector: CollectorPlan, meta: ObjectMeta, config: string): object {
  const ports = PORTS.map(({ name, port }) => ({ name, containerPort: port }));
  return kubeManifest('Deployment', {
    metadata: objectMetadata(collector.names.deployment, meta),
    spec: {
      replicas: 1,
      strategy: STRATEGY,
      selector: { matchLabels: selectorOf(collector) },
      template: {
        metadata: {
          labels: { ...meta.labels },
          annotations: { ...meta.annotations, 'checksum/config': digest(config) },
        },
        spec: collectorPod(collector, ports),
      },
    },
  });
}

/** The OpenTelemetryCollector. The operator creates the pod, its probes, the Service and the ConfigMap. */
function openTelemetryCollector(collector: CollectorPlan, meta: ObjectMeta): object {
  const { volumes, volumeMounts } = authority(collector);
  const spec = {
    mode: 'deployment' as never,
    image: collector.image,
    replicas: 1,
    deploymentUpdateStrategy: STRATEGY,
    serviceAccount: collector.names.serviceAccount,
    config: collector.config,
    env: environment(collector),
    resources: resources(collector),
    podSecurityContext: restrictedPod(collector.user),
    securityContext: RESTRICTED_CONTAINER,
    ...(volumes.length > 0 && { volumes, volumeMounts }),
  } satisfies OpenTelemetryCollectorSpec;
  return {
    apiVersion: 'opentelemetry.io/v1beta1',
    kind: 'OpenTelemetryCollector',
    metadata: objectMetadata(collector.name, meta),
    spec,
  };
}
