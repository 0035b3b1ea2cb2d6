import type { ApiObject } from 'cdk8s';

/** Manifests by object, with the number of patches at that time: rendering a manifest is slow. */
const manifests = new WeakMap<ApiObject, { patches: number; manifest: object }>();

/** The manifest of an object, the same one until the object is patched. */
export function manifestOf<Manifest extends object>(object: ApiObject): Manifest {
  // A private field of cdk8s; without it, nothing is cached.
  const patches = (object as unknown as { patches?: readonly unknown[] }).patches?.length;
  const made = manifests.get(object);
  if (made !== undefined && made.patches === patches) return made.manifest as Manifest;
  const manifest = object.toJson() as Manifest;
  if (patches !== undefined) manifests.set(object, { patches, manifest });
  return manifest;
}
