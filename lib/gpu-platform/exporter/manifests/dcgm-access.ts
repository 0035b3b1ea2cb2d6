import { kubeManifest } from '../../../emit/kube-manifest';
import type { ExporterPlan } from '../dcgm-plan';

/** The exporter's account and its permissions: none, unless it needs claims or labels of pods. */
export function exporterAccess(plan: ExporterPlan): object[] {
  const { names, namespace, podLabels, readsCluster, sharing } = plan;
  const labels = { ...plan.labels };
  const account = kubeManifest('ServiceAccount', {
    metadata: { name: names.serviceAccount, namespace, labels },
    automountServiceAccountToken: false,
  });
  if (!readsCluster) return [account];
  const verbs = ['get', 'list', 'watch'];
  const role = kubeManifest('ClusterRole', {
    metadata: { name: names.clusterRole, labels },
    rules: [
      ...(podLabels.length > 0 ? [{ apiGroups: [''], resources: ['pods'], verbs }] : []),
      ...(sharing.dra ? [{ apiGroups: ['resource.k8s.io'], resources: ['resourceslices'], verbs }] : []),
    ],
  });
  const binding = kubeManifest('ClusterRoleBinding', {
    metadata: { name: names.clusterRoleBinding, labels },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: names.clusterRole },
    subjects: [{ kind: 'ServiceAccount', name: names.serviceAccount, namespace }],
  });
  return [account, role, binding];
}
