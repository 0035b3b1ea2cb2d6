import type { ApiObject } from 'cdk8s';
import { manifestOf } from '../../emit/manifest-of';
import type { Answer } from './answer';
import type { RouteMatch } from './route-match';

/** The part of a VirtualService of Istio that decides what it answers. */
interface VirtualService {
  readonly metadata: { readonly namespace?: string };
  readonly spec?: {
    readonly hosts?: readonly string[];
    readonly gateways?: readonly string[];
    readonly http?: readonly { readonly match?: readonly UriMatch[] }[];
  };
}

interface UriMatch {
  readonly uri?: { readonly exact?: string; readonly prefix?: string };
  readonly gateways?: readonly string[];
}

/** The sidecars of clients. */
const MESH = 'mesh';

/** Everything, as far as two VirtualServices are compared. */
const ALL: RouteMatch = { path: { type: 'PathPrefix', value: '/' }, headers: [], method: undefined };

function pathOf({ uri = {} }: UriMatch): RouteMatch['path'] | undefined {
  if (uri.exact !== undefined) return { type: 'Exact', value: uri.exact };
  return uri.prefix === undefined ? undefined : { type: 'PathPrefix', value: uri.prefix };
}

/**
 * What each host of a VirtualService answers. At a gateway, Istio joins the routes of all VirtualServices of a host, oldest
 * first (istio pilot/pkg/networking/core/gateway.go); for a sidecar it takes the oldest one alone (httproute.go,
 * dedupeDomains).
 */
export function answersOfVirtualService(object: ApiObject): [key: string, answer: Answer][] {
  const { metadata, spec } = manifestOf<VirtualService>(object);
  const { namespace = 'default' } = metadata;
  const { hosts = [], gateways = [MESH], http = [] } = spec ?? {};
  const owner = object.node.scope?.node.path ?? '';
  const matches = http.flatMap(({ match }) => match ?? []);
  return gateways.flatMap((gateway) => {
    const isMesh = gateway === MESH;
    const where = isMesh ? 'for sidecars of Istio' : `of the Gateway "${gateway}" of Istio`;
    const paths = matches
      .filter((match) => match.gateways === undefined || match.gateways.includes(gateway))
      .flatMap((match) => pathOf(match) ?? []);
    const answered = isMesh ? [ALL] : paths.map((path) => ({ ...ALL, path }));
    return hosts.flatMap((host) =>
      answered.map((match): [string, Answer] => [
        // A name without a dot is that of a Service of the namespace.
        JSON.stringify(['VirtualService', gateway, host.includes('.') ? host : [namespace, host], match.path]),
        { owner, on: `on the host "${host}" ${where}`, match, exclusive: isMesh },
      ]),
    );
  });
}
