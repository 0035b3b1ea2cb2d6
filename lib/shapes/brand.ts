import { isMade } from './made';

/**
 * Instances of public classes carry a symbol that all copies of this package share, as `Construct` of constructs does.
 * Neither `instanceof` nor the name of the class can recognise them: two copies of a package have two classes of one
 * name, bundlers rename classes, and users have classes of their own.
 */
const PREFIX = 'cdk8s-vllm.';

const symbolOf = (className: string): symbol => Symbol.for(PREFIX + className);

/** Marks an instance of a public class; its constructor calls this. Copies of the properties do not carry the mark. */
export function brand(instance: object, className: string): void {
  Object.defineProperty(instance, symbolOf(className), { value: true });
}

/** Whether a value is an instance of a public class, of any copy of this package. */
export function isBranded(value: unknown, className: string): boolean {
  return typeof value === 'object' && value !== null && symbolOf(className) in value && isMade(value, className);
}

/** The public class of an instance; undefined for everything else. */
export function brandOf(value: object): string | undefined {
  const keys = Object.getOwnPropertySymbols(value).map((symbol) => Symbol.keyFor(symbol));
  return keys.find((key) => key?.startsWith(PREFIX))?.slice(PREFIX.length);
}
