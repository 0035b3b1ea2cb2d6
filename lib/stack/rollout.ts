import type { Decision } from '../defaults/decision';
import { rolloutDecisions } from '../delivery/plan/rollout-decisions';
import type { RolloutPlan, RolloutScaler } from '../delivery/plan/rollout-plan';
import { planRollout } from '../delivery/plan/rollout-plan';
import type { EntryNames, OwnPath } from '../delivery/plan/router-plan';
import type { RolloutSpec } from '../delivery/rollout-spec';
import type { StackPlan } from '../plan/stack-plan';
import type { EntryPlan } from '../routing/entry-plan';
import { pathMatch } from '../routing/match/route-match';
import { defaultPaths } from '../routing/paths/answered-paths';
import type { ScalerPlan } from '../scaling/scaler';
import type { WorkloadKindName } from '../workload/kinds/workload-kinds';
import { WORKLOAD_KINDS } from '../workload/kinds/workload-kinds';
import type { WorkloadPlan } from '../workload/workload-plan';
import type { Watch } from './watch';

/** The parts of a stack that its Rollout needs. */
interface RolloutStackParts {
  readonly plan: StackPlan;
  readonly watch: Watch;
  readonly kind: WorkloadKindName;
  readonly workload: WorkloadPlan;
  readonly scaler: ScalerPlan | undefined;
  readonly pool: string | undefined;
  readonly routes: EntryPlan | undefined;
}

function entryOf(routes: EntryPlan | undefined): EntryNames | undefined {
  if (routes === undefined) return undefined;
  const names = [...new Set(routes.httpRoutes.map(({ name }) => name))];
  return 'ingress' in routes
    ? { kind: 'Ingress', names, ingressNginx: routes.ingress.kind === 'ingressNginx' }
    : { kind: 'HTTPRoute', names, ingressNginx: false };
}

const scalerOf = ({ server, authentication, toZero, triggers }: ScalerPlan): RolloutScaler => ({
  server,
  authentication,
  toZero: toZero !== undefined,
  averages: triggers.flatMap((trigger, index) =>
    trigger.type === 'prometheus' && trigger.metricType === 'Value' ? [{ index, name: trigger.name }] : [],
  ),
});

/** Namespaces whose clients the NetworkPolicy lets in; undefined where it lets in all, or addresses too. */
function admittedOf({ plan, network }: WorkloadPlan): string[] | undefined {
  if (network === undefined || network.ranges.length > 0) return undefined;
  const { namespaces, monitoringNamespaces, ownNamespace } = network;
  const clients = namespaces.filter((name) => !monitoringNamespaces.includes(name));
  return ownNamespace && plan.namespace !== undefined ? [plan.namespace, ...clients] : clients;
}

const ownPaths = (plan: StackPlan): OwnPath[] => defaultPaths(plan).map((path) => pathMatch(path));

/** Decides the canary or blue-green rollout of a stack, with the numbers that it decided. */
export function rolloutOf(
  spec: RolloutSpec,
  { plan, watch, kind, workload, scaler, pool, routes }: RolloutStackParts,
): { readonly plan: RolloutPlan; readonly decisions: readonly Decision[] } {
  const { podsOfHash } = WORKLOAD_KINDS[kind];
  const rollout = planRollout({
    spec,
    plan,
    watched: watch.watched,
    podsOfHash: (hash) => podsOfHash(plan.names.workload, hash),
    scaler: scaler && scalerOf(scaler),
    monitor: watch.monitor.object?.kind,
    entry: entryOf(routes),
    pool,
    admitted: admittedOf(workload),
    ambient: workload.mesh?.mode === 'istio-ambient',
    paths: ownPaths(plan),
  });
  return { plan: rollout, decisions: rolloutDecisions(rollout) };
}
