import { Catalogue } from '../catalogue/catalogue';
import { behaviourRows } from '../catalogue/load';
import type { BehaviourRow } from '../catalogue/behaviour-row';
import type { FlagName } from '../catalogue/flag-name';
import { flagChanges } from './flag-changes';
import { metricChanges } from './metric-changes';
import { routeChanges } from './route-changes';
import type { Release } from '../release';
import { compareReleases, KNOWN_MINORS, lastPatchOf, minorOf } from '../release';

/** What a stack sets in vLLM and reads from it. */
export interface StackUse {
  /** The full names of the flags that it sets. */
  readonly flags: readonly FlagName[];
  /** The names of the environment variables it sets. */
  readonly env: readonly string[];
  /** The names of the metrics that its rules, dashboards and scalers read. */
  readonly metrics: readonly string[];
}

/** Answers by question: most stacks of one app set the same flags, and a comparison takes half a millisecond. */
const answers = new Map<string, readonly string[]>();

/**
 * What an upgrade changes for a stack, one sentence each, which begins with the minor, oldest first. Empty
 * when `to` is not newer than `from`.
 */
export function versionChanges(from: Release, to: Release, stack: StackUse): string[] {
  const question = JSON.stringify([from.text, to.text, stack.flags, stack.env, stack.metrics]);
  const answer = answers.get(question) ?? compare(from, to, stack);
  answers.set(question, answer);
  return [...answer];
}

function compare(from: Release, to: Release, stack: StackUse): string[] {
  if (compareReleases(from, to) >= 0) return [];
  const stops = [from, ...minorsBetween(from, to), to].map((release) => Catalogue.of(release));
  return stops.slice(1).flatMap((after, index) => {
    const before = stops[index] ?? after;
    const changes = [
      ...flagChanges(before, after, stack.flags),
      ...variableChanges(before, after, stack.env),
      ...metricChanges(before, after, stack.metrics),
      ...routeChanges(before, after),
      ...(before.minor === after.minor ? [] : behaviourChanges(after.minor, stack)),
    ];
    return changes.map((change) => `${after.minor}: ${change}.`);
  });
}

/** The last patch of every minor between two releases. */
function minorsBetween(from: Release, to: Release): Release[] {
  const known = KNOWN_MINORS.map(lastPatchOf).filter((release) => release !== undefined);
  const isBetween = (release: Release) => compareReleases(from, release) < 0 && compareReleases(release, to) < 0;
  const ends = [minorOf(from), minorOf(to)];
  return known.filter((release) => isBetween(release) && !ends.includes(minorOf(release)));
}

function variableChanges(before: Catalogue, after: Catalogue, used: readonly string[]): string[] {
  const removed = used.filter((name) => before.env(name) && !after.env(name));
  return removed.map((name) => {
    const replacedBy = after.missingEnv(name)?.replacedBy;
    return `the variable ${name} is removed${replacedBy === undefined ? '' : `: use ${replacedBy}`}`;
  });
}

function behaviourChanges(minor: string, stack: StackUse): string[] {
  const applies = ({ ifSet, unlessSet, metric }: BehaviourRow) =>
    (ifSet === undefined || ifSet.some((flag) => stack.flags.includes(flag))) &&
    !unlessSet?.some((flag) => stack.flags.includes(flag)) &&
    (metric === undefined || stack.metrics.includes(metric));
  return behaviourRows()
    .filter((row) => row.minor === minor && applies(row))
    .map((row) => row.what + hint(row));
}

const hint = ({ unlessSet }: BehaviourRow) => (unlessSet ? ` (the stack does not set ${unlessSet.join(' or ')})` : '');
