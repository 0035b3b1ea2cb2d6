/**
 * The conditions of the analysis templates, evaluated as Argo Rollouts does (utils/evaluate/evaluate.go, with
 * antonmedv/expr v1.15.5). Exactly the expressions that the library emits; anything else is an error, as a mistake is in
 * the cluster.
 */

type Test = (result: readonly number[]) => boolean;

/** Thrown where Argo Rollouts records an error instead of an answer. */
export class ConditionError extends Error {}

/** expr reads a first element of an empty list as an error, not as nil. */
function first(result: readonly number[]): number {
  const [value] = result;
  if (value === undefined) throw new ConditionError('reflect: slice index out of range');
  return value;
}

const COMPARE: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '<=': (left, right) => left <= right,
  '<': (left, right) => left < right,
  '>=': (left, right) => left >= right,
  '>': (left, right) => left > right,
};

/** A number as expr reads it: with `.`, `e` or `E` a float64, else an int64 (parser/parser.go, Number). */
export function literal(text: string): number {
  if (!/^-?(\d+)(\.\d*)?([eE][+-]?\d+)?$/.test(text)) throw new ConditionError(`no number: ${text}`);
  if (!/[.eE]/.test(text)) {
    const magnitude = BigInt(text.replace('-', ''));
    // The sign is an operator of its own, so the digits alone must fit.
    if (magnitude >= 2n ** 63n) throw new ConditionError(`invalid integer literal: ${text} is out of range`);
  }
  const value = Number(text);
  if (!Number.isFinite(value)) throw new ConditionError(`invalid float literal: ${text} is out of range`);
  return value;
}

function clause(text: string): Test {
  const length = /^len\(result\) == (\d+)$/.exec(text);
  if (length) return (result) => result.length === literal(length[1] ?? '');
  if (text === '!isNaN(result[0])') return (result) => !Number.isNaN(first(result));
  if (text === '!isInf(result[0])') return (result) => Math.abs(first(result)) !== Infinity;
  const comparison = /^result\[0\] (<=|<|>=|>) (\S+)$/.exec(text);
  const compare = COMPARE[comparison?.[1] ?? ''];
  if (!comparison || !compare) throw new ConditionError(`no expression that the library emits: ${text}`);
  const limit = literal(comparison[2] ?? '');
  return (result) => compare(first(result), limit);
}

/** Whether a condition holds; `&&` does not evaluate its right side after a false left one. */
export function holds(condition: string, result: readonly number[]): boolean {
  return condition
    .split(' && ')
    .map(clause)
    .every((test) => test(result));
}

export type Phase = 'Successful' | 'Failed' | 'Inconclusive' | 'Error';

/** The phase of one measurement with both conditions (evaluate.go, EvaluateResult). */
export function phaseOf(
  { successCondition, failureCondition }: { successCondition: string; failureCondition: string },
  result: readonly number[],
): Phase {
  try {
    const [succeeds, fails] = [holds(successCondition, result), holds(failureCondition, result)];
    if (fails) return 'Failed';
    return succeeds ? 'Successful' : 'Inconclusive';
  } catch (error) {
    if (error instanceof ConditionError) return 'Error';
    throw error;
  }
}
