import { error } from '../preflight/finding';
import { didYouMean } from '../preflight/nearest';
import type { Shape } from './shape';
import { checkReadable, isObject, propertyOf, wrongValue } from './shape';

type OptionalKey<T> = { [K in keyof T]-?: Partial<Pick<T, K>> extends Pick<T, K> ? K : never }[keyof T];
type RequiredKey<T> = Exclude<keyof T, OptionalKey<T>>;

/** A shape for each of these properties, all of them required, and for no other property of the struct. */
type ShapesOf<T, Key extends keyof T> = { readonly [K in Key]-?: Shape<Exclude<T[K], undefined>> } & {
  readonly [K in Exclude<keyof T, Key>]?: never;
};

/** Shapes of all properties that a struct requires. */
export type RequiredShapes<T> = ShapesOf<T, RequiredKey<T>>;

/**
 * Shapes of all optional properties of a struct. A constant with shapes needs this type, or that of required
 * ones: the compiler finds unknown properties only where an object is written.
 */
export type OptionalShapes<T> = ShapesOf<T, OptionalKey<T>>;

/** Names of the first properties, the required ones before others: a reader needs a hint, not a list of forty. */
function named(names: readonly string[]): string {
  return names.length <= 8 ? names.join(', ') : `${names.slice(0, 8).join(', ')} …`;
}

/** Whether a property is set; so is one whose getter throws. */
function isGiven(values: Readonly<Record<string, unknown>>, key: string): boolean {
  try {
    return values[key] !== undefined;
  } catch {
    return true;
  }
}

/** The shape of a struct with one property of this shape. */
const valueOf = ({ allowed, check }: Shape, key: string): Shape => ({
  allowed,
  check: (values, subject, findings) => check((values as Readonly<Record<string, unknown>>)[key], subject, findings),
});

/**
 * A struct: known properties only, the required ones present, each of its shape. `undefined` counts as absent.
 *
 * It compiles only when each property of `T` has a shape that lets nothing of another type pass, as required or optional
 * as the property is. `T` cannot be inferred; without it, nothing compiles. `whatToDo`: about a name of another level or
 * tool, which is no slip.
 */
export function structOf<T extends object = never>(
  required: RequiredShapes<T>,
  optional: OptionalShapes<T>,
  whatToDo: (unknown: string) => string | undefined = () => undefined,
): Shape<T> {
  const properties = new Map(Object.entries<Shape>({ ...required, ...optional }));
  const allowed = `an object with ${named([...properties.keys()])}`;
  return {
    allowed,
    check: (value, subject, findings) => {
      // A missing argument is an empty struct: the finding then names each required property.
      const actual = subject === '' && value === undefined ? {} : value;
      if (!isObject(actual)) {
        findings.push(wrongValue(subject === '' ? 'options' : subject, actual, allowed));
        return;
      }
      const of = (key: string) => propertyOf(subject, key);
      // Those of the prototype too: whoever reads the struct gets them.
      const values = actual as Readonly<Record<string, unknown>>;
      const names = new Set([...Object.keys(values), ...[...properties.keys()].filter((key) => key in values)]);
      const given = [...names].filter((key) => isGiven(values, key));
      for (const key of given) {
        const property = properties.get(key);
        if (property) checkReadable(values, of(key), valueOf(property, key), findings);
        else {
          const fix = whatToDo(key);
          const hint = fix === undefined ? didYouMean(key, properties.keys()) : '';
          const otherwise = 'correct the name or remove it';
          findings.push(error('unknown-property', of(key), `unknown property${hint}`, fix ?? otherwise));
        }
      }
      for (const [key, property] of Object.entries<Shape>(required)) {
        if (!given.includes(key)) {
          findings.push(
            error('missing-property', of(key), 'is required and was not given', `give ${property.allowed}`),
          );
        }
      }
    },
  };
}
