import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from '../../../emit/kube-manifest';
import { kubeManifest } from '../../../emit/kube-manifest';
import { DCGM } from '../../../defaults';
import { DCGM_EXPORTER_IMAGE } from '../../../defaults/images';
import { cores, mebibytes } from '../../../emit/quantity';
import { affinity, tolerations } from '../../nodes/manifests/scheduling';
import { countersChecksum } from '../dcgm-counters';
import type { ExporterPlan } from '../dcgm-plan';
import { allCounters } from '../dcgm-settings';
import { COUNTERS_FOLDER } from './dcgm-config';
import { exporterVariables } from './dcgm-environment';

/** Folder of the kubelet's socket that tells which pod has which device. */
const POD_RESOURCES = '/var/lib/kubelet/pod-resources';

/** The exporter on every node with a GPU. */
export function exporterDaemonSet(plan: ExporterPlan): object {
  const { names, namespace, readsCluster, runtimeClassName } = plan;
  const labels = { ...plan.labels };
  return kubeManifest('DaemonSet', {
    metadata: { name: names.daemonSet, namespace, labels },
    spec: {
      selector: { matchLabels: { ...plan.selector } },
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: DCGM.maxUnavailable },
      },
      template: {
        metadata: { labels, annotations: { 'checksum/counters': countersChecksum(allCounters(plan)) } },
        spec: {
          serviceAccountName: names.serviceAccount,
          automountServiceAccountToken: readsCluster,
          enableServiceLinks: false,
          priorityClassName: 'system-node-critical',
          runtimeClassName,
          affinity: affinity(plan.nodes.terms),
          tolerations: tolerations(plan.tolerations),
          containers: [container(plan)],
          volumes: [
            { name: 'pod-resources', hostPath: { path: POD_RESOURCES, type: 'Directory' } },
            { name: 'counters', configMap: { name: names.counters } },
          ],
        },
      },
    },
  });
}

function container(plan: ExporterPlan): Plain<k8s.Container> {
  const { cpu, memory, memoryLimit } = plan.resources;
  const health = { httpGet: { path: '/health', port: 'metrics' } };
  return {
    name: 'exporter',
    image: DCGM_EXPORTER_IMAGE,
    imagePullPolicy: 'IfNotPresent',
    env: exporterVariables(plan),
    ports: [{ name: 'metrics', containerPort: DCGM.port }],
    securityContext: {
      // DCGM reads devices and the kubelet's socket, which belong to root.
      runAsUser: 0,
      runAsNonRoot: false,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'], add: plan.profiling ? ['SYS_ADMIN'] : undefined },
    },
    resources: {
      requests: { cpu: cores(cpu), memory: mebibytes(memory) },
      limits: { memory: mebibytes(memoryLimit) },
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
