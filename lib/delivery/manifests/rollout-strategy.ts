import type { RolloutProps } from '../../../imports/argoproj.io';
import type { GuardPlan } from '../plan/guard-plan';
import { versionsOf } from '../plan/guard-plan';
import type { RolloutPlan } from '../plan/rollout-plan';
import type { CanaryStep } from '../plan/shares-plan';
import { Migration } from '../migration';

type Strategy = NonNullable<NonNullable<RolloutProps['spec']>['strategy']>;
type Canary = NonNullable<Strategy['canary']>;

/** The plugin's name in the configuration of Argo Rollouts (rollouts-plugin-trafficrouter-gatewayapi README.md). */
const GATEWAY_API_PLUGIN = 'argoproj-labs/gatewayAPI';

/** Where the hash of each version comes from. */
const HASHES = { canary: 'Latest', stable: 'Stable' };

/** An analysis with the versions that its queries name. */
const analysis = (templateName: string, guards: readonly GuardPlan[]) => ({
  templates: [{ templateName }],
  args: versionsOf(guards).map((name) => ({
    name,
    valueFrom: { podTemplateHashValue: HASHES[name] as never },
  })),
});

function trafficRouting({ router }: RolloutPlan): Canary['trafficRouting'] {
  switch (router.kind) {
    case 'gatewayApi': {
      const { httpRoutes, namespace } = router;
      // Never `httpRoute`: of a route that is named so, version 0.15 removes each rule whose only backend is the canary's
      // Service, for the sake of header routes (pkg/plugin/httproute.go, removeHTTPManagedRoutes).
      return { plugins: { [GATEWAY_API_PLUGIN]: { httpRoutes: httpRoutes.map((name) => ({ name })), namespace } } };
    }
    case 'istio': {
      const { virtualService: name, routes } = router;
      return { istio: { virtualService: { name, routes: routes.length === 0 ? undefined : [...routes] } } };
    }
    case 'nginx': {
      const { ingresses, annotationPrefix } = router;
      const [stableIngress, second] = ingresses;
      return {
        nginx: {
          ...(second === undefined ? { stableIngress } : { stableIngresses: [...ingresses] }),
          annotationPrefix,
        },
      };
    }
    case 'none':
      return undefined;
  }
}

function step(each: CanaryStep, { templates, guards }: RolloutPlan): NonNullable<Canary['steps']>[number] {
  if ('judge' in each) return { analysis: analysis(templates.guards, guards) };
  return 'wait' in each ? { pause: {} } : each;
}

function canary(plan: RolloutPlan): Canary {
  const { services, router, dynamicStableScale: dynamic, steps, firstJudged, templates, faults } = plan;
  const routed = router.kind !== 'none';
  return {
    ...(routed ? { stableService: services.stable } : {}),
    canaryService: services.next,
    // With a router, the counts come from the weights alone.
    maxSurge: 1 as never,
    maxUnavailable: 0 as never,
    ...(routed && !dynamic.value ? delays(plan) : {}),
    ...(routed && dynamic.value ? { dynamicStableScale: true } : {}),
    trafficRouting: trafficRouting(plan),
    analysis: { ...analysis(templates.faults, faults), startingStep: firstJudged },
    steps: steps.map((each) => step(each, plan)),
  };
}

/**
 * Not with `dynamicStableScale`: Argo Rollouts refuses the first, and with the second 1.9.1 never completes an abort
 * (argoproj/argo-rollouts#4898, measured).
 */
const delays = ({ scaleDownDelay, abortScaleDownDelay }: RolloutPlan) => ({
  scaleDownDelaySeconds: scaleDownDelay,
  abortScaleDownDelaySeconds: abortScaleDownDelay,
});

/** The strategy of the Rollout. */
export function rolloutStrategy(plan: RolloutPlan): Strategy {
  if (plan.migration === Migration.TO_DEPLOYMENT) {
    // Without its Services and steps: Argo Rollouts gives the Services back, and they select the pods of both workloads.
    return { canary: { maxSurge: 1 as never, maxUnavailable: 0 as never } };
  }
  if (plan.strategy === 'canary') return { canary: canary(plan) };
  const { services, manualPromotion, previewReplicas, templates, guards } = plan;
  return {
    blueGreen: {
      activeService: services.stable,
      previewService: services.next,
      autoPromotionEnabled: !manualPromotion,
      previewReplicaCount: previewReplicas,
      ...delays(plan),
      // Before the switch the new version has no requests to be judged by.
      postPromotionAnalysis: analysis(templates.guards, guards),
    },
  };
}

/** Annotations by which Argo Rollouts finds who is notified (argo-rollouts docs/features/notifications.md). */
export function notificationAnnotations({ notifications }: RolloutPlan): Record<string, string> {
  const recipients = new Map<string, string[]>();
  for (const { service, recipients: names, events } of notifications) {
    for (const event of events) {
      const key = `notifications.argoproj.io/subscribe.${event}.${service}`;
      recipients.set(key, [...new Set([...(recipients.get(key) ?? []), ...names])]);
    }
  }
  return Object.fromEntries([...recipients].map(([key, names]) => [key, names.join(';')]));
}
