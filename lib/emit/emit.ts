import type { ApiObjectProps } from 'cdk8s';
import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';

/** Kinds of this library without a namespace; cdk8s would add that of the chart. */
const OF_THE_CLUSTER = new Set(['Namespace', 'ClusterRole', 'ClusterRoleBinding', 'ClusterPolicy']);

/**
 * The only place where the library emits objects: one manifest becomes one ApiObject.
 *
 * A plain ApiObject keeps every field that a user patches into it. The generated classes would map it through a closed
 * list of fields and drop the others.
 */
export function emit(scope: Construct, id: string, manifest: object): ApiObject {
  const object = new ApiObject(scope, id, manifest as ApiObjectProps);
  if (OF_THE_CLUSTER.has(object.kind) && object.metadata.namespace !== undefined) {
    object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
  return object;
}
