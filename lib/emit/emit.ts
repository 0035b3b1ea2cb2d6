import type { ApiObjectProps } from 'cdk8s';
import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';

/** Kinds of this library that belong to no namespace; cdk8s would give them that of the chart. */
const OF_THE_CLUSTER = new Set(['Namespace', 'ClusterRole', 'ClusterRoleBinding', 'ClusterPolicy']);

/**
 * The only way out of the library: one manifest becomes one ApiObject.
 *
 * A plain ApiObject keeps what a user patches into it; the generated classes would map it through a closed list of
 * fields once more and drop the rest.
 */
export function emit(scope: Construct, id: string, manifest: object): ApiObject {
  const object = new ApiObject(scope, id, manifest as ApiObjectProps);
  if (OF_THE_CLUSTER.has(object.kind) && object.metadata.namespace !== undefined) {
    object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
  return object;
}
