/**
 * How pydantic converts JSON where a type is not strict, measured with pydantic 2.14 in both of its modes: numbers and
 * booleans may be text, booleans count as numbers, and a fraction of zero is a whole number.
 */

const TEXT_BOOLEAN = /^(0|1|t|f|true|false|y|n|yes|no|on|off)$/i;
const TEXT_INT = /^\s*[+-]?\d+(_\d+)*(\.0+)?\s*$/;
const TEXT_FLOAT = /^\s*[+-]?((\d+(_\d+)*\.?\d*|\.\d+)(e[+-]?\d+)?|nan|inf|infinity)\s*$/i;

export function isBoolean(value: unknown): boolean {
  if (typeof value === 'string') return TEXT_BOOLEAN.test(value);
  return typeof value === 'boolean' || value === 0 || value === 1;
}

/** The whole number that a value is, or undefined. */
export function asInt(value: unknown): number | undefined {
  if (typeof value === 'string') return TEXT_INT.test(value) ? Number(value.replaceAll('_', '')) : undefined;
  return asCode(value);
}

/** The same where text is no number: for values of an enum and of a list of numbers. */
export function asCode(value: unknown): number | undefined {
  const number = typeof value === 'boolean' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}

/** The number that a value is, or undefined. */
export function asFloat(value: unknown): number | undefined {
  if (typeof value === 'string') return TEXT_FLOAT.test(value) ? wordOrNumber(value) : undefined;
  return typeof value === 'number' || typeof value === 'boolean' ? Number(value) : undefined;
}

function wordOrNumber(text: string): number {
  if (/nan/i.test(text)) return NaN;
  if (/inf/i.test(text)) return text.includes('-') ? -Infinity : Infinity;
  return Number(text.replaceAll('_', ''));
}
