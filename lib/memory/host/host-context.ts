import { isTrue } from '../../engine/variable-switch';
import type { MemoryContext } from '../memory-context';

/** What the needs of the host are decided from. */
export interface HostContext extends MemoryContext {
  /** Where volumes of the user are mounted. */
  readonly mounts: readonly string[];
}

/** Worker processes of one engine core. */
export function workersOf({ facts: { parallelism } }: Pick<HostContext, 'facts'>): number {
  return parallelism.tensor * parallelism.pipeline * parallelism.prefillContext;
}

/** Worker processes of the pod. */
export const ranksOf = (context: Pick<HostContext, 'facts'>): number =>
  workersOf(context) * context.facts.parallelism.dataLocal;

/** Engines that repeat all weights: those of a dense model; a mixture divides most of its weights. */
export const copiesOf = ({ facts, model }: HostContext): number =>
  model.shape?.experts === undefined ? facts.parallelism.dataLocal : 1;

/** A number from JSON or from a variable; undefined for anything else. */
export function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim().replace(/^(["'])(.*)\1$/, '$2');
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

/** Whether a value from JSON or from a variable turns something on. */
export const isOn = (value: unknown): boolean => value === true || isTrue(String(value));

/**
 * Size of a pinned buffer. PyTorch rounds it up to a power of two (vLLM #48436: a request of 80 GiB takes 128; LMCache
 * #1147: 5 takes 8).
 */
export const pinned = (mib: number): number => (mib > 0 ? 2 ** Math.ceil(Math.log2(mib)) : 0);
