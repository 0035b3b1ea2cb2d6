import { k8s } from 'cdk8s-plus-28';
import type { ExporterContext } from './dcgm-context';
import { exporterLabels, exporterNames } from './dcgm-context';
import { readsCluster } from './dcgm-daemon-set';
import type { ExporterSettings } from './dcgm-settings';

/** The exporter's account, and what it may read: nothing, unless it needs claims or labels of pods. */
export function exporterAccess(settings: ExporterSettings, context: ExporterContext): object[] {
  const { namespace, dra } = context;
  const { podLabels } = settings;
  const names = exporterNames(context.name);
  const labels = exporterLabels(context);
  const account = k8s.KubeServiceAccount.manifest({
    metadata: { name: names.serviceAccount, namespace, labels },
    automountServiceAccountToken: false,
  });
  if (!readsCluster(settings, context)) return [account];
  const verbs = ['get', 'list', 'watch'];
  const role = k8s.KubeClusterRole.manifest({
    metadata: { name: names.clusterRole, labels },
    rules: [
      ...(podLabels.length > 0 ? [{ apiGroups: [''], resources: ['pods'], verbs }] : []),
      ...(dra ? [{ apiGroups: ['resource.k8s.io'], resources: ['resourceslices'], verbs }] : []),
    ],
  });
  const binding = k8s.KubeClusterRoleBinding.manifest({
    metadata: { name: names.clusterRoleBinding, labels },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: names.clusterRole },
    subjects: [{ kind: 'ServiceAccount', name: names.serviceAccount, namespace }],
  });
  return [account, role, binding];
}
