/**
 * Whether an object is of no class: of a class, JSON would write the fields. Checked by the prototype chain, as each realm
 * has its own Object.
 */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
