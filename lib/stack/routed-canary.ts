import { Migration } from '../delivery/migration';
import type { RolloutSpec, RouterSpec } from '../delivery/rollout-spec';
import type { RoutedCanary } from '../routing/targets/route-backend';
import type { StackPlan } from '../plan/stack-plan';

/** HTTPRoutes and Ingresses that the user names. */
function namedEntries(router: RouterSpec): readonly string[] {
  if (router.kind === 'gatewayApi') return router.httpRoutes;
  return router.kind === 'nginx' ? router.ingresses : [];
}

/** The canary of a stack as routes need it, before they are planned; undefined where none divides its requests. */
export function routedCanary(
  spec: RolloutSpec | undefined,
  { names, namespace }: Pick<StackPlan, 'names' | 'namespace'>,
): RoutedCanary | undefined {
  if (spec?.strategy !== 'canary' || spec.migration === Migration.TO_DEPLOYMENT) return undefined;
  const { router } = spec;
  if (router.kind === 'none') return undefined;
  return {
    rollout: `the Rollout "${names.workload}"`,
    router: router.kind,
    service: names.canaryService,
    entries: namedEntries(router),
    namespace: (router.kind === 'gatewayApi' ? router.namespace : undefined) ?? namespace,
  };
}
