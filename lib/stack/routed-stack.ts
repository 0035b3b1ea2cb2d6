import type { GatewayCounts } from '../metrics/gateway-counts';
import type { RoutedCanary, RouteBackend } from '../routing/targets/route-backend';
import { routedStack } from '../routing/targets/route-backend';
import type { StackPlan } from '../plan/stack-plan';
import type { ScalerPlan } from '../scaling/scaler';
import type { MemberPlan } from '../pools/member-plan';
import type { WorkloadPlan } from '../workload/workload-plan';

/** The parts of a stack that its routes need. */
export interface RoutedParts {
  readonly plan: StackPlan;
  readonly workload: WorkloadPlan;
  /** Undefined for a stack that is not a member of an InferencePool, and for its own route. */
  readonly pool: MemberPlan | undefined;
  readonly gateway: GatewayCounts;
  /** Undefined for a stack that is not watched. */
  readonly watch: object | undefined;
  /** Undefined for a fixed number of replicas. */
  readonly scaler: ScalerPlan | undefined;
  /** Undefined where no router divides the requests of two versions. */
  readonly canary: RoutedCanary | undefined;
}

/** A stack as the backend of a route. */
export function backendOfStack(parts: RoutedParts, path: string): RouteBackend {
  const { plan, workload, pool, scaler, gateway, watch, canary } = parts;
  const traffic = watch && gateway.traffic;
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
    picker: undefined,
    granted: true,
    stacks: [
      routedStack(plan, {
        what,
        network: workload.network,
        pool: pool?.pool,
        startsIn,
        canary,
        traffic,
        assignsUser: workload.user.own === undefined,
      }),
    ],
  };
}
