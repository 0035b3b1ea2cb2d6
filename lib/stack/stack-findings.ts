import { accessFindings } from './access-findings';
import type { MemberContext } from '../pools/member-findings';
import { memberFindings } from '../pools/member-findings';
import type { Finding } from '../preflight/finding';
import { scalerFindings } from '../scaling/scaler-findings';
import { workloadFindings } from '../workload/workload-findings';
import { servingFindings } from './serving-findings';
import type { OnCpuInput } from './findings-on-cpu';
import {
  findingsOnCpu,
  rolloutFindings,
  routesFindings,
  routesSmokeTest,
  tracingFindings,
  watchFindings,
} from './load';
import { scraperFindings } from './scraper-findings';
import type { StackParts } from './stack-parts';
import { tree } from '../workload/pod/tree';
import type { WorkloadPlan } from '../workload/workload-plan';

/** All findings about the complete plan of a stack. */
export function stackFindings(parts: StackParts): Finding[] {
  const { plan, workload, scaler, tracing, watch, pool, routes, rollout, smokeTest } = parts;
  return [
    ...servingFindings(plan),
    ...(tracing ? tracingFindings()(tracing) : []),
    ...(plan.device.onCpu ? findingsOnCpu()(onCpuInput(parts)) : []),
    ...accessFindings(workload),
    ...workloadFindings(workload),
    ...(pool ? memberFindings(pool, plan, memberContext(parts)) : []),
    ...(scaler ? scalerFindings(scaler) : []),
    ...(watch ? watchFindings()(watch, workload) : []),
    ...(watch ? scraperFindings({ watch, workload, scaler, rollout }) : []),
    ...(routes ? routesFindings()(routes) : []),
    ...(rollout ? rolloutFindings()(rollout) : []),
    ...(routes && smokeTest ? routesSmokeTest().routesSmokeTestFindings(smokeTest, routes) : []),
  ];
}

const onCpuInput = ({ plan, workload, watch, rollout }: StackParts): OnCpuInput => ({
  plan,
  workload,
  dollars: watch?.watched.dollarsPerDeviceHour,
  gpuBudget: rollout?.context.spec.gpuBudget,
});

/** What else counts for a member of a pool. */
const memberContext = ({ workload, routes, gateway }: StackParts): MemberContext => ({
  labels: podLabelsOf(workload),
  mesh: workload.mesh !== undefined,
  routes: routes !== undefined,
  countsService: gateway.traffic?.kind === 'istio',
});

/** Labels of pods that the user set, by property. */
function podLabelsOf({ set: { labels, podLabels }, podTemplateOverrides }: WorkloadPlan) {
  const overridden = tree(tree(podTemplateOverrides['metadata'])['labels']);
  return { labels, podLabels, 'podTemplateOverrides.metadata.labels': overridden };
}
