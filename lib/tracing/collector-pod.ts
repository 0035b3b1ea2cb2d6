import type { k8s } from 'cdk8s-plus-28';
import { TRACING } from '../defaults';
import type { Plain } from '../emit/kube-manifest';
import { cores, mebibytes } from '../emit/quantity';
import { RESTRICTED_CONTAINER, restrictedPod } from '../emit/restricted';
import type { CollectorPlan } from './collector-plan';
import { CA_FOLDER } from './collector-plan';

export const CONFIG_FILE = 'collector.yaml';
const CONFIG_FOLDER = '/etc/otel/config';

/** Variables that the configuration reads. */
export function environment({ secrets }: CollectorPlan): Plain<k8s.EnvVar>[] {
  return [
    { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    ...secrets.map(({ name, secret }) => ({
      name,
      valueFrom: { secretKeyRef: { name: secret.secretName, key: secret.key } },
    })),
  ];
}

/** Memory is limited, CPU is not: the collector refuses spans before it reaches the memory limit. */
export function resources({ cpu, memory }: CollectorPlan) {
  return {
    requests: { cpu: cores(cpu), memory: mebibytes(memory) },
    limits: { memory: mebibytes(memory) },
  };
}

/** The certificate authority of the backend: one file from its Secret. */
export function authority({ ca }: CollectorPlan) {
  if (ca === undefined) return { volumes: [], volumeMounts: [] };
  return {
    volumes: [{ name: 'ca', secret: { secretName: ca.secretName, items: [{ key: ca.key, path: ca.key }] } }],
    volumeMounts: [{ name: 'ca', mountPath: CA_FOLDER, readOnly: true }],
  };
}

/** The pod of a collector. It reads its configuration from the collector's ConfigMap. */
export function collectorPod(collector: CollectorPlan, ports: readonly k8s.ContainerPort[]): Plain<k8s.PodSpec> {
  const { volumes, volumeMounts } = authority(collector);
  const httpGet = { path: '/', port: TRACING.healthPort };
  return {
    serviceAccountName: collector.names.serviceAccount,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: restrictedPod(collector.user),
    containers: [
      {
        name: 'collector',
        image: collector.image,
        imagePullPolicy: 'IfNotPresent',
        args: [`--config=${CONFIG_FOLDER}/${CONFIG_FILE}`],
        env: [
          ...environment(collector),
          // Go's limit is below the container's: Go collects garbage before the kernel kills the process.
          { name: 'GOMEMLIMIT', value: `${Math.floor(collector.memory * TRACING.memoryShare)}MiB` },
        ],
        ports: [...ports],
        resources: resources(collector),
        livenessProbe: { httpGet },
        readinessProbe: { httpGet },
        securityContext: RESTRICTED_CONTAINER,
        volumeMounts: [{ name: 'config', mountPath: CONFIG_FOLDER, readOnly: true }, ...volumeMounts],
      },
    ],
    volumes: [{ name: 'config', configMap: { name: collector.names.configMap } }, ...volumes],
  };
}
