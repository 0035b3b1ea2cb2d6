import type { ApiObject } from 'cdk8s';
import { manifestOf } from '../../emit/manifest-of';
import type { Answer } from '../match/answer';
import type { RouteMatch } from '../match/route-match';

/** The part of the manifest of an Ingress that decides what it answers. */
interface Ingress {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly ingressClassName?: string;
    readonly rules?: readonly {
      readonly host?: string;
      readonly http?: { readonly paths?: readonly { readonly path?: string; readonly pathType?: string }[] };
    }[];
  };
}

const TYPES: Readonly<Record<string, RouteMatch['path']['type']>> = { Exact: 'Exact', Prefix: 'PathPrefix' };

/** A second Ingress of ingress-nginx with the same paths on purpose. */
const CANARY = 'nginx.ingress.kubernetes.io/canary';

/** F5's controller gives a whole host to the older Ingress (nginx/documentation, Host and Listener collisions). */
const ownsHosts = (annotations: object): boolean =>
  Object.keys(annotations).some((key) => key.startsWith('nginx.org/'));

/** What each host of an Ingress answers. Namespaces make no difference: an IngressClass is of the whole cluster. */
export function answersOfIngress(object: ApiObject): [key: string, answer: Answer][] {
  const { metadata, spec } = manifestOf<Ingress>(object);
  const { annotations = {} } = metadata;
  const { ingressClassName = 'by default', rules = [] } = spec ?? {};
  if (annotations[CANARY] === 'true') return [];
  const owner = object.node.scope?.node.path ?? '';
  return rules.flatMap(({ host, http }) => {
    const on = `on ${host === undefined ? 'every host' : `the host "${host}"`} of the IngressClass "${ingressClassName}"`;
    const answer = (path: RouteMatch['path'], exclusive: boolean): [string, Answer] => [
      JSON.stringify(['Ingress', ingressClassName, host, exclusive, path]),
      { owner, on, match: { path, headers: [], method: undefined }, exclusive },
    ];
    const paths = (http?.paths ?? []).flatMap(({ path: value = '/', pathType = '' }) => {
      const type = TYPES[pathType];
      return type === undefined ? [] : [answer({ type, value }, false)];
    });
    return ownsHosts(annotations) ? [...paths, answer({ type: 'PathPrefix', value: '/' }, true)] : paths;
  });
}
