import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { grantNeeded } from './grants';
import type { CommonPlan, RoutesPlan } from '../routes-plan';
import { targetSubject } from '../routes-plan';

/** A stack without a namespace is applied to that of the context, and a route would look for it in its own one. */
export function targetNamespaces({ routes, namespace }: CommonPlan): Finding[] {
  if (namespace === undefined) return [];
  return routes.flatMap((route) =>
    route.backends.flatMap(({ what, stacks, namespace: own }, index) => {
      if (own !== undefined || stacks.length === 0) return [];
      const problem = `is ${what}, whose namespace is unset, and the routes are in "${namespace}"`;
      const fix = 'set namespace of the stack, or of its chart';
      return [error('route-namespace-unset', targetSubject(route, index), problem, fix)];
    }),
  );
}

/** Objects in other namespaces that name the namespace of the routes. */
export function ownNamespace(plan: RoutesPlan): Finding[] {
  const { routes, namespace, gateway } = plan;
  if (namespace !== undefined) return [];
  const granting = routes
    .flatMap(({ backends }) => backends)
    .find((backend) => backend.stacks.length > 0 && grantNeeded(backend, plan));
  const reasons = [
    ...(granting ? [`a ReferenceGrant in "${granting.namespace}"`] : []),
    ...(gateway.managed && gateway.namespace !== undefined ? [`the Gateway "${gateway.name}"`] : []),
  ];
  return reasons.map((named) =>
    error(
      'route-namespace-unset',
      'namespace',
      `is unset, and ${named} has to name it`,
      'set it, or that of the chart',
    ),
  );
}
