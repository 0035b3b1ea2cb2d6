import { SCALING } from '../defaults';
import { Catalogue } from '../engine/catalogue/catalogue';
import { metricOf } from '../engine/metric-roles';
import type { Release } from '../engine/release';
import type { Decided } from '../defaults/decision';
import type { GatewayCounts } from '../metrics/gateway-counts';
import { NO_GATEWAY } from '../metrics/gateway-counts';
import { asksOneNamespace } from '../metrics/openshift-thanos';
import { addressOf } from '../metrics/prometheus-address';
import type { StackPlan } from '../plan/stack-plan';
import { taskOf } from '../plan/task';
import type { KedaScalingOptions } from './keda-scaling-options';
import type { Pace, ScalerPlan, ScaleTarget } from './scaler';
import { Signal } from './signal';
import { ENGINE_SIGNALS } from './signal-catalogue';
import type { TriggerInput } from './triggers';
import { trigger } from './triggers';

/** What the stack passes in. */
export interface ScalerInput {
  readonly plan: StackPlan;
  readonly target: ScaleTarget;
  /**
   * Seconds between two scrapes of the pods.
   *
   * @default 15
   */
  readonly scrapeInterval?: number;
  /**
   * Whether the workload may have replicas of two versions, of which one is above the desired number.
   *
   * @default false
   */
  readonly hasCanaries?: boolean;
  /**
   * What the gateway in front of the stack counts.
   *
   * @default - nothing is known about it
   */
  readonly gateway?: GatewayCounts;
}

const step = (seconds: number, scrapeInterval: number): number => Math.ceil(seconds / scrapeInterval) * scrapeInterval;

function stepUp(startup: number, scrapeInterval: number): Decided {
  const ideal = step(SCALING.startsPerStep * startup, scrapeInterval);
  return ideal > SCALING.maxPolicyPeriod
    ? {
        value: SCALING.maxPolicyPeriod,
        reason: `the longest step that Kubernetes accepts; 1.5 starts would be ${ideal} s`,
      }
    : { value: ideal, reason: 'a step lasts 1.5 starts' };
}

function up(options: KedaScalingOptions, startup: Decided, scrapeInterval: number): Pace {
  const set = options.speed?.scaleUpPods;
  const derived = Math.max(SCALING.minStep, Math.ceil(options.maxReplicas / SCALING.stepsToMax));
  return {
    window: 0,
    pods:
      set === undefined
        ? { value: derived, reason: `a sixth of ${options.maxReplicas} replicas, at least ${SCALING.minStep}` }
        : { value: set, reason: 'set in scaling.speed.scaleUpPods' },
    // Doubling is Kubernetes' own default step: here once per start instead of once per 15 s.
    percent: set === undefined ? 100 : 0,
    period: stepUp(startup.value, scrapeInterval),
  };
}

function down(options: KedaScalingOptions, rateWindow: number, hasCanaries: boolean): Pace {
  const set = options.speed?.scaleDownPods;
  return {
    window: options.speed?.scaleDownWindow?.toSeconds() ?? Math.max(SCALING.scaleDownWindow, rateWindow),
    pods: {
      value: set ?? SCALING.scaleDownPods,
      reason:
        set === undefined ? 'default: a replica takes minutes to start again' : 'set in scaling.speed.scaleDownPods',
    },
    percent: set === undefined ? SCALING.scaleDownPercent : 0,
    period: { value: SCALING.scaleDownPeriod, reason: 'default' },
    // Within its tolerance, the autoscaler takes the pods of both versions for the desired number.
    ...(hasCanaries ? { tolerance: SCALING.canaryTolerance } : {}),
  };
}

const signalsOf = (options: KedaScalingOptions): readonly Signal[] =>
  options.signals ?? [Signal.inFlightRequests(), Signal.kvCacheUse()];

/** vLLM's own metrics that a scaler reads: none when every signal comes from another source. */
export function metricsOf(options: KedaScalingOptions, release: Release): string[] {
  const catalogue = Catalogue.of(release);
  const read = signalsOf(options).flatMap(({ _spec }) =>
    _spec.of === 'engine' ? ENGINE_SIGNALS[_spec.name].reads.map((role) => metricOf(role, catalogue)) : [],
  );
  return [...new Set(read)];
}

/** Decides how a stack scales. Expects options of the right shape. */
export function planScaler(options: KedaScalingOptions, input: ScalerInput): ScalerPlan {
  const { plan, target, scrapeInterval = SCALING.scrapeInterval, gateway = NO_GATEWAY, hasCanaries = false } = input;
  const { startup } = plan.timing;
  const minRateWindow = SCALING.scrapesPerRate * scrapeInterval;
  const rateWindow = options.rateWindow?.toSeconds() ?? Math.max(SCALING.rateWindow, minRateWindow);
  const { minReplicas = 1, warmPool = 0, scaleToZero, fallback, prometheus } = options;
  const signals = signalsOf(options);
  const catalogue = Catalogue.of(plan.release);
  const triggerInput: TriggerInput = {
    scope: { namespace: plan.namespace ?? '', app: plan.name },
    rateWindow,
    maxNumSeqs: plan.maxNumSeqs,
    engines: plan.engines,
    checked: plan.versionIsChecked ? catalogue : undefined,
    catalogue,
    noReplicas: scaleToZero === undefined ? undefined : target.noReplicas,
    workload: target.workload,
    gateway: gateway.traffic,
  };
  const min = minReplicas + warmPool;
  // Until a woken replica is ready and its first requests have left the rate window.
  const awake = plan.timing.startupBudget.value + rateWindow;
  return {
    name: plan.names.scaledObject,
    authenticationName: plan.names.triggerAuthentication,
    target,
    min: {
      value: min,
      reason:
        warmPool > 0
          ? `${minReplicas} plus a warm pool of ${warmPool}`
          : options.minReplicas === undefined
            ? 'default'
            : 'set in scaling.minReplicas',
    },
    max: options.maxReplicas,
    toZero: scaleToZero && {
      cooldown: scaleToZero.cooldown?.toSeconds() ?? Math.max(SCALING.cooldown, awake),
      pollingInterval: scaleToZero.pollingInterval?.toSeconds() ?? SCALING.pollingInterval,
      initialCooldown: plan.timing.startupBudget.value,
    },
    triggers: signals.map(({ _spec }) => trigger(_spec, triggerInput)),
    server: prometheus?.address ?? SCALING.prometheusAddress,
    askedNamespace: prometheus && asksOneNamespace(addressOf(prometheus.address)) ? plan.namespace : undefined,
    authentication: prometheus?._authentication,
    up: up(options, startup, scrapeInterval),
    down: down(options, rateWindow, hasCanaries),
    fallback: {
      replicas: fallback?.replicas ?? min,
      failureThreshold:
        fallback?.failureThreshold ?? (scaleToZero ? SCALING.fallbackFailuresToZero : SCALING.fallbackFailures),
    },
    context: {
      specs: signals.map(({ _spec }) => _spec),
      gateway,
      serverIsSet: prometheus !== undefined,
      namespace: plan.namespace,
      release: plan.release,
      task: taskOf(plan),
      versionIsChecked: plan.versionIsChecked,
      scrapeInterval,
      rateWindow,
      warmPool,
      awake,
    },
  };
}
