import type { Release } from '../release';
import { atLeast } from '../release';
import { QUIRKS } from './data/quirks';

/** The id of a quirk: a misspelt one does not compile. */
export type QuirkId = keyof typeof QUIRKS;

/** Whether a release has a quirk. */
export function hasQuirk(release: Release, id: QuirkId): boolean {
  return atLeast(release, QUIRKS[id].since);
}

/** The first version with a quirk, for messages. */
export function quirkSince(id: QuirkId): string {
  return QUIRKS[id].since;
}
