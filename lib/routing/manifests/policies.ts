import type { ObjectMeta } from '../../emit/object-meta';
import { objectMetadata } from '../../emit/object-meta';
import { gapOf } from '../gateway/gap';
import type { GatewayKind } from '../gateway/gateway-facts';
import { backendRefs } from '../targets/backend-refs';
import type { RouteBackend } from '../targets/route-backend';
import type { RoutesPlan } from '../routes-plan';

type Policies = (plan: RoutesPlan, meta: ObjectMeta) => object[];

/** The backends of all routes, each once, with a stack of this program behind it. */
function backendsOf({ routes }: RoutesPlan): RouteBackend[] {
  const all = routes.flatMap(({ backends }) => backends.flatMap(backendRefs)).filter(({ stacks }) => stacks.length > 0);
  const same = (one: RouteBackend, other: RouteBackend): boolean =>
    one.kind === other.kind && one.name === other.name && one.namespace === other.namespace;
  return all.filter((backend, index) => all.findIndex((each) => same(each, backend)) === index);
}

/**
 * Policies of GKE, in the namespace of each backend (GoogleCloudPlatform/gke-networking-recipes
 * gateway-api/config/servicepolicies/crd/standard). The load balancer does not read probes: it asks `/`, which vLLM
 * answers with 404. `timeoutSec` is the time of the whole response, 30 s by default.
 */
const gke: Policies = (plan, meta) =>
  backendsOf(plan).flatMap(({ group, kind, name, namespace, stacks }) => {
    const metadata = objectMetadata(`${plan.name}-${name}`, { ...meta, namespace: namespace ?? meta.namespace });
    const targetRef = { group, kind, name };
    const type = stacks.some(({ https }) => https) ? 'HTTPS' : 'HTTP';
    const check = { portSpecification: 'USE_SERVING_PORT', requestPath: '/health' };
    return [
      {
        apiVersion: 'networking.gke.io/v1',
        kind: 'GCPBackendPolicy',
        metadata,
        spec: { targetRef, default: { timeoutSec: plan.requestTimeout } },
      },
      {
        apiVersion: 'networking.gke.io/v1',
        kind: 'HealthCheckPolicy',
        metadata,
        spec: {
          targetRef,
          default: { config: { type, [type === 'HTTPS' ? 'httpsHealthCheck' : 'httpHealthCheck']: check } },
        },
      },
    ];
  });

/** Routes that one policy may refer to. */
const MAX_TARGETS = 16;

/** Policies about the streams of all routes, as few as possible. */
function streams(plan: RoutesPlan, meta: ObjectMeta, apiVersion: string, kind: string, spec: object): object[] {
  const targets = plan.httpRoutes.map(({ name }) => ({ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name }));
  const policies = Math.ceil(targets.length / MAX_TARGETS);
  return Array.from({ length: policies }, (_, index) => ({
    apiVersion,
    kind,
    metadata: objectMetadata(`${plan.name}-streams${index === 0 ? '' : `-${index + 1}`}`, meta),
    spec: { targetRefs: targets.slice(index * MAX_TARGETS, (index + 1) * MAX_TARGETS), ...spec },
  }));
}

/**
 * Policies of NGINX Gateway Fabric 2.6, in the namespace of the routes (nginx/nginx-gateway-fabric
 * config/crd/bases/gateway.nginx.org_proxysettingspolicies.yaml and …_clientsettingspolicies.yaml). NGINX collects
 * responses before it sends them, ends a stream at the first gap of 60 s, and refuses bodies over 1 MB.
 */
const nginxGatewayFabric: Policies = (plan, meta) => {
  const version = 'gateway.nginx.org/v1alpha1';
  const gap = `${gapOf(plan.requestTimeout)}s`;
  const spec = { buffering: { disable: true }, timeout: { read: gap, send: gap } };
  return [
    ...streams(plan, meta, version, 'ProxySettingsPolicy', spec),
    // One for each route: its targetRef is a single one.
    ...plan.httpRoutes.map(({ name }) => ({
      apiVersion: version,
      kind: 'ClientSettingsPolicy',
      metadata: objectMetadata(name, meta),
      spec: {
        targetRef: { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name },
        body: { maxSize: `${plan.maxBodySize}m` },
      },
    })),
  ];
};

/**
 * Policies of kgateway 2, in the namespace of the routes (kgateway-dev/kgateway api/v1alpha1/kgateway/traffic_policy_types.go).
 * Envoy ends a stream without events after 5 minutes.
 */
const kgateway: Policies = (plan, meta) =>
  streams(plan, meta, 'gateway.kgateway.dev/v1alpha1', 'TrafficPolicy', {
    timeouts: { streamIdle: `${plan.requestTimeout}s` },
  });

const none: Policies = () => [];

/** The objects without which streams end early or requests are refused. */
export const POLICIES: Readonly<Record<GatewayKind, Policies>> = {
  // The request timeout of a route also sets the time without events, of at least an hour.
  envoyGateway: none,
  // No limit on the time without events.
  istio: none,
  gke,
  nginxGatewayFabric,
  cilium: none,
  // Entry points have the only limits, and no object sets them.
  traefik: none,
  kgateway,
  other: none,
};
