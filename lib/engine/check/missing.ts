import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { Catalogue } from '../catalogue/catalogue';
import type { Absence } from '../catalogue/span';

/** Which releases have something that the pinned release does not have. */
export function whenItExists({ comesIn, goneIn }: Absence): string {
  if (goneIn === undefined) return `was added in vLLM ${comesIn}`;
  return comesIn === undefined
    ? `was removed in vLLM ${goneIn}`
    : `was removed in vLLM ${goneIn} and added again in ${comesIn}`;
}

/** What to do about something that other releases have. */
export function whatToDo({ comesIn, replacedBy }: Absence): string {
  const ways = [];
  if (replacedBy !== undefined) ways.push(`use ${replacedBy}`);
  if (comesIn !== undefined) ways.push(`raise vllmVersion to ${comesIn} or later`);
  return [...ways, 'remove it'].join(', or ');
}

const IDS = {
  flag: { tooNew: 'flag-too-new', removed: 'flag-removed' },
  variable: { tooNew: 'variable-too-new', removed: 'variable-removed' },
} as const;

/** The finding for a flag or variable that other releases have, but not the pinned one. */
export function missing(
  what: keyof typeof IDS,
  subject: string,
  name: string,
  reason: Absence,
  catalogue: Catalogue,
): Finding {
  const id = reason.goneIn === undefined ? IDS[what].tooNew : IDS[what].removed;
  const problem = `${name} ${whenItExists(reason)}, and the pinned version is ${catalogue.release.text}`;
  return error(id, subject, problem, whatToDo(reason));
}
