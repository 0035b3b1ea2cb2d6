import type { k8s } from 'cdk8s-plus-28';

/**
 * A type of cdk8s-plus-28 as the Kubernetes API has it: quantities and ports are plain values. The package wraps them
 * in classes, and its `k8s` module is one file of 2.7 MB; types cost nothing at run time.
 */
export type Plain<T> = T extends k8s.Quantity | k8s.IntOrString
  ? k8s.Quantity extends T
    ? string | number
    : PlainFields<T>
  : PlainFields<T>;

type PlainFields<T> = { [Field in keyof T as Spelled<Field>]: Plain<T[Field]> };

/** Fields that the package spells differently from the API. */
interface Spelling {
  readonly clientIp: 'clientIP';
  readonly clusterIp: 'clusterIP';
  readonly datasetUuid: 'datasetUUID';
  readonly diskUri: 'diskURI';
  readonly downwardApi: 'downwardAPI';
  readonly externalId: 'externalID';
  readonly hostIp: 'hostIP';
  readonly hostIpc: 'hostIPC';
  readonly hostPid: 'hostPID';
  readonly insecureSkipTlsVerify: 'insecureSkipTLSVerify';
  readonly loadBalancerIp: 'loadBalancerIP';
  readonly nodeId: 'nodeID';
  readonly nonResourceUrLs: 'nonResourceURLs';
  readonly openApiv3Schema: 'openAPIV3Schema';
  readonly pdId: 'pdID';
  readonly podCidr: 'podCIDR';
  readonly podCidRs: 'podCIDRs';
  readonly providerId: 'providerID';
  readonly scaleIo: 'scaleIO';
  readonly setHostnameAsFqdn: 'setHostnameAsFQDN';
  readonly storagePolicyId: 'storagePolicyID';
  readonly targetCpuUtilizationPercentage: 'targetCPUUtilizationPercentage';
  readonly targetWwNs: 'targetWWNs';
  readonly volumeId: 'volumeID';
}

type Spelled<Field> = Field extends keyof Spelling ? Spelling[Field] : Field;

interface KindProps {
  readonly ClusterRole: k8s.KubeClusterRoleProps;
  readonly ClusterRoleBinding: k8s.KubeClusterRoleBindingProps;
  readonly ConfigMap: k8s.KubeConfigMapProps;
  readonly DaemonSet: k8s.KubeDaemonSetProps;
  readonly Deployment: k8s.KubeDeploymentProps;
  readonly Ingress: k8s.KubeIngressProps;
  readonly Job: k8s.KubeJobProps;
  readonly NetworkPolicy: k8s.KubeNetworkPolicyProps;
  readonly PodDisruptionBudget: k8s.KubePodDisruptionBudgetProps;
  readonly Role: k8s.KubeRoleProps;
  readonly RoleBinding: k8s.KubeRoleBindingProps;
  readonly Service: k8s.KubeServiceProps;
  readonly ServiceAccount: k8s.KubeServiceAccountProps;
}

const API_VERSION: Readonly<Record<keyof KindProps, string>> = {
  ClusterRole: 'rbac.authorization.k8s.io/v1',
  ClusterRoleBinding: 'rbac.authorization.k8s.io/v1',
  ConfigMap: 'v1',
  DaemonSet: 'apps/v1',
  Deployment: 'apps/v1',
  Ingress: 'networking.k8s.io/v1',
  Job: 'batch/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  PodDisruptionBudget: 'policy/v1',
  Role: 'rbac.authorization.k8s.io/v1',
  RoleBinding: 'rbac.authorization.k8s.io/v1',
  Service: 'v1',
  ServiceAccount: 'v1',
};

/** The manifest of a built-in kind of Kubernetes. Undefined fields are not printed. */
export function kubeManifest<Kind extends keyof KindProps>(kind: Kind, props: Plain<KindProps[Kind]>): object {
  return { apiVersion: API_VERSION[kind], kind, ...props };
}
