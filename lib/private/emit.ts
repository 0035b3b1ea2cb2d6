import type { ApiObjectProps } from 'cdk8s';
import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

/**
 * The only way out of the library: one manifest becomes one ApiObject.
 *
 * A plain ApiObject keeps what a user patches into it; the generated classes would map it through a closed list of
 * fields once more and drop the rest.
 */
export function emit(scope: Construct, id: string, manifest: object): ApiObject {
  return new ApiObject(scope, id, manifest as ApiObjectProps);
}
