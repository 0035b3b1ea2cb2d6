import type { Needs } from '../world/assets';

/** Programs of a control plane, of Istio, and of an endpoint picker, with the kinds that they watch. */
export const POOL_NEEDS: Needs = {
  tests: 'pools',
  variable: 'POOL_ASSETS',
  programs: ['etcd', 'kube-apiserver', 'kube-controller-manager', 'pilot-discovery', 'envoy', 'epp'],
  kinds: ['istio-crds.yaml', 'inference-crds.yaml'],
  hint: `pilot-discovery is Istio's, epp the endpoint picker of Gateway API Inference Extension 1.5, both listening on
127.0.0.1; the YAML files have the CustomResourceDefinitions of both.`,
};
