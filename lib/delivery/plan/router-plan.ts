import type { RolloutSpec } from '../rollout-spec';

/** The route of the stack alone. */
export interface EntryNames {
  readonly kind: 'HTTPRoute' | 'Ingress';
  /** Names of its objects. */
  readonly names: readonly string[];
  /** Whether an Ingress is one of ingress-nginx, which alone has canary Ingresses. */
  readonly ingressNginx: boolean;
}

/** A path that clients of the stack call. */
export interface OwnPath {
  readonly type: 'Exact' | 'PathPrefix';
  readonly value: string;
}

/** What divides the requests, with everything that it is named. */
export type RouterPlan =
  | { readonly kind: 'gatewayApi'; readonly httpRoutes: readonly string[]; readonly namespace: string | undefined }
  | {
      readonly kind: 'istio';
      readonly virtualService: string;
      readonly routes: readonly string[];
      readonly own: OwnVirtualService | undefined;
    }
  | { readonly kind: 'nginx'; readonly ingresses: readonly string[]; readonly annotationPrefix: string | undefined }
  | { readonly kind: 'none' };

/** A VirtualService that is emitted. */
export interface OwnVirtualService {
  readonly hosts: readonly string[];
  readonly gateways: readonly string[];
}

/** Names that are part of a router. */
export interface RouterInput {
  readonly names: { readonly route: string; readonly service: string };
  readonly namespace: string | undefined;
  readonly entry: EntryNames | undefined;
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];

/** Decides what divides the requests of a canary. The service switches those of a blue-green rollout. */
export function planRouter(spec: RolloutSpec, { names, namespace, entry }: RouterInput): RouterPlan {
  if (spec.strategy === 'blueGreen') return { kind: 'none' };
  const { router } = spec;
  const ownNames = (kind: EntryNames['kind']): readonly string[] => (entry?.kind === kind ? entry.names : []);
  switch (router.kind) {
    case 'gatewayApi': {
      const httpRoutes = unique([...ownNames('HTTPRoute'), ...router.httpRoutes]);
      return { kind: 'gatewayApi', httpRoutes, namespace: router.namespace ?? namespace };
    }
    case 'istio': {
      const { virtualService } = router;
      if ('existing' in virtualService) {
        return {
          kind: 'istio',
          virtualService: virtualService.existing,
          routes: virtualService.routes,
          own: undefined,
        };
      }
      const { hosts, gateways } = virtualService;
      const own = { hosts: hosts.length === 0 ? [names.service] : hosts, gateways };
      return { kind: 'istio', virtualService: names.route, routes: [], own };
    }
    case 'nginx': {
      const ingresses = unique([...ownNames('Ingress'), ...router.ingresses]);
      return { kind: 'nginx', ingresses, annotationPrefix: router.annotationPrefix };
    }
    case 'none':
      return router;
  }
}
