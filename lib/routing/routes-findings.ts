import type { Finding } from '../preflight/finding';
import { classFindings } from './class-findings';
import { gatewayFindings } from './gateway-findings';
import { orderFindings } from './order-findings';
import { exposureFindings } from './path-findings';
import type { RoutesPlan } from './routes-plan';
import { sizeFindings, targetsFindings } from './target-findings';

/** All findings about routes. */
export function routesFindings(plan: RoutesPlan): Finding[] {
  return [
    ...targetsFindings(plan),
    ...exposureFindings(plan),
    ...classFindings(plan),
    ...orderFindings(plan),
    ...sizeFindings(plan),
    ...gatewayFindings(plan),
  ];
}
