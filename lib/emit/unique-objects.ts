import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { appCheck } from './app-check';

const keyOf = ({ apiGroup, kind, name, metadata }: ApiObject): string =>
  `${apiGroup}/${kind} "${name}" in ${metadata.namespace === undefined ? 'no namespace' : `namespace "${metadata.namespace}"`}`;

/** Objects with the same group, kind, namespace and name: with `kubectl apply`, the last one would win. */
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
    .map(([key, found]) => `${key} is emitted ${found.length} times (${found.join(', ')}); give each one its own name`);
}

/** Makes synth fail when two objects of the app, including the user's own, have the same identity. */
export const refuseDuplicateObjects = appCheck(duplicates, { remember: true });
