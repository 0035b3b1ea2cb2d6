import type { Finding } from '../preflight/finding';
import { scalerFindings } from '../scaling/scaler-findings';
import { workloadFindings } from '../workload/workload-findings';
import { servingFindings } from './serving-findings';
import { routesFindings, routesSmokeTest, tracingFindings, watchFindings } from './load';
import type { StackParts } from './stack-parts';

/** All findings about the complete plan of a stack. */
export function stackFindings({ plan, workload, scaler, tracing, watch, routes, smokeTest }: StackParts): Finding[] {
  return [
    ...servingFindings(plan),
    ...(tracing ? tracingFindings()(tracing) : []),
    ...workloadFindings(workload),
    ...(scaler ? scalerFindings(scaler) : []),
    ...(watch ? watchFindings()(watch, workload) : []),
    ...(routes ? routesFindings()(routes) : []),
    ...(routes && smokeTest ? routesSmokeTest().routesSmokeTestFindings(smokeTest, routes) : []),
  ];
}
