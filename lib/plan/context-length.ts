import type { StackPlan } from './stack-plan';

/** Longest prompt with its answer that a stack accepts, in tokens; undefined when it is not known at synth. */
export function contextLength({ basis, memory }: StackPlan): number | undefined {
  const { isSet, value } = basis.commandLine.facts.maxModelLen;
  if (!isSet) return basis.model.shape?.maxLength;
  // `auto` and -1 take what fits into GPU memory.
  return value !== undefined && value > 0 ? value : memory.largestContext?.value;
}
