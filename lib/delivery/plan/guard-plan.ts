import { DELIVERY } from '../../defaults';
import { newestName } from '../../engine/metric-roles';
import type { Matcher } from '../../metrics/promql';
import { series, window as promWindow } from '../../metrics/promql';
import type { PlannedObjective } from '../../metrics/slo';
import type { Sli } from '../../plan/sli';
import { errorSli, latencySli } from '../../plan/sli';
import type { Watched } from '../../plan/watched';
import { decimal } from '../../units/decimal';
import type { RolloutSpec } from '../rollout-spec';

/** A condition that the new version must keep: plain data. */
export interface GuardPlan {
  readonly name: string;
  readonly query: string;
  readonly limit: number;
  readonly side: 'maximum' | 'minimum';
  /** The property that it comes from, in messages. */
  readonly subject: string;
  /** Requests of the new version that it needs in the window; undefined where only the user knows. */
  readonly minRequests: number | undefined;
}

/** What guards are made of. */
export interface GuardInput {
  readonly spec: RolloutSpec;
  readonly watched: Watched;
  /** Seconds over which requests are counted. */
  readonly window: number;
}

/** Versions in a query; Argo Rollouts replaces them by the hash of the pod template. */
export const VERSION = { canary: '{{args.canary}}', stable: '{{args.stable}}' } as const;

type Version = keyof typeof VERSION;

/**
 * Names of the placeholders in a query, as Argo Rollouts finds them (argo-rollouts utils/template/template.go): without
 * spaces around them. The name of one without an end is undefined.
 */
export function placeholdersOf(query: string): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  for (let start = query.indexOf('{{'); start >= 0;) {
    const end = query.indexOf('}}', start + 2);
    if (end < 0) return [...found, undefined];
    found.push(query.slice(start + 2, end).trim());
    start = query.indexOf('{{', end + 2);
  }
  return found;
}

/** The versions that queries name, the new one always: it is what is judged. */
export const versionsOf = (guards: readonly GuardPlan[]): Version[] =>
  guards.some(({ query }) => placeholdersOf(query).includes('args.stable')) ? ['canary', 'stable'] : ['canary'];

/** The label of series with the hash, as the Prometheus Operator writes that of the pods. */
export const hashLabel = ({ workload }: Pick<Watched, 'workload'>): string =>
  workload.revisionLabel.replaceAll('-', '_');

/** Series of the pods of one version. */
export const podsOf = (watched: Pick<Watched, 'workload'>, version: Version): Readonly<Record<string, Matcher>> => ({
  [hashLabel(watched)]: VERSION[version],
});

/** Share of events that an objective allows to be bad. */
export const allowed = ({ target }: PlannedObjective): number => decimal(1 - target);

/** Requests without which chance decides more than the version. */
function requestsFor(objective: PlannedObjective, set: number | undefined): number {
  if (set !== undefined) return set;
  const share = allowed(objective);
  if (objective.latency === undefined) return Math.ceil(decimal(DELIVERY.ruleOfThree / share));
  return Math.max(DELIVERY.leastRequests, Math.ceil(decimal(DELIVERY.badRequests / share)));
}

/** A missing series of failures is 0: without requests, there is nothing that it could be a share of. */
export const NO_FAILURES = 'vector(0)';

/** A query whose value exists only with enough requests. */
const withRequests = (query: string, requests: string, window: number, least: number): string =>
  `(${query}) and (${window} * ${requests} >= ${least})`;

/**
 * The same, or with so many bad ones that their share is above the limit whatever the others are: a version can prove that
 * it is bad with fewer requests than that it is good.
 */
function shareWithRequests({ events, bad }: Sli, window: number, { limit, minRequests }: Proof): string {
  const least = Math.max(DELIVERY.badRequests, Math.floor(decimal(limit * minRequests)) + 1);
  // A stream that breaks may be counted before its request ends: a share of no requests would be infinite.
  return `((${bad}) / (${events} > 0)) and (${window} * ${events} >= ${minRequests} or ${window} * (${bad}) >= ${least})`;
}

interface Proof {
  readonly limit: number;
  readonly minRequests: number;
}

/**
 * What the events of a latency were requests of. A request ends long after its first token, and the short ones end first:
 * so each histogram counts its own requests. Only tokens are no requests, and those are counted by their first token.
 */
function requestsOf({ kind, latency }: PlannedObjective, watched: Watched, version: Version, window: number): string {
  const { histogram = '' } = latency ?? {};
  const counted = kind === 'inter-token-latency' ? newestName('timeToFirstToken') : histogram;
  return `sum(rate(${series(`${counted}_count`, watched, podsOf(watched, version))}[${promWindow(window)}]))`;
}

/** The guard of one objective; none for one that does not depend on the version alone. */
function ofObjective(objective: PlannedObjective, index: number, input: GuardInput): GuardPlan[] {
  const { watched, window, spec } = input;
  const own = { window: promWindow(window), pods: podsOf(watched, 'canary') };
  const subject = `objectives[${index}]`;
  const minRequests = requestsFor(objective, spec.analysis.minRequests);
  const common = { name: objective.slo, limit: allowed(objective), side: 'maximum' as const, subject, minRequests };
  if (objective.latency) {
    const sli = latencySli(objective.latency, watched, own);
    // Ten slow tokens may be those of one request.
    const query =
      objective.kind === 'inter-token-latency'
        ? withRequests(
            `(${sli.bad}) / ${sli.events}`,
            requestsOf(objective, watched, 'canary', window),
            window,
            minRequests,
          )
        : shareWithRequests(sli, window, common);
    return [{ ...common, query }];
  }
  // A gateway does not count the two versions apart, so the engines do.
  if (objective.kind === 'error-rate' || objective.kind === 'gateway-error-rate') {
    return [{ ...common, query: shareWithRequests(errorSli(watched, own, NO_FAILURES), window, common) }];
  }
  return [];
}

/** A percentile of one version. */
function quantile({ latency }: PlannedObjective, watched: Watched, version: Version, window: number): string {
  const { histogram = '', percentile = 0 } = latency ?? {};
  const buckets = series(`${histogram}_bucket`, watched, podsOf(watched, version));
  return `histogram_quantile(${decimal(percentile / 100)}, sum by (le) (rate(${buckets}[${promWindow(window)}])))`;
}

/** The canary's percentile, divided by that of the old one. */
function comparedWithStable(objective: PlannedObjective, index: number, input: GuardInput): GuardPlan[] {
  const { watched, window, spec } = input;
  const ratio = spec.strategy === 'canary' ? spec.maxLatencyRatio : undefined;
  if (ratio === undefined || objective.latency === undefined) return [];
  const minRequests = requestsFor(objective, spec.analysis.minRequests);
  const both = `${quantile(objective, watched, 'canary', window)} / ${quantile(objective, watched, 'stable', window)}`;
  const requests = (version: Version): string => requestsOf(objective, watched, version, window);
  const canary = withRequests(both, requests('canary'), window, minRequests);
  const query = `${canary} and (${window} * ${requests('stable')} >= ${minRequests})`;
  const subject = `objectives[${index}]`;
  return [{ name: `${objective.slo}-vs-stable`, query, limit: ratio, side: 'maximum', subject, minRequests }];
}

/** The guards of the steps: one for each objective and comparison, then those of the user. */
export function planGuards(input: GuardInput): GuardPlan[] {
  const { watched, spec } = input;
  const { objectives } = watched;
  return [
    ...objectives.flatMap((objective, index) => ofObjective(objective, index, input)),
    ...objectives.flatMap((objective, index) => comparedWithStable(objective, index, input)),
    ...spec.guards.map(({ name, query, limit, side }, index) => ({
      name,
      query,
      limit,
      side,
      subject: `delivery.guards[${index}]`,
      minRequests: undefined,
    })),
  ];
}
