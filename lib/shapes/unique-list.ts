import type { Shape } from './shape';
import { shape } from './shape';

/** A list of the same shape in which no item is repeated. */
export const unique = <T>(list: Shape<T[]>): Shape<T[]> => ({
  allowed: `${list.allowed}, each once`,
  check: (value, subject, findings) => {
    const before = findings.length;
    list.check(value, subject, findings);
    if (findings.length > before) return;
    const once = shape<T[]>(
      `${list.allowed}, each once`,
      (given) => new Set(given as unknown[]).size === (given as unknown[]).length,
    );
    once.check(value, subject, findings);
  },
});
