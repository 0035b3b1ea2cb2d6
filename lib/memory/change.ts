import type { AcceleratorPlan } from '../accelerator/accelerator-plan';
import type { EngineFacts } from '../engine/facts/engine-facts';
import type { SetFacts } from '../engine/facts/fact-table';
import { fits, memoryFit } from './memory-fit';
import type { MemoryContext } from './memory-context';
import { fitInputOf } from './memory-fit-input';

/** One thing that a user can change, as code, and what the fit is then decided from. */
export interface Change {
  readonly words: string;
  readonly apply: (context: MemoryContext) => MemoryContext;
}

/** Facts with one of them set as a user would. */
export function withFact<Name extends keyof SetFacts>(
  facts: EngineFacts,
  name: Name,
  value: SetFacts[Name]['value'],
): EngineFacts {
  return { ...facts, [name]: { ...facts[name], value, isSet: true, isDefault: false } };
}

/** A change of one engine option. */
export function engineChange<Name extends keyof SetFacts>(name: Name, value: SetFacts[Name]['value']): Change {
  return {
    words: `engine.${name}: ${JSON.stringify(value)}`,
    apply: (context) => ({ ...context, facts: withFact(context.facts, name, value) }),
  };
}

/** A change of the devices. */
export function acceleratorChange(words: string, accelerator: AcceleratorPlan): Change {
  return { words, apply: (context) => ({ ...context, accelerator }) };
}

/** Two changes together. */
export const both = (first: Change, second: Change): Change => ({
  words: `${first.words}, with ${second.words}`,
  apply: (context) => second.apply(first.apply(context)),
});

/** Whether the engine starts with a change. */
export function works(context: MemoryContext, { apply }: Change): boolean {
  const input = fitInputOf(apply(context));
  return input !== undefined && fits(memoryFit(input), input);
}
