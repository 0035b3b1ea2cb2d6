import type { k8s } from 'cdk8s-plus-28';

/**
 * A type of cdk8s-plus-28 as the API has it: quantities and ports are plain values. The package wraps them in classes,
 * and its `k8s` module is one file of 2.7 MB; types alone cost nothing at run time.
 */
export type Plain<T> = T extends k8s.Quantity | k8s.IntOrString
  ? k8s.Quantity extends T
    ? string | number
    : PlainFields<T>
  : PlainFields<T>;

type PlainFields<T> = { [Field in keyof T]: Plain<T[Field]> };

interface KindProps {
  readonly ConfigMap: k8s.KubeConfigMapProps;
  readonly Deployment: k8s.KubeDeploymentProps;
  readonly NetworkPolicy: k8s.KubeNetworkPolicyProps;
  readonly PodDisruptionBudget: k8s.KubePodDisruptionBudgetProps;
  readonly Service: k8s.KubeServiceProps;
  readonly ServiceAccount: k8s.KubeServiceAccountProps;
}

const API_VERSION: Readonly<Record<keyof KindProps, string>> = {
  ConfigMap: 'v1',
  Deployment: 'apps/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  PodDisruptionBudget: 'policy/v1',
  Service: 'v1',
  ServiceAccount: 'v1',
};

/** The manifest of a kind of Kubernetes itself. Fields that are undefined are not printed. */
export function kubeManifest<Kind extends keyof KindProps>(kind: Kind, props: Plain<KindProps[Kind]>): object {
  return { apiVersion: API_VERSION[kind], kind, ...props };
}
