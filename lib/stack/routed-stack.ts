import type { RouteBackend } from '../routing/route-backend';
import { routedStack } from '../routing/route-backend';
import type { StackPlan } from '../plan/stack-plan';
import type { ScalerPlan } from '../scaling/scaler';
import { WORKLOAD_KINDS } from '../workload/kinds/workload-kinds';
import type { WorkloadPlan } from '../workload/workload-plan';

/** The parts of a stack that its routes need. */
export interface RoutedParts {
  readonly plan: StackPlan;
  readonly workload: WorkloadPlan;
  /** Undefined for a fixed number of replicas. */
  readonly scaler: ScalerPlan | undefined;
}

/** A kind with canaries divides the requests itself during an update. */
function weightsOwner({ kind, plan }: WorkloadPlan): string | undefined {
  const { facts } = WORKLOAD_KINDS[kind];
  return facts.canary && `the ${facts.kind} "${plan.names.workload}"`;
}

/** A stack as the backend of a route. */
export function backendOfStack({ plan, workload, scaler }: RoutedParts, path: string): RouteBackend {
  const what = `VllmInferenceStack "${path}"`;
  const startsIn = scaler?.toZero && plan.timing.startupBudget.value;
  return {
    what,
    group: '',
    kind: 'Service',
    name: plan.names.service,
    namespace: plan.namespace,
    port: plan.port,
    weight: undefined,
    granted: true,
    stacks: [routedStack(plan, { what, network: workload.network, startsIn, weightsOwner: weightsOwner(workload) })],
  };
}
