import type { Shape } from './shape';
import { shape, wrongValue } from './shape';

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

/** The same list, if it has at most so many items. */
export const atMost = <T>(most: number, list: Shape<T[]>): Shape<T[]> => {
  const allowed = `${list.allowed}, at most ${most}`;
  return {
    allowed,
    check: (value, subject, findings) => {
      if (Array.isArray(value) && value.length > most) findings.push(wrongValue(subject, value, allowed));
      else list.check(value, subject, findings);
    },
  };
};
