import type { Duration, Size } from 'cdk8s';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { isDuration } from '../units/duration';
import { inGibibytes, isSize, mebibytesOf, MIB_PER_GIB } from '../units/mebibytes';
import { brandOf, isBranded } from './brand';
import { secretTexts } from './secret-texts';
import { oneLine } from '../preflight/one-line';
import { cut, show, withhold } from './show';

/**
 * What a value from outside must look like. TypeScript checks its users at compile time; JavaScript has no compiler and
 * a jsii caller can pass an untyped value, so every public struct is checked once more at synth.
 */
export interface Shape<T = unknown> {
  /** What is allowed, in words: `a whole number of at least 1`. */
  readonly allowed: string;
  /** Appends a finding about `subject` for each thing that is wrong with `value`. */
  readonly check: (value: unknown, subject: string, findings: Finding[]) => void;
  /** The type of what passes the check. For the compiler only: no shape has this property. */
  readonly passes?: T;
}

/** An object with properties; a Map or a Date would pass for one without any, and a public class for one of its own. */
export function isObject(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]' && brandOf(value as object) === undefined;
}

/** The subject of a property. A key from outside may have any characters, and a message has a line for each finding. */
export function propertyOf(subject: string, key: string): string {
  const name = cut(/^[\x21-\x7e]+$/.test(key) ? key : oneLine(JSON.stringify(key)));
  return subject === '' ? name : `${subject}.${name}`;
}

/** A shape with one predicate. `T` is what the predicate proves: it is written explicitly, never inferred. */
export function shape<T>(allowed: string, fits: (value: unknown) => boolean, describe = show): Shape<NoInfer<T>> {
  return {
    allowed,
    check: (value, subject, findings) => {
      if (!fits(value)) findings.push(wrongValue(subject, value, allowed, describe));
    },
  };
}

/** Whether a text has in its quotes what is allowed without them. */
function isQuoted(value: unknown, allowed: string): boolean {
  if (typeof value !== 'string' || value.trim() === '') return false;
  if (/^a (whole )?number/.test(allowed)) return Number.isFinite(Number(value));
  return allowed === flag.allowed && /^\s*(true|false)\s*$/i.test(value);
}

/** The finding for a value that is not what it must be. */
export function wrongValue(subject: string, value: unknown, allowed: string, describe = show): Finding {
  const quotes = isQuoted(value, allowed) ? ', without quotes' : '';
  return error('wrong-value', subject, `is ${describe(value)}`, `give ${allowed}${quotes}`);
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** A string that a file in UTF-8 can hold. */
export const isString = (value: unknown): value is string => typeof value === 'string' && !/\p{Surrogate}/u.test(value);

export const text = shape<string>('a non-empty string', (value) => isString(value) && value.trim() !== '');
export const flag = shape<boolean>('true or false', (value) => typeof value === 'boolean');
export const anyObject = shape<object>('an object', isObject);

/** A whole number from `min` to `max`, both included. */
export function integer(min: number, max = Number.MAX_SAFE_INTEGER): Shape<number> {
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  return shape<number>(
    `a whole number ${range}`,
    (value) => isNumber(value) && Number.isInteger(value) && value >= min && value <= max,
  );
}

/** A number of at least `min`. */
export function atLeast(min: number): Shape<number> {
  return shape<number>(`a number of at least ${min}`, (value) => isNumber(value) && value >= min);
}

/** A number greater than `limit`. */
export function above(limit: number): Shape<number> {
  return shape<number>(`a number above ${limit}`, (value) => isNumber(value) && value > limit);
}

/** A Duration longer than 0; `example` shows one. */
export function duration(example: string): Shape<Duration> {
  return shape<Duration>(
    `a Duration above 0, for example ${example}`,
    (value) => isDuration(value) && value.toMilliseconds() > 0,
  );
}

/** Bounds of a whole number of seconds. */
interface SecondsBounds {
  readonly least?: number;
  readonly most?: number;
}

/** A Duration without a part of a second, which neither vLLM nor Kubernetes has; `example` shows how to make one. */
export function wholeSeconds(example: string, { least = 0, most = Infinity }: SecondsBounds = {}): Shape<Duration> {
  const bounds = [
    ...(least > 0 ? [least === 1 ? 'above 0' : `at least ${least} s`] : []),
    ...(most === Infinity ? [] : [`at most ${most} s`]),
  ];
  const range = bounds.length > 0 ? `, ${bounds.join(' and ')}` : '';
  return shape<Duration>(`a Duration of whole seconds${range}, for example ${example}`, (value) => {
    if (!isDuration(value)) return false;
    const given = value.toMilliseconds() / 1000;
    return Number.isInteger(given) && given >= least && given <= most;
  });
}

/** A string that matches `pattern`, which `allowed` describes. */
export function matching(pattern: RegExp, allowed: string): Shape<string> {
  return shape<string>(allowed, (value) => isString(value) && pattern.test(value));
}

/** One of a few strings. */
export function oneOf<const T extends string>(...values: readonly T[]): Shape<T> {
  return shape<T>(`one of ${values.join(', ')}`, (value) => values.some((each) => each === value));
}

/** What a message calls a value that is no instance of a public class: others may have classes of its name. */
function showOther(value: unknown, className: string): string {
  const shown = show(value);
  const isNamed = typeof value === 'object' && value !== null && brandOf(value) === undefined;
  return isNamed && /^an? /.test(shown) && shown.endsWith(` ${className}`)
    ? `${shown} of another library or of your own`
    : shown;
}

/** An instance of a public class, of any copy of this package; `example` shows how to make one. */
export function instance<T>(className: string, example: string): Shape<NoInfer<T>> {
  const describe = className === 'SecretKey' ? withhold : (value: unknown) => showOther(value, className);
  return shape<T>(example, (value) => isBranded(value, className), describe);
}

/** A Size above 0; `example` shows how to make one. */
export function size(example: string): Shape<Size> {
  return shape<Size>(
    `a Size of more than 0, for example ${example}`,
    (value) => isSize(value) && mebibytesOf(value) > 0,
    showSize,
  );
}

/** A Size by its amount, where the amount is what is wrong. */
export const showSize = (value: unknown): string => (isSize(value) ? `${mebibytesOf(value)} MiB` : show(value));

/** Memory of a device, of which an engine needs at least a GiB; `example` shows how to make one. */
export function deviceMemory(example: string): Shape<Size> {
  return shape<Size>(
    `a Size of at least 1 GiB, for example ${example}`,
    (value) => isSize(value) && mebibytesOf(value) >= MIB_PER_GIB,
    (value) => (isSize(value) ? inGibibytes(mebibytesOf(value)) : show(value)),
  );
}

/** A list of at least `min` items that all have one shape. */
export function listOf<T>(item: Shape<T>, min = 0): Shape<T[]> {
  const allowed = `a list${min > 0 ? ` of at least ${min}` : ''}, each item ${item.allowed}`;
  return {
    allowed,
    check: (value, subject, findings) => {
      if (!Array.isArray(value) || value.length < min) {
        findings.push(wrongValue(subject, value, allowed));
        return;
      }
      // By index: `forEach` passes over holes.
      for (let at = 0; at < value.length; at += 1) item.check(value[at], `${subject}[${at}]`, findings);
    },
  };
}

/** A map whose values all have one shape. */
export function mapOf<T>(item: Shape<T>): Shape<Record<string, T>> {
  const allowed = `a map, each value ${item.allowed}`;
  return {
    allowed,
    check: (value, subject, findings) => {
      if (!isObject(value)) {
        findings.push(wrongValue(subject, value, allowed));
        return;
      }
      for (const [key, each] of Object.entries(value)) item.check(each, propertyOf(subject, key), findings);
    },
  };
}

/**
 * All findings of one value against one shape, and a finding for each secret among its texts. With an empty subject, a
 * property is named without a prefix. `apart`: properties whose secrets are looked for elsewhere.
 */
export function findingsOf(value: unknown, subject: string, expected: Shape, apart: readonly string[] = []): Finding[] {
  const findings: Finding[] = [];
  checkReadable(value, subject, expected, findings);
  const named = new Set(findings.map((finding) => finding.subject));
  return [...findings, ...secretTexts(value, subject, apart).filter((each) => !named.has(each.subject))];
}

/** The check of a value whose getters and methods are of the user, and may throw. */
export function checkReadable(value: unknown, subject: string, expected: Shape, findings: Finding[]): void {
  try {
    expected.check(value, subject, findings);
  } catch (thrown) {
    const cause = thrown instanceof Error ? cut(oneLine(thrown.message)) : show(thrown);
    const problem = `cannot be read: ${cause}`;
    findings.push(error('wrong-value', subject === '' ? 'options' : subject, problem, `give ${expected.allowed}`));
  }
}
