import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { appCheck } from '../../emit/app-check';
import { manifestOf } from '../../emit/manifest-of';
import type { Answer } from './answer';
import { answersOfIngress } from '../ingress/ingress-answers';
import { overlap, preferred } from './precedence';
import type { HeaderMatch, RouteMatch } from './route-match';
import { isContentLength } from './route-match';
import { answersOfVirtualService } from './virtual-service-answers';

/** The part of the manifest of an HTTPRoute that decides what it answers. */
interface HttpRoute {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: {
    readonly parentRefs?: readonly { name: string; namespace?: string; sectionName?: string; port?: number }[];
    readonly hostnames?: readonly string[];
    readonly rules?: readonly { matches?: readonly ManifestMatch[] }[];
  };
}

interface ManifestMatch {
  readonly path?: { readonly type?: string; readonly value?: string };
  readonly headers?: readonly { name: string; type?: string; value: string }[];
  readonly queryParams?: readonly unknown[];
  readonly method?: string;
}

/** NGINX Gateway Fabric refuses a policy with TargetConflict when two routes share hostname, port and path. */
const EXCLUSIVE = 'gateway.nginx.org';

/** A match in the form of the library; undefined for one that it never makes, such as a parameter of the query. */
function matchOf({ path = {}, headers = [], queryParams = [], method }: ManifestMatch): RouteMatch | undefined {
  const { type = 'PathPrefix', value = '/' } = path;
  if (type !== 'Exact' && type !== 'PathPrefix') return undefined;
  if (queryParams.length > 0) return undefined;
  const known = headers.map((each) => ({ ...each, type: each.type ?? 'Exact' }) as HeaderMatch);
  if (!known.every((each) => each.type === 'Exact' || isContentLength(each))) return undefined;
  return { path: { type, value }, headers: known, method };
}

type Answers = readonly [key: string, answer: Answer][];

/** What each hostname of each listener answers. */
function answersOfHttpRoute(object: ApiObject): Answers {
  const { metadata, spec } = manifestOf<HttpRoute>(object);
  const { parentRefs = [], hostnames = ['*'], rules = [] } = spec ?? {};
  const { scope } = object.node;
  const siblings = scope?.node.children.filter((child) => ApiObject.isApiObject(child)) ?? [];
  const exclusive = siblings.some(({ apiGroup }) => apiGroup === EXCLUSIVE);
  const owner = scope?.node.path ?? '';
  const matches = rules.flatMap((rule) => (rule.matches ?? [{}]).flatMap((each) => matchOf(each) ?? []));
  return parentRefs.flatMap(({ name, namespace = metadata.namespace, sectionName = '*', port = '*' }) =>
    hostnames.flatMap((hostname) =>
      matches.map((match): [string, Answer] => [
        // Only equal paths are compared: of two others, a gateway prefers the longer one.
        JSON.stringify([namespace, name, sectionName, port, hostname, match.path]),
        {
          owner,
          on: `on ${hostname === '*' ? 'every hostname' : `the hostname "${hostname}"`} of the Gateway "${name}"`,
          match,
          exclusive,
        },
      ]),
    ),
  );
}

/** The kinds of routes. */
const ANSWERS: Readonly<Record<string, (object: ApiObject) => Answers>> = {
  HTTPRoute: answersOfHttpRoute,
  Ingress: answersOfIngress,
  VirtualService: answersOfVirtualService,
};

/** The answers of manifests that did not change: cdk8s checks an app once for each of its charts. */
const known = new WeakMap<object, Answers>();

function answersOf(object: ApiObject): Answers {
  const read = ANSWERS[object.kind];
  if (read === undefined) return [];
  const manifest = manifestOf(object);
  const answers = known.get(manifest) ?? read(object);
  known.set(manifest, answers);
  return answers;
}

/** Two routes that answer the same requests, of which a gateway would choose the older one. */
function clashes(constructs: readonly IConstruct[]): string[] {
  const seen = new Map<string, Answer[]>();
  const found = new Map<string, string>();
  for (const construct of constructs) {
    if (!ApiObject.isApiObject(construct)) continue;
    for (const [key, answer] of answersOf(construct)) {
      const others = seen.get(key) ?? [];
      const other = others.find((each) => each.owner !== answer.owner && clash(each, answer));
      if (other) {
        const pair = `${other.owner} and ${answer.owner}`;
        const problem = `${pair} both answer ${answer.match.path.value} ${answer.on}`;
        if (!found.has(pair)) found.set(pair, `${problem}; put both into one ModelRoutes, or use two hostnames`);
      }
      others.push(answer);
      seen.set(key, others);
    }
  }
  return [...found.values()];
}

function clash(one: Answer, other: Answer): boolean {
  if (one.exclusive || other.exclusive) return true;
  if (!overlap(one.match, other.match)) return false;
  return preferred(one.match, other.match) === undefined && preferred(other.match, one.match) === undefined;
}

/** Makes synth fail when two constructs of the app, or routes that the user wrote, answer the same requests. */
export const refuseTwoAnswers = appCheck(clashes, { remember: false });
