import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

/** Roots whose objects are compared already: once per app is enough, whatever the number of stacks. */
const guarded = new WeakSet<object>();

const keyOf = ({ apiGroup, kind, name, metadata }: ApiObject): string =>
  `${apiGroup}/${kind} "${name}" in ${metadata.namespace === undefined ? 'no namespace' : `namespace "${metadata.namespace}"`}`;

/** Objects of the same group, kind, namespace and name: `kubectl apply` would let the last one win. */
function duplicates(root: Construct): string[] {
  const paths = new Map<string, string[]>();
  for (const construct of root.node.findAll()) {
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

/** Makes synth fail when two objects anywhere in the app, the user's own included, have one identity. */
export function refuseDuplicateObjects(construct: Construct): void {
  const { root } = construct.node;
  if (guarded.has(root)) return;
  guarded.add(root);
  root.node.addValidation({ validate: () => duplicates(root as Construct) });
}
