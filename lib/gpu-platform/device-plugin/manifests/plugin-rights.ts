import type { k8s } from 'cdk8s-plus-28';
import { kubeManifest } from '../../../emit/kube-manifest';
import type { DevicePluginPlan } from '../plugin-plan';
import type { DaemonName } from './daemon';
import { accountName, labelsOf, NAMES } from './daemon';

const API_GROUP = 'rbac.authorization.k8s.io';

function subject(plan: DevicePluginPlan, name: DaemonName): k8s.Subject {
  return { kind: 'ServiceAccount', name: accountName(name), namespace: plan.namespace };
}

function account(plan: DevicePluginPlan, name: DaemonName): object {
  const metadata = { name: accountName(name), namespace: plan.namespace, labels: labelsOf(plan, name) };
  return kubeManifest('ServiceAccount', { metadata, automountServiceAccountToken: false });
}

/** Lets the plugin read the label of its node, which selects the configuration. Nodes have no namespace. */
function mayReadNodes(plan: DevicePluginPlan, accounts: readonly DaemonName[]): object[] {
  const name = `${NAMES.devicePlugin}-read`;
  const labels = labelsOf(plan, NAMES.devicePlugin);
  return [
    kubeManifest('ClusterRole', {
      metadata: { name, labels },
      rules: [{ apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] }],
    }) as object,
    kubeManifest('ClusterRoleBinding', {
      metadata: { name: `${name}-binding`, labels },
      roleRef: { apiGroup: API_GROUP, kind: 'ClusterRole', name },
      subjects: accounts.map((each) => subject(plan, each)),
    }) as object,
  ];
}

/** Lets feature discovery write NodeFeatures, in its own namespace only; upstream's chart allows it in all. */
function mayWriteFeatures(plan: DevicePluginPlan): object[] {
  const name = `${NAMES.featureDiscovery}-write`;
  const { namespace } = plan;
  const labels = labelsOf(plan, NAMES.featureDiscovery);
  const verbs = ['get', 'list', 'watch', 'create', 'update'];
  return [
    kubeManifest('Role', {
      metadata: { name, namespace, labels },
      rules: [
        { apiGroups: ['nfd.k8s-sigs.io'], resources: ['nodefeatures'], verbs },
        { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
      ],
    }) as object,
    kubeManifest('RoleBinding', {
      metadata: { name: `${name}-binding`, namespace, labels },
      roleRef: { apiGroup: API_GROUP, kind: 'Role', name },
      subjects: [subject(plan, NAMES.featureDiscovery)],
    }) as object,
  ];
}

/** Accounts, and only the permissions that the options need. */
export function rights(plan: DevicePluginPlan): object[] {
  const accounts = [NAMES.devicePlugin, ...(plan.featureDiscovery ? [NAMES.featureDiscovery] : [])];
  return [
    ...accounts.map((name) => account(plan, name)),
    ...(plan.defaultConfig === undefined ? [] : mayReadNodes(plan, accounts)),
    ...(plan.featureDiscovery ? mayWriteFeatures(plan) : []),
  ];
}
