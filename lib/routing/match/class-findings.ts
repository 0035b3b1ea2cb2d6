import type { Finding } from '../../preflight/finding';
import { error, notice, warning } from '../../preflight/finding';
import type { RequestMatch } from './request-match';
import { CLASS_HEADERS, PromptLength } from './request-match';
import type { RouteBackend, RoutedStack } from '../targets/route-backend';
import { CONTENT_LENGTH, headerMatches } from './route-match';
import type { RouteInput, RoutesPlan } from '../routes-plan';

/** The label of nodes with their region (kubernetes/api core/v1/well_known_labels.go). */
const REGION = 'topology.kubernetes.io/region';

const stacksOf = ({ backends }: RouteInput): RoutedStack[] => backends.flatMap(({ stacks }) => stacks);

/** A property of a class and the same header by its name. */
function headerTwice({ subject, match }: RouteInput): Finding[] {
  const names = Object.keys(match.headers ?? {});
  const headers = { ...CLASS_HEADERS, contentLengthBelow: CONTENT_LENGTH };
  const properties = Object.entries(headers) as [keyof typeof headers, string][];
  return properties.flatMap(([property, header]) => {
    const name = names.find((each) => each.toLowerCase() === header.toLowerCase());
    if (match[property] === undefined || name === undefined) return [];
    const problem = `is the header of ${property}, which is set too`;
    return [error('route-header-twice', `${subject}.headers.${name}`, problem, `remove it, or remove ${property}`)];
  });
}

function tier({ subject, match }: RouteInput): Finding[] {
  if (match.tier === undefined) return [];
  const problem = `is "${match.tier}" in a header that any client can send, so it does not limit who uses the tier`;
  const fix = 'use hostnames with their own authentication, or let the gateway set the header; then acknowledge this';
  return [warning('route-tier-header', `${subject}.tier`, problem, fix)];
}

function region(route: RouteInput): Finding[] {
  const { subject, match } = route;
  const { region: named } = match;
  if (named === undefined) return [];
  return stacksOf(route)
    .filter(({ nodeLabels }) => !(nodeLabels[REGION] ?? []).includes(named))
    .map(({ what, nodeLabels }) => {
      const placed = nodeLabels[REGION]?.join(', ');
      const problem = `is "${named}", and ${what} ${placed === undefined ? 'runs in any region' : `runs in ${placed}`}`;
      const fix = `set placement: Placement.nodeLabels({ '${REGION}': '${named}' }) for the stack`;
      return warning('route-region-unplaced', `${subject}.region`, problem, fix);
    });
}

function contentLength({ subject, match }: RouteInput): Finding[] {
  const { contentLengthBelow: below } = match;
  if (below === undefined) return [];
  const problem = `is ${below} bytes, a rough estimate of the length of a prompt: bytes are not tokens, images and chats count`;
  const fix = 'let clients send a length (promptLength), or acknowledge this';
  return [warning('route-content-length', `${subject}.contentLengthBelow`, problem, fix)];
}

/** Whether a route is for prompts of a known length. */
const hasLength = ({ promptLength, contentLengthBelow }: RequestMatch): boolean =>
  promptLength !== undefined || contentLengthBelow !== undefined;

/** What a match asks for besides length and paths. */
const otherConditions = (match: RequestMatch): string[] => {
  const { pathPrefix, method } = match;
  const headers = headerMatches({ ...match, promptLength: undefined, contentLengthBelow: undefined });
  return [{ pathPrefix }, ...(method ? [{ method }] : []), ...headers].map((each) => JSON.stringify(each));
};

/** The route that receives requests like those of another one, but without a length. */
function withoutLength(route: RouteInput, { routes, hostnames }: RoutesPlan): RouteInput | undefined {
  const hostsOf = ({ hostnames: own = hostnames }: RouteInput): string => JSON.stringify([...own].sort());
  const conditions = otherConditions(route.match);
  return routes.find(
    (other) =>
      !hasLength(other.match) &&
      hostsOf(other) === hostsOf(route) &&
      otherConditions(other.match).every((each) => conditions.includes(each)),
  );
}

/** Longest context that every request finds; Infinity when it is not known. A picker finds the stack for each length. */
function contextOf({ picker, stacks }: RouteBackend): number {
  const contexts = stacks.map(({ contextLength = Infinity }) => contextLength);
  return picker?.byLength === true ? Math.max(...contexts) : Math.min(...contexts);
}

/** A request without a length may be a long one: only a long context serves both. */
function longDefault(route: RouteInput, plan: RoutesPlan): Finding[] {
  const { promptLength, contentLengthBelow } = route.match;
  const rest = withoutLength(route, plan);
  const isShort = promptLength === PromptLength.SHORT || contentLengthBelow !== undefined;
  if (rest === undefined) {
    if (!isShort) return [];
    const problem = 'is for short prompts, and no route receives the same requests without a length: they get 404';
    return [notice('route-length-open', route.subject, problem, 'add a last route to the stack for long prompts')];
  }
  const shortest = Math.min(...rest.backends.map(contextOf));
  const own = Math.min(...route.backends.map(contextOf));
  if (shortest >= own || shortest === Infinity) return [];
  const problem = `receives requests without a length, and its context of ${shortest} tokens is shorter than the ${own} of ${route.subject}`;
  const fix = isShort
    ? 'exchange the targets of both routes'
    : `set promptLength: PromptLength.SHORT in ${rest.subject}, and make ${route.subject} the last route, without promptLength`;
  return [warning('route-long-default', rest.to, problem, fix)];
}

/** Clients add the paths of the API to their base URL, which ends in /v1 by itself. */
function prefixVersion({ subject, match: { pathPrefix } }: RouteInput): Finding[] {
  if (pathPrefix === undefined || !pathPrefix.endsWith('/v1')) return [];
  const shorter = pathPrefix.slice(0, -'/v1'.length);
  const problem = `is "${pathPrefix}", and the paths of the API begin with /v1: the base URL of clients is ${pathPrefix}/v1`;
  const fix = shorter === '' ? 'remove it' : `set "${shorter}"`;
  return [warning('route-prefix-version', `${subject}.pathPrefix`, problem, fix)];
}

/** Findings about classes of requests: model, tier, region, length. */
export function classFindings(plan: RoutesPlan): Finding[] {
  return plan.routes.flatMap((route) => [
    ...headerTwice(route),
    ...tier(route),
    ...region(route),
    ...contentLength(route),
    ...longDefault(route, plan),
    ...prefixVersion(route),
  ]);
}
