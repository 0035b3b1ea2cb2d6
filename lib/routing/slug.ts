import { createHash } from 'node:crypto';

/** Longest name: implementations make labels of the names of routes. */
const MAX_NAME = 63;

/** The name of a further object: that of the first one and what differs, as a DNS label. A long one ends in a hash. */
export function slug(name: string, parts: readonly string[]): string {
  const full = [name, ...parts]
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');
  if (full.length <= MAX_NAME) return full;
  const end = `-${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 8)}`;
  return full.slice(0, MAX_NAME - end.length) + end;
}
