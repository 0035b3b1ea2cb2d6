import { PLAUSIBLE } from '../defaults/plausible';
import type { Finding } from '../preflight/finding';
import { classFindings } from './match/class-findings';
import { implausible } from '../shapes/plausible';
import type { EntryPlan } from './entry-plan';
import { gatewayFindings } from './gateway/gateway-findings';
import { ingressFindings } from './ingress/ingress-findings';
import { listenerFindings } from './gateway/listeners';
import { ownNamespace, targetNamespaces } from './targets/namespace-findings';
import { orderFindings } from './match/order-findings';
import { canaryFindings } from './targets/canary-findings';
import { sharedCanaryFindings } from './targets/shared-canary-findings';
import { exposureFindings } from './paths/path-findings';
import { sizeFindings, targetsFindings } from './targets/target-findings';
import { trafficFindings } from './traffic/traffic-findings';

/** All findings about routes. */
export function routesFindings(plan: EntryPlan): Finding[] {
  return [...entryFindings(plan), ...timeFindings(plan)];
}

/** 0 is no limit. */
function timeFindings({ prefix, requestTimeout: time }: EntryPlan): Finding[] {
  return time === 0 ? [] : implausible(PLAUSIBLE['routes.requestTimeout'], `${prefix}requestTimeout`, time);
}

function entryFindings(plan: EntryPlan): Finding[] {
  if ('ingress' in plan) {
    const divider = plan.ingress.kind === 'ingressNginx' ? 'nginx' : undefined;
    return [...ingressFindings(plan), ...canaryFindings(plan, 'Ingress', divider)];
  }
  return [
    ...targetsFindings(plan),
    ...canaryFindings(plan, 'HTTPRoute', 'gatewayApi'),
    ...sharedCanaryFindings(plan),
    ...targetNamespaces(plan),
    ...ownNamespace(plan),
    ...exposureFindings(plan),
    ...classFindings(plan),
    ...orderFindings(plan),
    ...sizeFindings(plan),
    ...listenerFindings(plan),
    ...gatewayFindings(plan),
    ...trafficFindings(plan),
  ];
}
