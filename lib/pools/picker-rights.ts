import { kubeManifest } from '../emit/kube-manifest';
import type { ObjectMeta } from '../emit/object-meta';
import { objectMetadata } from '../emit/object-meta';
import type { PoolPlan } from './pool-plan';

const READ = ['get', 'list', 'watch'];

/**
 * What the picker watches in its namespace (llm-d/llm-d-router config/charts/llm-d-router-standalone/templates/rbac.yaml
 * and deploy/components/inference-gateway/single-pool/rbac.yaml). The two groups of objectives are that of the release
 * and the one before. Rights to check tokens are not needed, since the NetworkPolicy guards the metrics.
 */
const RULES = [
  { apiGroups: [''], resources: ['pods'], verbs: READ },
  { apiGroups: ['inference.networking.k8s.io'], resources: ['inferencepools'], verbs: READ },
  {
    apiGroups: ['llm-d.ai', 'inference.networking.x-k8s.io'],
    resources: ['inferenceobjectives', 'inferencemodelrewrites'],
    verbs: READ,
  },
];

/** For the lease of the leader (config/charts/routerlib/templates/_leader-election-rbac.yaml), without deletion. */
const ELECTION = [
  {
    apiGroups: ['coordination.k8s.io'],
    resources: ['leases'],
    verbs: [...READ, 'create', 'update', 'patch'],
  },
  { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
];

/** The ServiceAccount of the picker, with rights in its own namespace only. */
export function pickerRights({ names, namespace, picker }: PoolPlan, meta: ObjectMeta): object[] {
  return [
    kubeManifest('ServiceAccount', {
      metadata: objectMetadata(names.serviceAccount, meta),
      // The pod itself asks for the token.
      automountServiceAccountToken: false,
    }),
    kubeManifest('Role', {
      metadata: objectMetadata(names.role, meta),
      rules: [...RULES, ...(picker.leaderElection ? ELECTION : [])],
    }),
    kubeManifest('RoleBinding', {
      metadata: objectMetadata(names.roleBinding, meta),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: names.role },
      subjects: [{ kind: 'ServiceAccount', name: names.serviceAccount, namespace }],
    }),
  ];
}
