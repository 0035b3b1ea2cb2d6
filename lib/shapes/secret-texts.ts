import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { hasSecret } from '../preflight/secret-text';
import { isPlain } from './plain';

/** Deeper than any property of the library, and than the YAML of any pod. */
const DEEPEST = 20;

const NOTHING: ReadonlySet<unknown> = new Set();

/** The finding for a text that looks like a secret. It does not repeat the text. */
export function secretAsText(subject: string, fix: string): Finding {
  const problem = 'looks like a secret, and anyone who can read the YAML can see it';
  return error('secret-as-text', subject, problem, fix);
}

/**
 * Calls `visit` for each text inside lists and plain objects, keys too. Classes check their own arguments. `around`: what
 * contains the value, which may be a part of itself.
 */
export function eachText(
  value: unknown,
  subject: string,
  visit: (text: string, subject: string) => void,
  around = NOTHING,
): void {
  if (typeof value === 'string') visit(value, subject);
  else if (typeof value === 'object' && value !== null && around.size < DEEPEST && !around.has(value)) {
    const within = new Set(around).add(value);
    if (Array.isArray(value)) {
      value.forEach((each, at) => eachText(each, `${subject}[${at}]`, visit, within));
    } else if (isPlain(value)) {
      for (const [key, each] of Object.entries(value)) {
        const inside = subject === '' ? key : `${subject}.${key}`;
        visit(key, inside);
        eachText(each, inside, visit, within);
      }
    }
  }
}

/** A secret among the texts of a value. `apart`: properties with a check of their own. */
export function secretTexts(value: unknown, subject: string, apart: readonly string[]): Finding[] {
  const found = new Set<string>();
  const isApart = (at: string) => apart.some((each) => at.startsWith(each) && /^($|[.[])/.test(at.slice(each.length)));
  try {
    eachText(value, subject, (text, at) => {
      if (hasSecret(text) && !isApart(at)) found.add(at);
    });
  } catch {
    // A getter of the value throws: the check of its shape reports that.
  }
  return [...found].map((at) => secretAsText(at, 'remove it from the program, and keep it in a Secret'));
}
