import { oneLine } from '../preflight/one-line';
import { withoutSecrets } from '../preflight/secret-text';
import { isDuration } from '../units/duration';
import { isSize } from '../units/mebibytes';
import { brandOf } from './brand';

/** Longest value that is repeated in a message. */
const SHOWN = 200;

/** A value in words, cut when it is long. */
export function show(value: unknown): string {
  try {
    return cut(oneLine(written(value)));
  } catch {
    // A Proxy, or a getter of the value.
    return 'a value that cannot be read';
  }
}

/** The beginning of a text that is too long for a message; of a secret, not even that. */
export function cut(whole: string): string {
  const text = withoutSecrets(whole);
  if (text.length <= SHOWN) return text;
  // Not in the middle of a character outside the basic plane.
  return `${text.slice(0, SHOWN).replace(/[\ud800-\udbff]$/, '')}… (${text.length} characters)`;
}

function written(value: unknown): string {
  if (typeof value === 'function') return describeFunction(value);
  if (typeof value === 'number') return String(value); // JSON has no NaN.
  if (typeof value === 'bigint') return `${value}n`;
  if (isDuration(value)) return `${value.toMilliseconds() / 1000} s`;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const name = className(value);
    if (name !== undefined && name !== 'Object') return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
  }
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return 'a value that JSON cannot write';
  }
}

/** A class where an instance is meant is called by its name. */
function describeFunction(value: { readonly name: unknown }): string {
  const isClass = /^class\b/.test(Function.prototype.toString.call(value)) && typeof value.name === 'string';
  return isClass && value.name !== '' ? `the class ${String(value.name)}, not an instance of it` : 'a function';
}

/** What a reader calls the class of an object. Only for messages: a bundler may have changed the name of other classes. */
function className(value: object): string | undefined {
  if (isSize(value)) return 'Size';
  return brandOf(value) ?? (value.constructor as { name?: string } | undefined)?.name;
}

/** For what is given instead of a reference to a secret: it may be the secret, and errors end up in build logs. */
export function withhold(value: unknown): string {
  if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return show(value);
  return `${typeof value === 'string' ? 'a string' : 'an object'}, which is not printed because it may be the secret`;
}
