import type { ScaledObjectProps, TriggerAuthenticationProps } from '../../imports/keda.sh';
import type { ObjectMeta } from '../emit/object-meta';
import { objectMetadata } from '../emit/object-meta';
import type { Pace, ScalerPlan } from './scaler';
import type { Trigger } from './triggers';

type Spec = ScaledObjectProps['spec'];

/** Name of the TriggerAuthentication that the scaler refers to. */
function authenticationRef({
  authenticationName: name,
  authentication,
}: ScalerPlan): Spec['triggers'][number]['authenticationRef'] {
  if (authentication === undefined) return undefined;
  return (authentication.existing ?? {
    name,
    kind: 'TriggerAuthentication',
  }) as Spec['triggers'][number]['authenticationRef'];
}

/** What a trigger holds of the authentication. KEDA refuses modes beside the identity of a pod. */
function signIn({ authentication: set }: ScalerPlan): Record<string, string> {
  const { modes = [], awsRegion } = set ?? {};
  return { ...(modes.length > 0 && { authModes: modes.join(',') }), ...(awsRegion !== undefined && { awsRegion }) };
}

/** Metadata of a trigger holds text only. */
function trigger(each: Trigger, plan: ScalerPlan): Spec['triggers'][number] {
  if (each.type === 'cron') {
    const { name, timeZone, start, end, replicas } = each;
    return { type: 'cron', name, metadata: { timezone: timeZone, start, end, desiredReplicas: String(replicas) } };
  }
  return {
    type: 'prometheus',
    name: each.name,
    metricType: each.metricType,
    metadata: {
      serverAddress: plan.server,
      ...(plan.askedNamespace !== undefined && { namespace: plan.askedNamespace }),
      query: each.query,
      threshold: String(each.threshold),
      // Without it, a missing scrape would read as a demand of 0 and remove replicas at peak load.
      ignoreNullValues: 'false',
      ...signIn(plan),
    },
    authenticationRef: authenticationRef(plan),
  };
}

function rules({ window, pods, percent, period, tolerance }: Pace) {
  const policies = [
    { type: 'Pods', value: pods.value, periodSeconds: period.value },
    ...(percent > 0 ? [{ type: 'Percent', value: percent, periodSeconds: period.value }] : []),
  ];
  return {
    stabilizationWindowSeconds: window,
    selectPolicy: 'Max',
    policies,
    ...(tolerance === undefined ? {} : { tolerance: String(tolerance) as never }),
  };
}

/** The ScaledObject. */
export function scaledObject(plan: ScalerPlan, meta: ObjectMeta): object {
  const { target, min, max, toZero, fallback } = plan;
  const spec = {
    scaleTargetRef: { apiVersion: target.apiVersion, kind: target.kind, name: target.name },
    minReplicaCount: min.value,
    maxReplicaCount: max,
    // KEDA uses the poll and the cooldown only with scale to zero, and warns about them otherwise.
    ...(toZero && {
      idleReplicaCount: 0,
      pollingInterval: toZero.pollingInterval,
      cooldownPeriod: toZero.cooldown,
      initialCooldownPeriod: toZero.initialCooldown,
    }),
    fallback: { ...fallback, behavior: 'currentReplicasIfHigher' as never },
    advanced: {
      horizontalPodAutoscalerConfig: { behavior: { scaleUp: rules(plan.up), scaleDown: rules(plan.down) } },
    },
    triggers: plan.triggers.map((each) => trigger(each, plan)),
  } satisfies Spec;
  return { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: objectMetadata(plan.name, meta), spec };
}

/** The TriggerAuthentication that the scaler needs, or undefined when it needs none or one exists. */
export function triggerAuthentication(plan: ScalerPlan, meta: ObjectMeta): object | undefined {
  const { authenticationName, authentication } = plan;
  if (authentication === undefined || authentication.existing !== undefined) return undefined;
  const { secrets, identity } = authentication;
  const secretTargetRef = Object.entries(secrets).map(([parameter, { secretName: name, key }]) => ({
    parameter,
    name,
    key,
  }));
  const spec = (
    identity ? { podIdentity: { ...identity, provider: identity.provider as never } } : { secretTargetRef }
  ) satisfies TriggerAuthenticationProps['spec'];
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'TriggerAuthentication',
    metadata: objectMetadata(authenticationName, meta),
    spec,
  };
}
