import { inGibibytes } from '../units/mebibytes';
import { headsFit } from '../rules/parallel-sizes';
import type { Decided } from '../defaults/decision';
import type { FitInput } from './fit-input';
import type { MemoryFit } from './memory-fit';
import { memoryFit } from './memory-fit';
import type { MemoryContext } from './memory-context';
import { fitInputOf } from './memory-fit-input';

/** A fit, and what it was calculated from. */
export interface Fitted {
  readonly input: FitInput;
  readonly fit: MemoryFit;
}

/** What fits into the memory of the accelerator; sizes in MiB. Undefined where it is not known. */
export interface MemoryPlan {
  readonly fitted: Fitted | undefined;
  /** KV cache of one GPU. */
  readonly cache: Decided | undefined;
  /** Tokens that the replica holds. */
  readonly capacity: Decided | undefined;
  /** Longest context of which one sequence fits. */
  readonly largestContext: Decided | undefined;
  /** Sequences of the longest context at once, in the replica. */
  readonly sequences: Decided | undefined;
  /** KV cache of a GPU that is left beside one sequence of the longest context. */
  readonly margin: Decided | undefined;
}

const NOTHING = {
  fitted: undefined,
  cache: undefined,
  capacity: undefined,
  largestContext: undefined,
  sequences: undefined,
  margin: undefined,
};

/** False when the ranks do not match the devices: they have a finding, and numbers about them would hide it. */
export function isPlausible({ facts, accelerator, model: { shape } }: MemoryContext): boolean {
  const { tensor, pipeline, prefillContext, decodeContext, dataLocal } = facts.parallelism;
  if (tensor * pipeline * prefillContext * dataLocal !== accelerator.count) return false;
  if (decodeContext < 1) return false;
  return shape === undefined || headsFit(tensor, shape.attentionHeads, shape.kvHeads);
}

function decided(fitted: Fitted): MemoryPlan {
  const { fit, input } = fitted;
  const { cache, tokens } = fit;
  if (cache <= 0) return { ...NOTHING, fitted };
  const reason =
    input.cacheMib === undefined && input.blocks === undefined
      ? `${inGibibytes(fit.requested)} for the engine without ${inGibibytes(fit.weights)} weights and ${inGibibytes(fit.reserve)} reserve`
      : input.blocks === undefined
        ? input.cacheReason
        : 'set in --num-gpu-blocks-override';
  if (tokens === undefined) return { ...NOTHING, fitted, cache: { value: cache, reason } };
  const { kibPerToken, largestContext, length, perSequence, sequences, capacity } = tokens;
  const most = Math.max(length, input.shape?.maxLength ?? 0);
  const where = input.isHost ? '' : ' on each GPU';
  const perToken = `${Number(kibPerToken.toFixed(2))} KiB a token${where}`;
  return {
    fitted,
    cache: { value: cache, reason },
    capacity: { value: capacity, reason: input.data > 1 ? `${perToken}, ${input.data} ranks` : perToken },
    largestContext:
      largestContext > most
        ? { value: most, reason: 'the maximum of the model; the KV cache holds more' }
        : { value: largestContext, reason: 'one sequence that uses the whole KV cache' },
    sequences: {
      value: Math.floor(sequences * 10) / 10,
      reason: `${inGibibytes(perSequence, 2)} for ${length} tokens${where}`,
    },
    margin: { value: cache - perSequence, reason: 'KV cache without one sequence of full length' },
  };
}

/** Decides what fits into GPU memory. */
export function planMemory(context: MemoryContext): MemoryPlan {
  const input = isPlausible(context) ? fitInputOf(context) : undefined;
  return input === undefined ? NOTHING : decided({ input, fit: memoryFit(input) });
}
