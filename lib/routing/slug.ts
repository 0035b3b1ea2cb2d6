import { digest } from '../units/digest';

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
  const end = `-${digest(parts.join('\n'), 8)}`;
  return full.slice(0, MAX_NAME - end.length) + end;
}
