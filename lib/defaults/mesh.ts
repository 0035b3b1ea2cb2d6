/** Names, ports and addresses of Istio. */
export const ISTIO = {
  /** Label of a pod or namespace with its mode: `ambient` or `none` (istio/istio:pkg/config/constants/constants.go). */
  modeLabel: 'istio.io/dataplane-mode',
  /** Label of a pod by which it gets a sidecar or not (istio/istio:pkg/kube/inject/inject.go, injectRequired). */
  injectLabel: 'sidecar.istio.io/inject',
  /**
   * Tunnel of the ambient mode, which carries the traffic of every port of a pod. Sidecars also receive the traffic of
   * ambient clients there (istio/istio.io:content/en/docs/ambient/usage/networkpolicy/index.md).
   */
  tunnelPort: 15_008,
  /**
   * Metrics of the sidecar: merged with those of the engine, and of Envoy alone
   * (istio/istio.io:content/en/docs/ops/deployment/application-requirements/index.md).
   */
  metricsPorts: [15_020, 15_090],
  /** All ports on which a sidecar listens in the pod (the same page). */
  sidecarPorts: [15_000, 15_001, 15_004, 15_006, 15_008, 15_020, 15_021, 15_053, 15_090],
  /**
   * Sources of the kubelet's probes in ambient mode, which rewrites them. They cannot be routed, so only the pod's own
   * node can be the sender (istio/istio:cni/README.md, HOST_PROBE_SNAT_IP and HOST_PROBE_SNAT_IPV6).
   */
  probeSources: ['169.254.7.127/32', 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128'],
  /** User of the proxy. Its own traffic is not redirected, so no other container may run as it. */
  proxyUser: 1337,
  /**
   * How long a classic sidecar stays after SIGTERM by default, in seconds (terminationDrainDuration,
   * istio/istio:pkg/config/mesh/mesh.go).
   */
  terminationDrain: 5,
} as const;
