import type { Finding } from '../preflight/finding';
import { error, notice, warning } from '../preflight/finding';
import { FailureMode } from './failure-mode';
import type { PoolPlan } from './pool-plan';
import type { MemberRange } from './token-range';
import { firstGap, overlaps, rangeText } from './token-range';

const SUBJECT = 'inferencePool.promptTokens';

/** Problems of the ranges of all members together. */
export function lengthFindings({ stacks, failureMode }: PoolPlan): Finding[] {
  const ranges = stacks.flatMap(({ member, plan }): MemberRange[] =>
    member?.range ? [{ stack: plan.name, range: member.range }] : [],
  );
  if (ranges.length === 0) return [];
  const without = stacks
    .filter(({ member }) => member && member.range === undefined)
    .map(({ plan }) => `"${plan.name}"`);
  if (without.length > 0) {
    const problem = `is unset in ${without.join(' and ')} and set in other members: the filter would send prompts of every length there`;
    const fix = 'set it in every member, { minimum: 0 } for prompts of every length, or in none';
    return [error('pool-range-missing', SUBJECT, problem, fix)];
  }
  return [...gapFindings(ranges), ...overlapFindings(ranges), ...openFindings(failureMode)];
}

function gapFindings(ranges: readonly MemberRange[]): Finding[] {
  const gap = firstGap(ranges.map(({ range }) => range));
  if (gap === undefined) return [];
  const all = ranges.map(({ stack, range }) => `"${stack}" ${rangeText(range)}`).join(', ');
  const problem = `covers ${all}: no member has prompts of ${rangeText(gap)}, so the endpoint picker refuses them`;
  const fix =
    gap.maximum === undefined
      ? 'remove maximum in the member with the longest prompts: vLLM refuses what is too long for it'
      : 'set the lowest minimum to 0, and each other one to 1 more than the maximum of the range below it';
  return [error('pool-range-gap', SUBJECT, problem, fix)];
}

function overlapFindings(ranges: readonly MemberRange[]): Finding[] {
  return overlaps(ranges).map(([one, other]) => {
    const problem = `is ${rangeText(one.range)} in "${one.stack}" and ${rangeText(other.range)} in "${other.stack}": both get the lengths that are in both`;
    const fix = 'set one minimum to 1 more than the maximum of the other range, or acknowledge this finding';
    return warning('pool-range-overlap', SUBJECT, problem, fix);
  });
}

function openFindings(failureMode: FailureMode): Finding[] {
  if (failureMode !== FailureMode.FAIL_OPEN) return [];
  const problem =
    'is FAIL_OPEN: without a ready endpoint picker a long prompt may reach a stack for short ones, which refuses it';
  return [notice('pool-open-lengths', 'failureMode', problem, 'set FailureMode.FAIL_CLOSE to get errors instead')];
}
