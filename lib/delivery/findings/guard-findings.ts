import { Catalogue } from '../../engine/catalogue/catalogue';
import { quoteQuery, userQuery } from '../../metrics/user-query';
import type { QuerySeriesInput } from '../../plan/query-series';
import { querySeriesFindings } from '../../plan/query-series';
import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { nearest } from '../../preflight/nearest';
import { decimal } from '../../units/decimal';
import { placeholdersOf, versionsOf } from '../plan/guard-plan';
import type { RolloutPlan } from '../plan/rollout-plan';
import { wordOf } from '../plan/rollout-plan';

/** Guards that are missing, or that do not judge the new version. */
export const guardFindings = (plan: RolloutPlan): Finding[] => [
  ...unguarded(plan),
  ...nothingToCompare(plan),
  ...names(plan),
  ...fewRequests(plan),
  ...customQueries(plan),
];

function unguarded(plan: RolloutPlan): Finding[] {
  if (plan.guards.length > 0) return [];
  const problem = `is a ${wordOf(plan)} without a guard: the stack has no objective for errors or latency, and guards is unset`;
  const fix = 'add Objective.errorRate({ below: 0.01 }) to objectives, or set guards';
  return [error('rollout-unguarded', 'delivery', problem, fix)];
}

/** Only percentiles of latency are compared. */
function nothingToCompare({ guards, context: { spec } }: RolloutPlan): Finding[] {
  if (spec.strategy !== 'canary' || spec.maxLatencyRatio === undefined) return [];
  const ofObjectives = guards.filter(({ subject }) => subject.startsWith('objectives'));
  if (versionsOf(ofObjectives).includes('stable')) return [];
  const problem = `has maxLatencyRatio ${spec.maxLatencyRatio}, and the stack has no objective for latency: nothing is compared`;
  const fix = 'add Objective.timeToFirstToken or another latency to objectives, or remove it';
  return [error('compare-without-latency', 'delivery.compareWithStable', problem, fix)];
}

function names({ guards }: RolloutPlan): Finding[] {
  return guards.flatMap(({ name, subject }, index) => {
    const first = guards.findIndex((each) => each.name === name);
    if (first === index) return [];
    const problem = `is named "${name}", as the guard of ${guards[first]?.subject ?? ''} is`;
    return [error('guard-twice', subject, problem, 'rename it')];
  });
}

/** So few requests that a single bad one is more than the limit. */
function fewRequests({ guards, context: { spec } }: RolloutPlan): Finding[] {
  const { minRequests } = spec.analysis;
  if (minRequests === undefined) return [];
  const strict = guards
    .filter((guard) => guard.minRequests !== undefined && guard.limit < 1 && guard.limit * minRequests < 1)
    .sort((one, other) => one.limit - other.limit)[0];
  if (strict === undefined) return [];
  const enough = Math.ceil(decimal(1 / strict.limit));
  const problem = `is ${minRequests}: a single bad request of ${minRequests} is ${decimal(Math.round(1000 / minRequests) / 10)} %, and the guard ${strict.name} allows ${decimal(100 * strict.limit)} %`;
  return [
    warning('guard-few-requests', 'delivery.analysis.minRequests', problem, `use ${enough} or more, or remove it`),
  ];
}

/** Placeholders that an analysis has a value for. */
const KNOWN: readonly string[] = ['args.canary', 'args.stable'];

function customQueries({ context, analysis: { scrapeInterval } }: RolloutPlan): Finding[] {
  const { spec, hashLabel, release, versionIsChecked } = context;
  const checked = versionIsChecked ? Catalogue.of(release) : undefined;
  return spec.guards.flatMap(({ query, unchecked }, index) => {
    const subject = `delivery.guards[${index}]`;
    const placeholders = placeholdersOf(query);
    const unknown = placeholders.filter((name) => name === undefined || !KNOWN.includes(name));
    if (unknown.length > 0) {
      const [name] = unknown;
      const problem =
        name === undefined
          ? 'has {{ without }} in its query, so Argo Rollouts cannot read it'
          : `has the placeholder {{${name}}} in its query, which Argo Rollouts cannot fill in`;
      return [error('guard-placeholder', subject, problem, 'use {{args.canary}} or {{args.stable}}')];
    }
    return unchecked ? [] : queryFindings(query, subject, { hashLabel, checked, scrapeInterval });
  });
}

/** Whether a label was meant to be the one with the hash. Those of other exporters contain its name. */
const isSlipOf = (label: string, hashLabel: string): boolean =>
  !label.includes(hashLabel) && (label.endsWith('template_hash') || nearest(label, [hashLabel]) !== undefined);

/** What is wrong with the query of a guard whose placeholders are known. */
function queryFindings(
  query: string,
  subject: string,
  { hashLabel, ...input }: QuerySeriesInput & { readonly hashLabel: string },
): Finding[] {
  const read = userQuery(query, subject, KNOWN);
  if ('findings' in read) return [...read.findings];
  const { result, single, filters, uses } = read.reading;
  const has = `has the query ${quoteQuery(query)}, which`;
  if (result === 'scalar') {
    // Conditions ask for len(result): argo-rollouts metricproviders/prometheus/prometheus.go, v1.9.1, processResponse.
    const problem = `${has} is a number: Argo Rollouts hands it to the condition, which needs a list`;
    return [error('query-scalar', subject, problem, 'write vector(…) around it')];
  }
  const findings = querySeriesFindings(query, read.reading, subject, input);
  if (filters) {
    const problem = `${has} has a value only while its comparison is true: when it is false, the guard has no data, so it neither passes nor fails`;
    findings.push(
      warning('guard-filters', subject, problem, 'remove the comparison, and set its limit as maximum or minimum'),
    );
  }
  if (!single) {
    const problem = `${has} may return several series: the guard then neither passes nor fails`;
    findings.push(warning('query-not-aggregated', subject, problem, 'begin the query with sum(…) or max(…)'));
  }
  const versions = uses.flatMap(({ matchers }) => matchers.filter(({ value }) => placeholdersOf(value).length > 0));
  if (!versions.some(({ value }) => placeholdersOf(value).includes('args.canary'))) {
    const problem = `${has} does not select the new version: at a small share, the old one hides its faults`;
    const fix = `add ${hashLabel}="{{args.canary}}" to its labels, or acknowledge this finding`;
    findings.push(warning('guard-mixes-versions', subject, problem, fix));
  }
  const unknown = versions.find(({ label }) => isSlipOf(label, hashLabel));
  if (unknown) {
    const problem = `${has} selects a version by the label ${unknown.label}: series of the stack have it as ${hashLabel}, so the guard would have no data and every rollout would pause`;
    findings.push(warning('guard-version-label', subject, problem, `write ${hashLabel}, or acknowledge this finding`));
  }
  return findings;
}
