import type { Finding } from '../preflight/finding';
import { error, throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { hostname } from '../shapes/hostnames';
import { namespace, objectName } from '../shapes/object-names';
import { findingsOf, listOf, matching, shape } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import { unique } from '../shapes/unique-list';
import type { RouterSpec } from './rollout-spec';

/**
 * HTTPRoutes of the Gateway API.
 */
export interface GatewayApiRouterOptions {
  /**
   * Names of the HTTPRoutes whose weights the Rollout sets: those of `ModelRoutes`, or routes of others. Each must have the
   * Services `NAME-svc` and `NAME-canary` of the stack as backends; `ModelRoutes` writes both.
   *
   * @default - that of `routes` of the stack
   */
  readonly httpRoutes?: string[];

  /**
   * Namespace of these HTTPRoutes.
   *
   * @default - the namespace of the stack
   */
  readonly namespace?: string;
}

/**
 * A VirtualService of Istio that is emitted with the stack.
 */
export interface IstioRouterOptions {
  /**
   * Hosts that clients call: hostnames at a gateway, or for clients with a sidecar the Service of the stack, `NAME-svc`.
   * Required with a gateway.
   *
   * @default - the Service of the stack
   */
  readonly hosts?: string[];

  /**
   * Gateways of Istio (`networking.istio.io`) that the hosts are for, each `NAMESPACE/NAME`, or `mesh` for the sidecars of
   * clients. Required for hostnames.
   *
   * @default - `mesh`, for a Service
   */
  readonly gateways?: string[];
}

/**
 * A VirtualService of Istio that exists.
 */
export interface VirtualServiceRouterOptions {
  /**
   * Name of the VirtualService, in the namespace of the stack, or `NAME.NAMESPACE`. Argo Rollouts reads the first `.` as the
   * end of the name, so the name itself has none.
   */
  readonly virtualService: string;

  /**
   * Names of its HTTP routes whose weights the Rollout sets. Each must have the Services `NAME-svc` and `NAME-canary` of the
   * stack as destinations, and no others: Argo Rollouts removes those. In another namespace than that of the stack, they are
   * named with their namespace, for example `NAME-svc.NAMESPACE.svc.cluster.local`.
   *
   * @default - its only route
   */
  readonly routes?: string[];
}

/**
 * Ingresses of ingress-nginx.
 */
export interface NginxRouterOptions {
  /**
   * Names of Ingresses in the namespace of the stack with the Service `NAME-svc` as backend. The Rollout makes a second
   * Ingress beside each, for the canary.
   *
   * @default - that of `routes` of the stack
   */
  readonly ingresses?: string[];

  /**
   * Prefix of the annotations that the controller reads.
   *
   * @default - nginx.ingress.kubernetes.io
   */
  readonly annotationPrefix?: string;
}

const names = unique(listOf(objectName, 1));

const host = shape<string>(
  'a hostname, "*.example.com", or the name of a Service',
  (value) => findingsOf(value, 'host', hostname).length === 0,
);
const gateway = matching(
  /^(mesh|[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?)$/,
  '"mesh", or namespace and name of a Gateway of Istio, for example "istio-ingress/public"',
);
const virtualServiceName = matching(
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)?$/,
  'the name of a VirtualService without ".", or NAME.NAMESPACE, for example "public.istio-ingress"',
);
const routeName = matching(/^[^\s"\p{Cc}]{1,253}$/u, 'the name of a route of the VirtualService');
const prefix = matching(
  /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/,
  'a prefix of annotations, for example nginx.ingress.kubernetes.io',
);

/** A Service of the cluster: its name alone, or with `.svc`. Istio completes only names without a point. */
const isService = (name: string): boolean => !name.includes('.') || /\.svc(\.|$)/.test(name);

/** Hosts and gateways without which no request meets the VirtualService. */
function hostFindings({ hosts, gateways }: IstioRouterOptions): Finding[] {
  const outside = hosts?.filter((name) => !isService(name)) ?? [];
  if (gateways === undefined && outside.length > 0) {
    const problem = `is unset, and hosts has ${outside.join(', ')}: only clients with a sidecar would use the VirtualService, and those at a Gateway would not`;
    const fix = `set it to the Gateway, for example ['istio-ingress/public'], or to ['mesh'] for clients with a sidecar`;
    return [error('missing-property', 'gateways', problem, fix)];
  }
  const named = gateways?.filter((name) => name !== 'mesh') ?? [];
  if (hosts === undefined && named.length > 0) {
    const problem = `is unset, and gateways has ${named.join(', ')}: clients at a Gateway call a hostname, not the Service`;
    return [error('missing-property', 'hosts', problem, "set it, for example ['chat.example.com']")];
  }
  return [];
}

/**
 * What divides the requests between the old and the new version of a canary. Without one, the number of pods divides them.
 */
export class CanaryRouter {
  /**
   * HTTPRoutes of the Gateway API. Argo Rollouts needs its plugin `argoproj-labs/gatewayAPI` for it, and the right to change
   * HTTPRoutes.
   */
  public static gatewayApi(options: GatewayApiRouterOptions = {}): CanaryRouter {
    const shapes = structOf<GatewayApiRouterOptions>({}, { httpRoutes: names, namespace });
    throwOnErrors('CanaryRouter.gatewayApi', findingsOf(options, '', shapes));
    const { httpRoutes = [], namespace: inNamespace } = options;
    return new CanaryRouter(FACTORY, { kind: 'gatewayApi', httpRoutes: [...httpRoutes], namespace: inNamespace });
  }

  /** A VirtualService of Istio that is emitted with the stack, with the paths of the API that the stack answers. */
  public static istio(options: IstioRouterOptions = {}): CanaryRouter {
    const shapes = structOf<IstioRouterOptions>(
      {},
      { hosts: unique(listOf(host, 1)), gateways: unique(listOf(gateway, 1)) },
    );
    throwOnErrors('CanaryRouter.istio', findingsOf(options, '', shapes));
    throwOnErrors('CanaryRouter.istio', hostFindings(options));
    const { hosts = [], gateways = ['mesh'] } = options;
    return new CanaryRouter(FACTORY, { kind: 'istio', virtualService: { hosts: [...hosts], gateways: [...gateways] } });
  }

  /** A VirtualService of Istio that exists. */
  public static virtualService(options: VirtualServiceRouterOptions): CanaryRouter {
    const shapes = structOf<VirtualServiceRouterOptions>(
      { virtualService: virtualServiceName },
      { routes: unique(listOf(routeName, 1)) },
    );
    throwOnErrors('CanaryRouter.virtualService', findingsOf(options, '', shapes));
    const { virtualService, routes = [] } = options;
    return new CanaryRouter(FACTORY, {
      kind: 'istio',
      virtualService: { existing: virtualService, routes: [...routes] },
    });
  }

  /** Ingresses of ingress-nginx (`kubernetes/ingress-nginx`, retired since March 2026). */
  public static nginx(options: NginxRouterOptions = {}): CanaryRouter {
    const shapes = structOf<NginxRouterOptions>({}, { ingresses: names, annotationPrefix: prefix });
    throwOnErrors('CanaryRouter.nginx', findingsOf(options, '', shapes));
    const { ingresses = [], annotationPrefix } = options;
    return new CanaryRouter(FACTORY, { kind: 'nginx', ingresses: [...ingresses], annotationPrefix });
  }

  /**
   * No router: the Service sends requests to the pods of both versions, so their number divides the requests. The smallest
   * share is that of one pod, and synth fails if it is more than the first weight.
   */
  public static none(): CanaryRouter {
    return new CanaryRouter(FACTORY, { kind: 'none' });
  }

  /** @internal */
  public readonly _spec: RouterSpec;

  private constructor(caller: typeof FACTORY, spec: RouterSpec) {
    brandMade(this, 'CanaryRouter', caller);
    this._spec = spec;
  }
}
