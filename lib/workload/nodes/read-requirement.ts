import { GPU_LABELS } from './gpu-labels';
import type { LabelRule } from './label-rule';
import { MACHINE_LABELS } from './machine-labels';
import type { NodeContext, Verdict } from './node-context';
import { away, devicesOf, other } from './node-context';
import { PART_LABELS } from './part-labels';
import { PLATFORM_LABELS } from './platform-labels';
import type { Requirement } from './requirement';

const RULES: readonly LabelRule[] = [...GPU_LABELS, ...PART_LABELS, ...MACHINE_LABELS, ...PLATFORM_LABELS];

/** What one value of a label means: the first rule with a verdict. */
function verdictOf(rules: readonly LabelRule[], value: string, key: string, context: NodeContext): Verdict | undefined {
  for (const rule of rules) {
    const verdict = rule.read(value, context, key);
    if (verdict) return verdict;
  }
  return undefined;
}

/** A requirement of a term, and what it means. */
export interface Read {
  readonly requirement: Requirement;
  /** The value that the verdict is about. */
  readonly value: string;
  readonly verdict: Verdict;
}

/**
 * Several values are alternatives. Where all of them are wrong, so is the requirement; where only some are, pods may get
 * another device, and values without a device change nothing.
 */
function anyOf(requirement: Requirement, rules: readonly LabelRule[], context: NodeContext): Read | undefined {
  const { key, values } = requirement;
  const read = values.map((value) => ({ requirement, value, verdict: verdictOf(rules, value, key, context) }));
  const bad = read.filter((each): each is Read => each.verdict !== undefined);
  const devices = bad.filter(({ verdict }) => verdict.level !== 'away');
  if (bad.length < read.length || (devices.length > 0 && devices.length < bad.length)) {
    const [first] = devices;
    return first && { ...first, verdict: { ...first.verdict, level: 'other' } };
  }
  return bad[0];
}

function bounded(requirement: Requirement, rules: readonly LabelRule[], context: NodeContext): Read | undefined {
  const { key, operator, values } = requirement;
  const [value = ''] = values;
  const limit = Number(value);
  for (const { range, read } of rules) {
    const [min, max] = range?.(context) ?? [];
    if (min === undefined || max === undefined) continue;
    const excluded = operator === 'Gt' ? max <= limit : min >= limit;
    if (!excluded) continue;
    const words = read(String(operator === 'Gt' ? limit + 1 : limit - 1), context, key)?.words;
    return { requirement, value, verdict: away(words ?? `no node with ${devicesOf(context)} has such a value`) };
  }
  return undefined;
}

/** What a requirement means; undefined where it fits, or nothing is known about the label. */
export function readRequirement(requirement: Requirement, context: NodeContext): Read | undefined {
  const { key, operator, values } = requirement;
  const rules = RULES.filter((rule) => rule.key.test(key));
  if (rules.length === 0) return undefined;
  if (operator === 'In') return anyOf(requirement, rules, context);
  if (operator === 'Gt' || operator === 'Lt') return bounded(requirement, rules, context);
  if (operator === 'NotIn') {
    const excluded = rules.flatMap(({ own }) => own?.(context, key) ?? []).find((each) => values.includes(each));
    if (excluded === undefined) return undefined;
    return { requirement, value: excluded, verdict: other(`nodes with ${devicesOf(context)} have this value`) };
  }
  if (operator !== 'Exists') return undefined;
  const verdict = verdictOf(
    rules.filter(({ vendor }) => vendor !== undefined),
    '',
    key,
    context,
  );
  return verdict && { requirement, value: '', verdict };
}
