import type { Finding } from '../preflight/finding';
import { classFindings } from './class-findings';
import type { EntryPlan } from './entry-plan';
import { gatewayFindings } from './gateway-findings';
import { ingressFindings } from './ingress/ingress-findings';
import { listenerFindings } from './listeners';
import { ownNamespace, targetNamespaces } from './namespace-findings';
import { orderFindings } from './order-findings';
import { exposureFindings } from './path-findings';
import { sizeFindings, targetsFindings } from './target-findings';
import { trafficFindings } from './traffic-findings';

/** All findings about routes. */
export function routesFindings(plan: EntryPlan): Finding[] {
  if ('ingress' in plan) return ingressFindings(plan);
  return [
    ...targetsFindings(plan),
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
