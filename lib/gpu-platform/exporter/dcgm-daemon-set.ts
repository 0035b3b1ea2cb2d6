import { k8s } from 'cdk8s-plus-28';
import { DCGM } from '../../defaults';
import { DCGM_EXPORTER_IMAGE } from '../../defaults/images';
import { cores, mebibytes } from '../../emit/quantity';
import { countersChecksum, COUNTERS_FOLDER } from './dcgm-config';
import type { ExporterContext } from './dcgm-context';
import { exporterLabels, exporterNames, exporterSelector } from './dcgm-context';
import { exporterVariables } from './dcgm-environment';
import type { ExporterSettings } from './dcgm-settings';

/** The kubelet's socket is here: it says which pod has which device. */
const POD_RESOURCES = '/var/lib/kubelet/pod-resources';

/** Whether the exporter talks to the Kubernetes API: for claims and for labels of pods. */
export function readsCluster({ podLabels }: ExporterSettings, { dra }: ExporterContext): boolean {
  return dra || podLabels.length > 0;
}

/** The exporter on every node with a GPU. */
export function exporterDaemonSet(settings: ExporterSettings, context: ExporterContext): object {
  const { namespace, nodeAffinity, tolerations, runtimeClassName } = context;
  const names = exporterNames(context.name);
  const labels = exporterLabels(context);
  return k8s.KubeDaemonSet.manifest({
    metadata: { name: names.daemonSet, namespace, labels },
    spec: {
      selector: { matchLabels: exporterSelector(context) },
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: k8s.IntOrString.fromString(DCGM.maxUnavailable) },
      },
      template: {
        metadata: { labels, annotations: { 'checksum/counters': countersChecksum(settings) } },
        spec: {
          serviceAccountName: names.serviceAccount,
          automountServiceAccountToken: readsCluster(settings, context),
          enableServiceLinks: false,
          priorityClassName: 'system-node-critical',
          runtimeClassName,
          affinity:
            nodeAffinity.length > 0
              ? {
                  nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: nodeAffinity } },
                }
              : undefined,
          tolerations: tolerations.length > 0 ? tolerations : undefined,
          containers: [container(settings, context)],
          volumes: [
            { name: 'pod-resources', hostPath: { path: POD_RESOURCES, type: 'Directory' } },
            { name: 'counters', configMap: { name: names.counters } },
          ],
        },
      },
    },
  });
}

function container(settings: ExporterSettings, context: ExporterContext): k8s.Container {
  const { cpu, memory, memoryLimit } = settings.resources;
  const health = { httpGet: { path: '/health', port: k8s.IntOrString.fromString('metrics') } };
  return {
    name: 'exporter',
    image: DCGM_EXPORTER_IMAGE,
    imagePullPolicy: 'IfNotPresent',
    env: exporterVariables(settings, context),
    ports: [{ name: 'metrics', containerPort: DCGM.port }],
    securityContext: {
      // DCGM reads devices and the kubelet's socket, which belong to root.
      runAsUser: 0,
      runAsNonRoot: false,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'], add: settings.profiling ? ['SYS_ADMIN'] : undefined },
    },
    resources: {
      requests: { cpu: k8s.Quantity.fromString(cores(cpu)), memory: k8s.Quantity.fromString(mebibytes(memory)) },
      limits: { memory: k8s.Quantity.fromString(mebibytes(memoryLimit)) },
    },
    startupProbe: {
      ...health,
      periodSeconds: DCGM.probePeriod,
      failureThreshold: Math.ceil(DCGM.startupBudget / DCGM.probePeriod),
    },
    readinessProbe: { ...health, periodSeconds: DCGM.probePeriod },
    livenessProbe: { ...health, periodSeconds: DCGM.livenessPeriod },
    volumeMounts: [
      { name: 'pod-resources', mountPath: POD_RESOURCES, readOnly: true },
      { name: 'counters', mountPath: COUNTERS_FOLDER, readOnly: true },
    ],
  };
}
