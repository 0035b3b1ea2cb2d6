import type { ReferenceGrantProps } from '../../../imports/gateway.networking.k8s.io';
import type { ObjectMeta } from '../../emit/object-meta';
import { objectMetadata } from '../../emit/object-meta';
import { backendRefs } from '../targets/backend-refs';
import { grantNeeded } from '../targets/grants';
import type { RouteBackend } from '../targets/route-backend';
import type { RoutesPlan } from '../routes-plan';

interface Source {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | undefined;
}

interface Target {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

/** A grant, in the namespace of what it opens. Version v1beta1: v1 needs Gateway API 1.5. */
export function referenceGrant(name: string, from: Source, to: readonly Target[], meta: ObjectMeta): object {
  const props: ReferenceGrantProps = {
    metadata: objectMetadata(name, meta),
    spec: { from: [{ ...from, namespace: from.namespace ?? 'default' }], to: [...to] },
  };
  return { apiVersion: 'gateway.networking.k8s.io/v1beta1', kind: 'ReferenceGrant', ...props };
}

/** The grants that the routes need: one in each other namespace of a stack of this program. */
export function backendGrants(plan: RoutesPlan, meta: ObjectMeta): object[] {
  const byNamespace = new Map<string, RouteBackend[]>();
  for (const backend of plan.routes.flatMap(({ backends }) => backends.flatMap(backendRefs))) {
    const { namespace, stacks } = backend;
    if (namespace === undefined || stacks.length === 0 || !grantNeeded(backend, plan)) continue;
    const known = byNamespace.get(namespace) ?? [];
    if (!known.some(({ kind, name }) => kind === backend.kind && name === backend.name)) known.push(backend);
    byNamespace.set(namespace, known);
  }
  const from = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: plan.namespace };
  return [...byNamespace].map(([namespace, backends]) => {
    const to = backends.map(({ group, kind, name }) => ({ group, kind, name }));
    return referenceGrant(`${plan.name}-routes-${plan.namespace}`, from, to, { ...meta, namespace });
  });
}
