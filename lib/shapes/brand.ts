import type { Finding } from '../preflight/finding';
import { error, throwOnErrors } from '../preflight/finding';

/**
 * Instances of public classes carry a symbol that all copies of this package share, as `Construct` of constructs does.
 * Neither `instanceof` nor the name of the class can recognise them: two copies of a package have two classes of one
 * name, bundlers rename classes, and users have classes of their own.
 */
const PREFIX = 'cdk8s-vllm.';

const symbolOf = (className: string): symbol => Symbol.for(PREFIX + className);

/**
 * What a factory gives to the private constructor of its class. Only this copy of the package has it: JavaScript does not
 * know private constructors, and what it makes by `new` was never checked.
 */
export const FACTORY: unique symbol = Symbol('a factory');

/** Marks a construct when it has its plan. Copies of the properties do not carry the mark. */
export function brand(instance: object, className: string): void {
  Object.defineProperty(instance, symbolOf(className), { value: true });
}

/** Marks an instance of a class that has factories; its constructor calls this first. */
export function brandMade(instance: object, className: string, caller: typeof FACTORY): void {
  if (caller !== FACTORY) throwOnErrors(className, [madeWithNew(instance, className)]);
  brand(instance, className);
}

function madeWithNew(instance: object, className: string): Finding {
  const problem = 'makes an instance that no factory has checked';
  const fix = `write a factory instead, such as ${className}.${factoryOf(instance)}(…)`;
  return error('wrong-value', `new ${className}(…)`, problem, fix);
}

/** The first factory of the class of an instance, which may be a subclass of the user. */
function factoryOf(instance: object): string {
  const { constructor } = Object.getPrototypeOf(instance) as { constructor: Record<string, unknown> };
  for (let each = constructor; typeof each === 'function'; each = Object.getPrototypeOf(each) as typeof each) {
    const factory = Object.getOwnPropertyNames(each).find((name) => typeof each[name] === 'function');
    if (factory !== undefined) return factory;
  }
  return 'of';
}

/** Whether a value is an instance of a public class, of any copy of this package. */
export function isBranded(value: unknown, className: string): boolean {
  return typeof value === 'object' && value !== null && symbolOf(className) in value;
}

/** The public class of an instance; undefined for everything else. */
export function brandOf(value: object): string | undefined {
  const keys = Object.getOwnPropertySymbols(value).map((symbol) => Symbol.keyFor(symbol));
  return keys.find((key) => key?.startsWith(PREFIX))?.slice(PREFIX.length);
}
