import { hasQuirk } from '../engine/catalogue/quirks';
import type { Finding } from '../preflight/finding';
import { warning } from '../preflight/finding';
import type { FitInput } from './fit-input';
import type { MemoryFit } from './memory-fit';
import type { MemoryContext } from './memory-context';

/** Modes without graphs of whole decode steps (vllm/config/compilation.py, `CUDAGraphMode`). */
const PARTIAL_MODES: readonly unknown[] = ['NONE', 'PIECEWISE', 0, 1];

function capturesSteps({ enforceEager, optimizationLevel, compilationConfig }: MemoryContext['facts']): boolean {
  if (enforceEager.value === true || optimizationLevel.value === 0) return false;
  const mode = compilationConfig.value?.cudagraph_mode;
  return !PARTIAL_MODES.includes(typeof mode === 'string' ? mode.toUpperCase() : mode);
}

/** Part of the planned blocks that is there at least: what images take while vLLM measures is not planned. */
const SURE = 0.75;

/**
 * Each sequence of a decode step has a block with its state. vLLM refuses a batch of more sequences than there are blocks
 * when it captures CUDA graphs (vllm/config/compilation.py, `resolve_cudagraph_mode_and_sizes`). The number of blocks is
 * planned here, so it is no error.
 */
export function stateFindings({ facts, release }: MemoryContext, input: FitInput, { tokens }: MemoryFit): Finding[] {
  if (tokens === undefined || !hasQuirk(release, 'block-per-state') || !capturesSteps(facts)) return [];
  const sure = Math.floor(tokens.blocks * SURE);
  if (sure < 1 || input.sequences <= sure || !input.shape?.groups.some(({ kind }) => kind === 'state')) return [];
  const { isSet, origin } = facts.maxNumSeqs;
  const [subject, is] = isSet
    ? [origin, `is ${input.sequences}`]
    : ['engine.maxNumSeqs', `is unset, so it is ${input.sequences}`];
  const problem = `${is}, but the state of each sequence needs a block of the KV cache, which has ${sure} to ${tokens.blocks}: vLLM does not start with more sequences than blocks`;
  return [warning('sequences-above-blocks', subject, problem, `set it to ${2 ** Math.floor(Math.log2(sure))}`)];
}
