import { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';

/** Roots whose objects are compared already: once per app is enough, whatever the number of stacks. */
const guarded = new WeakSet<object>();

const keyOf = ({ apiGroup, kind, name, metadata }: ApiObject): string =>
  `${apiGroup}/${kind} "${name}" in ${metadata.namespace === undefined ? 'no namespace' : `namespace "${metadata.namespace}"`}`;

/** Objects of the same group, kind, namespace and name: `kubectl apply` would let the last one win. */
function duplicates(constructs: readonly IConstruct[]): string[] {
  const paths = new Map<string, string[]>();
  for (const construct of constructs) {
    if (!ApiObject.isApiObject(construct)) continue;
    const key = keyOf(construct);
    const known = paths.get(key);
    if (known) known.push(construct.node.path);
    else paths.set(key, [construct.node.path]);
  }
  return [...paths]
    .filter(([, found]) => found.length > 1)
    .map(
      ([key, found]) => `${key} is emitted ${found.length} times (${found.join(', ')}); give each stack its own name`,
    );
}

/** Whether a tree has exactly these constructs, in this order. Cheaper than a list of them, which nobody keeps. */
function consistsOf(root: IConstruct, known: readonly IConstruct[]): boolean {
  let next = 0;
  const isNext = (construct: IConstruct): boolean =>
    construct === known[next++] && construct.node.children.every(isNext);
  return isNext(root) && next === known.length;
}

/**
 * Duplicates of a tree, looked for again only when the tree has changed: cdk8s asks once per chart and synth. A construct
 * never changes its identity nor its place, so the same constructs have the same duplicates.
 */
function remembered(root: IConstruct): () => string[] {
  let known: readonly IConstruct[] = [];
  let found: string[] = [];
  return () => {
    if (!consistsOf(root, known)) {
      known = root.node.findAll();
      found = duplicates(known);
    }
    return found;
  };
}

/** Makes synth fail when two objects anywhere in the app, the user's own included, have one identity. */
export function refuseDuplicateObjects(construct: Construct): void {
  const { root } = construct.node;
  if (guarded.has(root)) return;
  guarded.add(root);
  root.node.addValidation({ validate: remembered(root) });
}
