import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { didYouMean } from '../preflight/nearest';
import { isDuration } from '../units/duration';
import { isSize, mebibytesOf } from '../units/mebibytes';
import { isBranded } from './brand';
import { show, withhold } from './show';

/**
 * What a value from outside must look like. TypeScript checks its users at compile time; JavaScript has no compiler and
 * a jsii caller can pass an untyped value, so every public struct is checked once more at synth.
 */
export interface Shape {
  /** What is allowed, in words: `a whole number of at least 1`. */
  readonly allowed: string;
  /** Appends what is wrong with `value`, said about `subject`. */
  readonly check: (value: unknown, subject: string, findings: Finding[]) => void;
}

/** An object with properties; a Map or a Date would pass for one without any. */
function isObject(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** A shape that one predicate decides. */
export function shape(allowed: string, fits: (value: unknown) => boolean, describe = show): Shape {
  return {
    allowed,
    check: (value, subject, findings) => {
      if (!fits(value)) findings.push(wrongValue(subject, value, allowed, describe));
    },
  };
}

/** The finding for a value that is not what it must be. */
export function wrongValue(subject: string, value: unknown, allowed: string, describe = show): Finding {
  return error('wrong-value', subject, `is ${describe(value)}`, `give ${allowed}`);
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

export const text = shape('a non-empty string', (value) => typeof value === 'string' && value.trim() !== '');
export const flag = shape('true or false', (value) => typeof value === 'boolean');
export const anyObject = shape('an object', isObject);

/** A whole number from `min` to `max`, both included. */
export function integer(min: number, max = Number.MAX_SAFE_INTEGER): Shape {
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  return shape(
    `a whole number ${range}`,
    (value) => isNumber(value) && Number.isInteger(value) && value >= min && value <= max,
  );
}

/** A number of at least `min`. */
export function atLeast(min: number): Shape {
  return shape(`a number of at least ${min}`, (value) => isNumber(value) && value >= min);
}

/** A number greater than `limit`. */
export function above(limit: number): Shape {
  return shape(`a number above ${limit}`, (value) => isNumber(value) && value > limit);
}

/** A Duration longer than nothing; `example` shows one. */
export function duration(example: string): Shape {
  return shape(
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
export function wholeSeconds(example: string, { least = 0, most = Infinity }: SecondsBounds = {}): Shape {
  const bounds = [...(least > 0 ? ['above 0'] : []), ...(most === Infinity ? [] : [`at most ${most} s`])];
  const range = bounds.length > 0 ? `, ${bounds.join(' and ')}` : '';
  return shape(`a Duration of whole seconds${range}, for example ${example}`, (value) => {
    if (!isDuration(value)) return false;
    const given = value.toMilliseconds() / 1000;
    return Number.isInteger(given) && given >= least && given <= most;
  });
}

/** A string that matches `pattern`, which `allowed` describes. */
export function matching(pattern: RegExp, allowed: string): Shape {
  return shape(allowed, (value) => typeof value === 'string' && pattern.test(value));
}

/** One of a few strings. */
export function oneOf(...values: readonly string[]): Shape {
  return shape(`one of ${values.join(', ')}`, (value) => typeof value === 'string' && values.includes(value));
}

/** An instance of a public class, of any copy of this package; `example` shows how to make one. */
export function instance(className: string, example: string): Shape {
  return shape(example, (value) => isBranded(value, className), className === 'SecretKey' ? withhold : show);
}

/** A Size of more than nothing; `example` shows how to make one. */
export function size(example: string): Shape {
  return shape(`a Size of more than 0, for example ${example}`, (value) => isSize(value) && mebibytesOf(value) > 0);
}

/** A list of at least `least` items that all have one shape. */
export function listOf(item: Shape, least = 0): Shape {
  const allowed = `a list${least > 0 ? ` of at least ${least}` : ''}, each item ${item.allowed}`;
  return {
    allowed,
    check: (value, subject, findings) => {
      if (!Array.isArray(value) || value.length < least) {
        findings.push(wrongValue(subject, value, allowed));
        return;
      }
      // By index: `forEach` passes over holes.
      for (let at = 0; at < value.length; at += 1) item.check(value[at], `${subject}[${at}]`, findings);
    },
  };
}

/** A map whose values all have one shape. */
export function mapOf(item: Shape): Shape {
  const allowed = `a map, each value ${item.allowed}`;
  return {
    allowed,
    check: (value, subject, findings) => {
      if (!isObject(value)) {
        findings.push(wrongValue(subject, value, allowed));
        return;
      }
      for (const [key, each] of Object.entries(value)) item.check(each, `${subject}.${key}`, findings);
    },
  };
}

/** Names of the first properties, the required ones before others: a reader needs a hint, not a list of forty. */
function named(names: readonly string[]): string {
  return names.length <= 8 ? names.join(', ') : `${names.slice(0, 8).join(', ')} …`;
}

/** A struct: known properties only, the required ones present, each of its shape. `undefined` counts as absent. */
export function struct(required: Record<string, Shape>, optional: Record<string, Shape>): Shape {
  const properties = new Map(Object.entries({ ...required, ...optional }));
  const allowed = `an object with ${named([...properties.keys()])}`;
  return {
    allowed,
    check: (value, subject, findings) => {
      // An argument that was left out lacks what is required of it.
      const said = subject === '' && value === undefined ? {} : value;
      if (!isObject(said)) {
        findings.push(wrongValue(subject === '' ? 'options' : subject, said, allowed));
        return;
      }
      const of = (key: string) => (subject === '' ? key : `${subject}.${key}`);
      const given = Object.entries(said).filter(([, each]) => each !== undefined);
      for (const [key, each] of given) {
        const property = properties.get(key);
        if (property) property.check(each, of(key), findings);
        else {
          const hint = didYouMean(key, properties.keys());
          findings.push(
            error('unknown-property', of(key), `there is no such property${hint}`, 'correct the name or remove it'),
          );
        }
      }
      for (const [key, property] of Object.entries(required)) {
        if (!given.some(([name]) => name === key)) {
          findings.push(
            error('missing-property', of(key), 'is required and was not given', `give ${property.allowed}`),
          );
        }
      }
    },
  };
}

/** All findings of one value against one shape. With an empty subject, properties are named by themselves. */
export function findingsOf(value: unknown, subject: string, expected: Shape): Finding[] {
  const findings: Finding[] = [];
  expected.check(value, subject, findings);
  return findings;
}
