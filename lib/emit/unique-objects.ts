import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { appCheck } from './app-check';

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
    .map(([key, found]) => `${key} is emitted ${found.length} times (${found.join(', ')}); give each its own name`);
}

/** Makes synth fail when two objects anywhere in the app, the user's own included, have one identity. */
export const refuseDuplicateObjects = appCheck(duplicates, { remember: true });
