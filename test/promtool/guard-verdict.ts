/** What Argo Rollouts makes of one measurement. */
export type Phase = 'Successful' | 'Failed' | 'Inconclusive';

/** The conditions of a metric of an AnalysisTemplate. */
export interface Conditions {
  readonly successCondition: string;
  readonly failureCondition: string;
}

const CONDITION =
  /^len\(result\) == 1 && !isNaN\(result\[0\]\) && !isInf\(result\[0\]\) && result\[0\] (<=|>=|<|>) (-?[\d.]+(?:e[+-]?\d+)?)$/;

const COMPARE: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '<=': (value, limit) => value <= limit,
  '>=': (value, limit) => value >= limit,
  '<': (value, limit) => value < limit,
  '>': (value, limit) => value > limit,
};

function holds(condition: string, result: readonly number[]): boolean {
  const [, operator = '', limit] = CONDITION.exec(condition) ?? [];
  const compare = COMPARE[operator];
  if (compare === undefined) throw new Error(`unknown condition: ${condition}`);
  const [value = NaN] = result;
  return result.length === 1 && Number.isFinite(value) && compare(value, Number(limit));
}

/** The phase of a measurement (argo-rollouts utils/evaluate/evaluate.go, EvaluateResult). */
export function phaseOf({ successCondition, failureCondition }: Conditions, result: readonly number[]): Phase {
  if (holds(failureCondition, result)) return 'Failed';
  return holds(successCondition, result) ? 'Successful' : 'Inconclusive';
}
