import { GATEWAY_API, groupOf, type BackendRef, type HttpRoute, type Manifest, namespaceOf, ofKind } from './resources';

/** A backend of a rule, with its part of the rule's requests: 0 to 1. */
export interface Backend {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly port?: number;
  readonly share: number;
  /** Why its requests are answered with 500. */
  readonly invalid?: string;
}

type ReferenceGrant = Manifest & {
  readonly spec: {
    readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[];
    readonly to: readonly { readonly group: string; readonly kind: string; readonly name?: string }[];
  };
};

type Service = Manifest & { readonly spec?: { readonly ports?: readonly { readonly port: number }[] } };

/** "This is computed as weight/(sum of all weights in this BackendRefs list)"; the default is 1, and 0 gets nothing. */
export function backendsOf(
  manifests: readonly Manifest[],
  route: HttpRoute,
  references: readonly BackendRef[],
  kinds: readonly string[],
): Backend[] {
  const total = references.reduce((sum, { weight = 1 }) => sum + weight, 0);
  return references.map((reference) => {
    const { kind = 'Service', namespace = namespaceOf(route), name, port, weight = 1 } = reference;
    const invalid = problemOf(manifests, route, reference, kinds);
    return { kind, namespace, name, port, share: total === 0 ? 0 : weight / total, ...(invalid && { invalid }) };
  });
}

function problemOf(
  manifests: readonly Manifest[],
  route: HttpRoute,
  { group = '', kind = 'Service', namespace = namespaceOf(route), name, port }: BackendRef,
  kinds: readonly string[],
): string | undefined {
  if (!kinds.includes(kind)) return 'InvalidKind';
  const from = namespaceOf(route);
  if (namespace !== from && !isGranted(manifests, from, { group, kind, namespace, name })) return 'RefNotPermitted';
  const target = ofKind<Service>(manifests, group, kind).find(
    (object) => object.metadata.name === name && namespaceOf(object) === namespace,
  );
  if (!target) return 'BackendNotFound';
  if (kind !== 'Service') return undefined;
  return target.spec?.ports?.some((candidate) => candidate.port === port) ? undefined : 'PortNotFound';
}

/** A backend in another namespace needs a ReferenceGrant there. */
function isGranted(
  manifests: readonly Manifest[],
  from: string,
  to: { readonly group: string; readonly kind: string; readonly namespace: string; readonly name: string },
): boolean {
  return manifests
    .filter((manifest) => manifest.kind === 'ReferenceGrant' && groupOf(manifest) === GATEWAY_API)
    .filter((grant) => namespaceOf(grant) === to.namespace)
    .some((grant) => {
      const { spec } = grant as ReferenceGrant;
      return (
        spec.from.some((one) => one.group === GATEWAY_API && one.kind === 'HTTPRoute' && one.namespace === from) &&
        spec.to.some((one) => one.group === to.group && one.kind === to.kind && (one.name ?? to.name) === to.name)
      );
    });
}
