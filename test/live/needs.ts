import type { Needs } from '../world/assets';

/** Programs of a control plane, of Istio, and of everything that takes part in a canary. */
export const LIVE_NEEDS: Needs = {
  tests: 'deliveries',
  variable: 'DELIVERY_ASSETS',
  programs: [
    ...['etcd', 'kube-apiserver', 'kube-controller-manager', 'pilot-discovery', 'envoy'],
    ...['rollouts-controller', 'keda', 'keda-adapter', 'prometheus'],
  ],
  kinds: ['istio-crds.yaml', 'argo-rollouts-crds.yaml', 'keda-crds.yaml'],
  hint: `pilot-discovery is Istio's, keda and keda-adapter are the operator and the metrics server of KEDA, and all of them
listen on 127.0.0.1; the YAML files have the CustomResourceDefinitions of the three projects.`,
};

/** Keeps the logs. */
export const KEEP_LOGS = 'DELIVERY_KEEP_LOGS';
