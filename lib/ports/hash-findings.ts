import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { SEED_VARIABLE } from './hashing';
import type { Opened } from './opened';
import type { PortContext } from './port-context';

/** A seed that differs in each process. */
export function hashFindings({ hashing }: Opened, { environment }: PortContext): Finding[] {
  const seed = environment.get(SEED_VARIABLE);
  // Python reads an empty one as unset.
  if (hashing === undefined || (seed !== 'random' && seed !== '')) return [];
  const problem = `is ${JSON.stringify(seed)}: Python then hashes differently in each process, and all pods must hash blocks alike for ${hashing.why}`;
  return [
    error('hash-seed-random', `env.${SEED_VARIABLE}`, problem, 'remove it, or set it to one number in all stacks'),
  ];
}
