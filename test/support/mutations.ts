/** One change of a value somewhere inside of an object. */
export interface Mutation {
  readonly what: string;
  readonly mutated: object;
}

type Path = readonly (string | number)[];

/** Paths of everything inside of a value. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  const own = path.length > 0 ? [path] : [];
  if (typeof value !== 'object' || value === null) return own;
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return [...own, ...keys.flatMap((key) => pathsIn((value as Record<string, unknown>)[key], [...path, key]))];
}

/** A copy in which `change` was made to the object or list that holds the last part of the path. */
function changed(value: object, path: Path, change: (parent: Record<string, unknown>, key: string) => void): object {
  const copy = structuredClone(value);
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
  change(parent as Record<string, unknown>, String(path.at(-1)));
  return copy;
}

const valueAt = (value: object, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], value);

/** For each place in the object: its key misspelt, and a value of a wrong type. Places that are null have no type. */
export function mutations(value: object): Mutation[] {
  return pathsIn(value)
    .filter((path) => valueAt(value, path) !== null)
    .flatMap((path) => {
      const text = path.map((each) => (typeof each === 'number' ? '[]' : each)).join('.');
      const wrong = typeof valueAt(value, path) === 'object' ? 'text' : { nested: {} };
      const mistyped = changed(value, path, (parent, key) => {
        parent[key] = wrong;
      });
      const types = [{ what: `${text} = ${JSON.stringify(wrong)}`, mutated: mistyped }];
      if (typeof path.at(-1) === 'number') return types;
      const misspelt = changed(value, path, (parent, key) => {
        parent[`${key}Xyz`] = parent[key];
        Reflect.deleteProperty(parent, key);
      });
      return [...types, { what: `${text} misspelt`, mutated: misspelt }];
    });
}
