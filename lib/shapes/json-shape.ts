import type { Finding } from '../preflight/finding';
import type { Shape } from './shape';
import { isPlain } from './plain';
import { anyObject, wrongValue } from './shape';

const WRITABLE = 'a value that JSON can write';

/** Reports everything inside `value` that JSON drops, changes or cannot write; `around`: what contains it. */
function walk(value: unknown, subject: string, around: Set<unknown>, findings: Finding[]): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return;
  if (typeof value !== 'object' || !(Array.isArray(value) || isPlain(value))) {
    findings.push(wrongValue(subject, value, WRITABLE));
  } else if (around.has(value)) {
    findings.push(wrongValue(subject, value, WRITABLE, () => 'a part of itself'));
  } else {
    around.add(value);
    if (Array.isArray(value)) {
      // By index: a hole is null in JSON.
      for (let at = 0; at < value.length; at += 1) walk(value[at], `${subject}[${at}]`, around, findings);
    } else {
      const given = Object.entries(value).filter(([, each]) => each !== undefined);
      for (const [key, each] of given) walk(each, `${subject}.${key}`, around, findings);
    }
    around.delete(value);
  }
}

/** An object of which JSON writes every part. `undefined` counts as absent. */
export const jsonObject: Shape<Record<string, unknown>> = {
  allowed: anyObject.allowed,
  check: (value, subject, findings) => {
    const before = findings.length;
    anyObject.check(value, subject, findings);
    if (findings.length === before) walk(value, subject, new Set(), findings);
  },
};
