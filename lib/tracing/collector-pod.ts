import type { k8s } from 'cdk8s-plus-28';
import { TRACING } from '../defaults';
import type { Plain } from '../emit/kube-manifest';
import { cores, mebibytes } from '../emit/quantity';
import type { CollectorPlan } from './collector-plan';
import { CA_FOLDER } from './collector-plan';

export const CONFIG_FILE = 'collector.yaml';
const CONFIG_FOLDER = '/etc/otel/config';

/** What Pod Security "restricted" asks of a pod. */
export const POD_SECURITY: k8s.PodSecurityContext = {
  runAsNonRoot: true,
  runAsUser: TRACING.collectorUser,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** What Pod Security "restricted" asks of a container, and a root that nothing writes to. */
export const CONTAINER_SECURITY: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

/** Variables that the configuration names. */
export function environment({ secrets }: CollectorPlan): Plain<k8s.EnvVar>[] {
  return [
    { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    ...secrets.map(({ name, secret }) => ({
      name,
      valueFrom: { secretKeyRef: { name: secret.secretName, key: secret.key } },
    })),
  ];
}

/** Memory is the limit that matters: the collector refuses spans before it reaches it. */
export function resources({ cpu, memory }: CollectorPlan) {
  return {
    requests: { cpu: cores(cpu), memory: mebibytes(memory) },
    limits: { memory: mebibytes(memory) },
  };
}

/** The authority of the other side, one file of its Secret. */
export function authority({ ca }: CollectorPlan) {
  if (ca === undefined) return { volumes: [], volumeMounts: [] };
  return {
    volumes: [{ name: 'ca', secret: { secretName: ca.secretName, items: [{ key: ca.key, path: ca.key }] } }],
    volumeMounts: [{ name: 'ca', mountPath: CA_FOLDER, readOnly: true }],
  };
}

/** The pod of a collector that reads its configuration from the ConfigMap of its name. */
export function collectorPod(collector: CollectorPlan, ports: readonly k8s.ContainerPort[]): Plain<k8s.PodSpec> {
  const { volumes, volumeMounts } = authority(collector);
  const httpGet = { path: '/', port: TRACING.healthPort };
  return {
    serviceAccountName: collector.names.serviceAccount,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: POD_SECURITY,
    containers: [
      {
        name: 'collector',
        image: collector.image,
        imagePullPolicy: 'IfNotPresent',
        args: [`--config=${CONFIG_FOLDER}/${CONFIG_FILE}`],
        env: [
          ...environment(collector),
          // Go's own limit lies below the container's: it collects garbage before the kernel kills.
          { name: 'GOMEMLIMIT', value: `${Math.floor(collector.memory * TRACING.memoryShare)}MiB` },
        ],
        ports: [...ports],
        resources: resources(collector),
        livenessProbe: { httpGet },
        readinessProbe: { httpGet },
        securityContext: CONTAINER_SECURITY,
        volumeMounts: [{ name: 'config', mountPath: CONFIG_FOLDER, readOnly: true }, ...volumeMounts],
      },
    ],
    volumes: [{ name: 'config', configMap: { name: collector.names.configMap } }, ...volumes],
  };
}
