import { SCALING } from '../defaults';
import { Catalogue } from '../engine/catalogue/catalogue';
import { metricOf } from '../engine/metric-roles';
import type { Release } from '../engine/release';
import type { Decided } from '../defaults/decision';
import type { StackPlan } from '../plan/stack-plan';
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
}

const step = (seconds: number, scrapeInterval: number): number => Math.ceil(seconds / scrapeInterval) * scrapeInterval;

function stepUp(startup: number, scrapeInterval: number): Decided {
  const wanted = step(SCALING.startsPerStep * startup, scrapeInterval);
  return wanted > SCALING.maxPolicyPeriod
    ? {
        value: SCALING.maxPolicyPeriod,
        reason: `the longest step that Kubernetes takes; ${wanted} s would be 1.5 starts`,
      }
    : { value: wanted, reason: 'a step lasts 1.5 starts' };
}

function up(options: KedaScalingOptions, startup: Decided, scrapeInterval: number): Pace {
  const said = options.speed?.scaleUpPods;
  const derived = Math.max(SCALING.minStep, Math.ceil(options.maxReplicas / SCALING.stepsToMax));
  return {
    window: 0,
    pods:
      said === undefined
        ? { value: derived, reason: `a sixth of ${options.maxReplicas} replicas, at least ${SCALING.minStep}` }
        : { value: said, reason: 'said in scaling.speed.scaleUpPods' },
    // Doubling is one rung of Kubernetes' own ladder: taken once per start instead of once per 15 s.
    percent: said === undefined ? 100 : 0,
    period: stepUp(startup.value, scrapeInterval),
  };
}

function down(options: KedaScalingOptions, rateWindow: number): Pace {
  const said = options.speed?.scaleDownPods;
  return {
    window: options.speed?.scaleDownWindow?.toSeconds() ?? Math.max(SCALING.scaleDownWindow, rateWindow),
    pods: {
      value: said ?? SCALING.scaleDownPods,
      reason:
        said === undefined ? 'default: replicas are expensive to get back' : 'said in scaling.speed.scaleDownPods',
    },
    percent: said === undefined ? SCALING.scaleDownPercent : 0,
    period: { value: SCALING.scaleDownPeriod, reason: 'default' },
  };
}

const signalsOf = (options: KedaScalingOptions): readonly Signal[] =>
  options.signals ?? [Signal.inFlightRequests(), Signal.kvCacheUse()];

/** The metrics of vLLM's own that a scaler reads: none when every signal comes from elsewhere. */
export function metricsOf(options: KedaScalingOptions, release: Release): string[] {
  const catalogue = Catalogue.of(release);
  const read = signalsOf(options).flatMap(({ _spec }) =>
    _spec.of === 'engine' ? ENGINE_SIGNALS[_spec.name].reads.map((role) => metricOf(role, catalogue)) : [],
  );
  return [...new Set(read)];
}

/** Decides how a stack scales. Expects options of the right shape. */
export function planScaler(options: KedaScalingOptions, input: ScalerInput): ScalerPlan {
  const { plan, target, scrapeInterval = SCALING.scrapeInterval } = input;
  const { startup } = plan.timing;
  const leastRateWindow = SCALING.scrapesPerRate * scrapeInterval;
  const rateWindow = options.rateWindow?.toSeconds() ?? Math.max(SCALING.rateWindow, leastRateWindow);
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
          ? `${minReplicas} and a warm pool of ${warmPool}`
          : options.minReplicas === undefined
            ? 'default'
            : 'said in scaling.minReplicas',
    },
    max: options.maxReplicas,
    toZero: scaleToZero && {
      cooldown: scaleToZero.cooldown?.toSeconds() ?? Math.max(SCALING.cooldown, awake),
      pollingInterval: scaleToZero.pollingInterval?.toSeconds() ?? SCALING.pollingInterval,
      initialCooldown: plan.timing.startupBudget.value,
    },
    triggers: signals.map(({ _spec }) => trigger(_spec, triggerInput)),
    server: prometheus?.address ?? SCALING.prometheusAddress,
    authentication: prometheus?.authentication?._plan,
    up: up(options, startup, scrapeInterval),
    down: down(options, rateWindow),
    fallback: {
      replicas: fallback?.replicas ?? min,
      failureThreshold:
        fallback?.failureThreshold ?? (scaleToZero ? SCALING.fallbackFailuresToZero : SCALING.fallbackFailures),
    },
    context: {
      specs: signals.map(({ _spec }) => _spec),
      namespace: plan.namespace,
      release: plan.release,
      versionIsChecked: plan.versionIsChecked,
      scrapeInterval,
      rateWindow,
      warmPool,
      awake,
    },
  };
}
