/** `$$` is a dollar sign; `$(NAME)` is the value of a variable (kubernetes/kubernetes:third_party/forked/golang/expansion). */
const REFERENCE = /\$\$|\$\(([^)]*)\)/g;

/** The names in `$(…)`, as Kubernetes reads a value or an argument. */
export const referencesIn = (text: string): string[] =>
  [...text.matchAll(REFERENCE)].flatMap(([, name]) => (name === undefined ? [] : [name]));

interface Named {
  readonly name: string;
  readonly value?: string;
}

/**
 * Variables by name, but each behind those that its value names: Kubernetes fills in `$(NAME)` only from variables that
 * are earlier in the list. Of variables that name each other, the first one keeps the text of its reference.
 */
export function inOrder<Each extends Named>(variables: readonly Each[]): Each[] {
  const sorted = [...variables].sort((a, b) => (a.name < b.name ? -1 : 1));
  const known = new Map(sorted.map((each) => [each.name, each]));
  const done = new Set<Each>();
  const add = (each: Each, path: readonly Each[]): void => {
    if (done.has(each) || path.includes(each)) return;
    for (const name of referencesIn(each.value ?? '')) {
      const other = known.get(name);
      if (other !== undefined) add(other, [...path, each]);
    }
    done.add(each);
  };
  for (const each of sorted) add(each, []);
  return [...done];
}

/** Variables that name each other in a circle, or themselves: each with the names on its way back. */
export function circlesOf(variables: readonly Named[]): string[][] {
  const known = new Map(variables.map(({ name, value }) => [name, referencesIn(value ?? '')]));
  const circles: string[][] = [];
  const seen = new Set<string>();
  const follow = (name: string, path: readonly string[]): void => {
    const at = path.indexOf(name);
    if (at >= 0) circles.push([...path.slice(at)]);
    if (at >= 0 || seen.has(name)) return;
    seen.add(name);
    for (const next of known.get(name) ?? []) if (known.has(next)) follow(next, [...path, name]);
  };
  for (const name of known.keys()) follow(name, []);
  return circles;
}
