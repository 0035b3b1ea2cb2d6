import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import type { GatewayFacts } from '../gateway/gateway-facts';
import type { Hostname } from './precedence';
import { covers, coversHostname, isNarrower, overlap, preferred } from './precedence';
import type { RouteMatch } from './route-match';
import type { HttpRoutePlan } from '../routes-plan';

/** What decides between routes of one gateway. */
type Facts = Pick<GatewayFacts, 'sharesPaths' | 'ranking'>;

/** One match of a route on one of its hostnames. */
interface Placed {
  readonly subject: string;
  readonly match: RouteMatch;
  readonly hostname: Hostname;
  readonly httpRoute: HttpRoutePlan;
}

/** What makes a gateway choose the later route for a request that fits both. */
function laterWins(earlier: Placed, later: Placed, { ranking }: Facts): string | undefined {
  if (isNarrower(later.hostname, earlier.hostname)) return 'a more specific hostname';
  if (isNarrower(earlier.hostname, later.hostname)) return undefined;
  return preferred(later.match, earlier.match, ranking);
}

/** Whether age and name of two HTTPRoutes decide, so that a gateway may choose either. */
const isUndecided = (earlier: Placed, later: Placed, { ranking }: Facts): boolean =>
  earlier.httpRoute !== later.httpRoute &&
  earlier.hostname === later.hostname &&
  preferred(earlier.match, later.match, ranking) === undefined &&
  preferred(later.match, earlier.match, ranking) === undefined;

const coversPlaced = (outer: Placed, inner: Placed): boolean =>
  coversHostname(outer.hostname, inner.hostname) && covers(outer.match, inner.match);

const overlapPlaced = (one: Placed, other: Placed): boolean =>
  (coversHostname(one.hostname, other.hostname) || coversHostname(other.hostname, one.hostname)) &&
  overlap(one.match, other.match);

/** The matches of earlier routes, found by their path: most routes have other ones. */
class Earlier {
  private readonly exact = new Map<string, Placed[]>();
  private readonly prefixes: Placed[] = [];
  private readonly all: Placed[] = [];

  public add(each: Placed): void {
    this.all.push(each);
    const { type, value } = each.match.path;
    if (type === 'PathPrefix') this.prefixes.push(each);
    else this.exact.set(value, [...(this.exact.get(value) ?? []), each]);
  }

  /** All matches of one route. */
  public of(subject: string): readonly Placed[] {
    return this.all.filter((each) => each.subject === subject);
  }

  /** Those that may fit a request for the same path. */
  public near({ match: { path } }: Placed): readonly Placed[] {
    return path.type === 'PathPrefix' ? this.all : [...(this.exact.get(path.value) ?? []), ...this.prefixes];
  }
}

/** What the order of routes depends on. */
interface Ordered {
  readonly httpRoutes: readonly HttpRoutePlan[];
  readonly facts: Facts;
}

/** The list is read from top to bottom. A gateway chooses the most specific route: both must come to the same. */
export function orderFindings({ httpRoutes, facts }: Ordered): Finding[] {
  const byRoute: Placed[][] = [];
  for (const httpRoute of httpRoutes) {
    for (const { role, route, subject, matches } of httpRoute.rules) {
      if (role !== 'route') continue;
      const names: readonly Hostname[] = httpRoute.hostnames.length > 0 ? httpRoute.hostnames : [undefined];
      const placed = names.flatMap((hostname) => matches.map((match) => ({ subject, match, hostname, httpRoute })));
      (byRoute[route] ??= []).push(...placed);
    }
  }
  const earlier = new Earlier();
  const findings = hostnameGaps(byRoute);
  for (const own of byRoute) {
    const found = own && orderFinding(own, earlier, facts);
    if (found) findings.push(found);
    own?.forEach((each) => earlier.add(each));
  }
  return findings;
}

/** The first thing that is wrong with the place of one route. */
function orderFinding(own: readonly Placed[], earlier: Earlier, facts: Facts): Finding | undefined {
  const covering = own.map((each) => earlier.near(each).find((before) => coversPlaced(before, each)));
  const [first] = own;
  const [cover] = covering;
  if (first && cover && covering.every((each) => each !== undefined)) {
    return hidden(first.subject, cover, own, earlier, facts);
  }
  for (const later of own) {
    for (const before of earlier.near(later)) {
      if (!overlapPlaced(before, later)) continue;
      const reason = laterWins(before, later, facts);
      if (reason !== undefined) return outOfOrder(before, later, reason);
      const shares = !facts.sharesPaths && before.httpRoute !== later.httpRoute && before.hostname === later.hostname;
      if (shares || isUndecided(before, later, facts)) return undecided(before, later);
    }
  }
  return undefined;
}

/**
 * Routes of a hostname beside routes of a wildcard or of every hostname. A gateway that has routes for the hostname asks no
 * others: what fits none of them is 404.
 */
function hostnameGaps(byRoute: readonly (readonly Placed[] | undefined)[]): Finding[] {
  const byHostname = new Map<Hostname, Placed[]>();
  for (const each of byRoute.flatMap((own) => own ?? [])) {
    const known = byHostname.get(each.hostname);
    if (known) known.push(each);
    else byHostname.set(each.hostname, [each]);
  }
  return [...byHostname].flatMap(([hostname, own]) => {
    const wider = [...byHostname].filter(([other]) => isNarrower(hostname, other)).flatMap(([, placed]) => placed);
    const missed = wider.find((wide) => !own.some((each) => covers(each.match, wide.match)));
    const [first] = own;
    if (first === undefined || missed === undefined) return [];
    const other = missed.subject === first.subject ? 'its other hostnames' : missed.subject;
    const problem = `has the hostname ${hostname} of its own, so ${other} never receives requests for it: they get 404 (${shown(missed)})`;
    const fix = `add a route for ${hostname} with fewer conditions, or acknowledge this`;
    return [warning('route-hostname-gap', first.subject, problem, fix)];
  });
}

/** A route of which each request fits an earlier one too. */
function hidden(subject: string, cover: Placed, own: readonly Placed[], earlier: Earlier, facts: Facts): Finding {
  const wins = own.some((each) =>
    earlier.near(each).some((before) => coversPlaced(before, each) && laterWins(before, each, facts)),
  );
  if (wins) {
    const problem = `comes after ${cover.subject}, which accepts each of its requests too and is first in a list that is read from top to bottom`;
    return error('route-order', subject, problem, `put ${subject} before ${cover.subject}`);
  }
  const problem = `receives no request: ${cover.subject} has the same conditions or fewer and all of its paths, and comes first`;
  const keepsSome = earlier.of(cover.subject).some((each) => !own.some((later) => coversPlaced(later, each)));
  const fix = keepsSome ? 'put it first, or remove it' : 'remove it, or add a condition and put it first';
  return error('route-unreachable', subject, problem, fix);
}

const shown = ({ match: { path, headers, method } }: Placed): string =>
  [method, path.value, ...headers.map(({ name, value }) => `${name}: ${value}`)].filter(Boolean).join(', ');

function outOfOrder(before: Placed, later: Placed, reason: string): Finding {
  const problem =
    `would receive requests that fit ${before.subject} too (${shown(later)}), although that comes first: ` +
    `gateways prefer ${reason}`;
  return error('route-order', later.subject, problem, `put ${later.subject} before ${before.subject}`);
}

function undecided(before: Placed, later: Placed): Finding {
  const problem =
    `and ${before.subject} fit the same requests (${shown(later)}), and they are in two HTTPRoutes, ` +
    'of which a gateway prefers the older one';
  return error('route-tie', later.subject, problem, 'use the same hostnames for both, or add a header to the first');
}
