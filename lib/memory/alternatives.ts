import { MEMORY_FIT } from '../defaults';
import type { Change } from './change';
import { both, engineChange, works } from './change';
import { deviceChanges } from './device-changes';
import { engineChanges } from './engine-changes';
import type { FitInput } from './fit-input';
import type { MemoryFit } from './memory-fit';
import { memoryFit } from './memory-fit';
import type { MemoryContext } from './memory-context';
import { fitInputOf } from './memory-fit-input';
import { copyChanges } from './copy-changes';
import { methodFindings } from '../rules/checkpoint-format';

/** The longest context to suggest, in whole blocks; 0 when it would be too short to be useful. */
export function suggestedContext({ tokens, missing }: MemoryFit): number {
  if (missing > 0) return 0;
  const longest = tokens?.largestContext ?? 0;
  return Number.isFinite(longest) ? Math.floor(longest / MEMORY_FIT.contextStep) * MEMORY_FIT.contextStep : 0;
}

/** A shorter context. */
function shorter(fit: MemoryFit): Change[] {
  const length = suggestedContext(fit);
  return length > 0 ? [engineChange('maxModelLen', length)] : [];
}

/** A change, with the longest context that then fits. */
function withShorter(context: MemoryContext, change: Change): Change[] {
  const input = fitInputOf(change.apply(context));
  return input === undefined ? [] : shorter(memoryFit(input)).map((length) => both(change, length));
}

/** Two changes of the engine. */
function pairs(context: MemoryContext, changes: readonly Change[]): Change[] {
  const together = changes.flatMap((first, index) => changes.slice(index + 1).map((second) => both(first, second)));
  return together.filter((change) => works(context, change)).slice(0, MEMORY_FIT.mostPairs);
}

/** Whether the set method of quantization is one for the checkpoint. */
const hasFormat = ({ facts, model: { id: modelId, shape: architecture }, release }: MemoryContext): boolean =>
  methodFindings({ facts, modelId, architecture, release }).length === 0;

/** What would fit instead, the cheapest change first; two changes only where no single one is enough. */
export function alternatives(context: MemoryContext, input: FitInput, fit: MemoryFit): string[] {
  const changes = engineChanges(context, input);
  const single = changes.filter((change) => works(context, change));
  const found = [...(single.length > 0 ? single : pairs(context, changes)), ...shorter(fit)];
  const shortened = found.length > 0 ? [] : changes.flatMap((change) => withShorter(context, change)).slice(0, 1);
  return [...found, ...shortened, ...copyChanges(context), ...deviceChanges(context)]
    .filter((change) => hasFormat(change.apply(context)))
    .map(({ words }) => words);
}
