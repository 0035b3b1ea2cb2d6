import type { Duration, Size } from 'cdk8s';
import { AcceleratorKind } from '../accelerator/accelerator';
import type { RolloutSpec } from '../delivery/rollout-spec';
import { PLAUSIBLE } from '../defaults/plausible';
import type { Finding } from '../preflight/finding';
import { implausible } from '../shapes/plausible';
import type { Signal } from '../scaling/signal';
import type { TimingPlan } from '../timing/times';
import { resourceSettings, timingSettings } from '../timing/settings';
import { decimal } from '../units/decimal';
import { mebibytesOf, MIB_PER_GIB } from '../units/mebibytes';
import type { VllmInferenceStackProps } from './vllm-inference-stack-props';

const mib = (size: Size | undefined): number | undefined => size && mebibytesOf(size);
const seconds = (duration: Duration | undefined): number | undefined => duration && duration.toMilliseconds() / 1000;

/** A GPU for weights of many GiB: an embedding model is seldom served on it. */
const LARGE = 40 * MIB_PER_GIB;

function ofResources({ resources }: VllmInferenceStackProps): Finding[] {
  const set = resourceSettings(resources);
  return (['cpu', 'cpuLimit', 'memory', 'memoryLimit', 'sharedMemory', 'ephemeralStorage'] as const).flatMap((name) =>
    implausible(PLAUSIBLE[`resources.${name}`], `resources.${name}`, set[name]),
  );
}

function ofLifecycle({ lifecycle }: VllmInferenceStackProps, { obstacle }: Pick<TimingPlan, 'obstacle'>): Finding[] {
  const set = timingSettings(lifecycle);
  // Without a drain of the engine, the running answers need this wait.
  const waits = obstacle === undefined ? (['preStopDelay'] as const) : [];
  const times = ['startupBudget', 'progressDeadline', ...waits, 'drainTimeout', 'terminationGracePeriod'] as const;
  return times.flatMap((name) => implausible(PLAUSIBLE[`lifecycle.${name}`], `lifecycle.${name}`, set[name]));
}

function ofModel({ model, weights, accelerator, engine = {} }: VllmInferenceStackProps): Finding[] {
  const { kind, count, memoryMib = 0 } = accelerator;
  const isLarge = kind === AcceleratorKind.GPU && (count > 1 || memoryMib >= LARGE);
  const size = PLAUSIBLE[isLarge ? 'model.weightsSize of a large accelerator' : 'model.weightsSize'];
  const row = PLAUSIBLE;
  return [
    ...implausible(size, 'model.weightsSize', mib(model.options.weightsSize)),
    ...implausible(
      row['weights.loadRatePerSecond'],
      'weights.loadRatePerSecond',
      weights && mib(weights.loadRatePerSecond),
    ),
    ...implausible(row['accelerator.memory'], 'accelerator.memory', accelerator.memoryMib),
    ...implausible(row['engine.kvCacheMemory'], 'engine.kvCacheMemory', mib(engine.kvCacheMemory)),
    ...implausible(row['engine.kvOffloadingSize'], 'engine.kvOffloadingSize', mib(engine.kvOffloadingSize)),
    ...implausible(row['engine.cpuOffload'], 'engine.cpuOffload', mib(engine.cpuOffload)),
    ...implausible(row['engine.maxModelLen'], 'engine.maxModelLen', engine.maxModelLen),
    ...implausible(row['engine.maxNumSeqs'], 'engine.maxNumSeqs', engine.maxNumSeqs),
    ...implausible(
      row['engine.sseKeepAliveInterval'],
      'engine.sseKeepAliveInterval',
      seconds(engine.sseKeepAliveInterval),
    ),
  ];
}

const PROMISES = {
  'time-to-first-token': 'objectives.timeToFirstToken',
  'inter-token-latency': 'objectives.interTokenLatency',
  'end-to-end': 'objectives.endToEnd',
  'error-rate': 'objectives.errorRate',
  'gateway-error-rate': 'objectives.errorRate',
  availability: 'objectives.availability',
} as const;

function ofObjectives({ objectives = [] }: VllmInferenceStackProps): Finding[] {
  return objectives.flatMap(({ _spec: spec }, index) => {
    const at = `objectives[${index}]`;
    const row = PLAUSIBLE[PROMISES[spec.kind]];
    const rate = implausible(PLAUSIBLE['objectives.minEventRate'], `${at}.minEventRate`, spec.minEventRate);
    if ('within' in spec) return [...implausible(row, `${at}.within`, spec.within), ...rate];
    const isTime = spec.kind === 'availability';
    return [
      ...implausible(row, `${at}.${isTime ? 'atLeast' : 'below'}`, isTime ? spec.target : decimal(1 - spec.target)),
      ...rate,
    ];
  });
}

function ofSignal({ _spec: spec }: Signal, at: string): Finding[] {
  switch (spec.of) {
    case 'schedule':
      return implausible(PLAUSIBLE['signal.schedule'], `${at}.replicas`, spec.replicas);
    case 'gateway':
      return implausible(PLAUSIBLE['signal.gateway'], `${at}.perReplica`, spec.target);
    case 'custom':
      return [];
    case 'engine':
      return spec.name === 'queue-time' || spec.name === 'time-to-first-token'
        ? implausible(PLAUSIBLE['signal.latency'], `${at}.target`, spec.target)
        : implausible(PLAUSIBLE[`signal.${spec.name}`], `${at}.perReplica`, spec.target);
  }
}

function ofScaling({ scaling }: VllmInferenceStackProps): Finding[] {
  if (scaling === undefined) return [];
  const { replicas, kedaOptions: keda } = scaling;
  if (keda === undefined) return implausible(PLAUSIBLE['scaling.replicas'], 'scaling.replicas', replicas);
  const cooldown = seconds(keda.scaleToZero?.cooldown);
  return [
    ...implausible(PLAUSIBLE['scaling.maxReplicas'], 'scaling.maxReplicas', keda.maxReplicas),
    ...implausible(PLAUSIBLE['scaling.speed.scaleUpPods'], 'scaling.speed.scaleUpPods', keda.speed?.scaleUpPods),
    ...implausible(PLAUSIBLE['scaling.scaleToZero.cooldown'], 'scaling.scaleToZero.cooldown', cooldown),
    ...(keda.signals ?? []).flatMap((signal, index) => ofSignal(signal, `scaling.signals[${index}]`)),
  ];
}

function ofDelivery(spec: RolloutSpec | undefined): Finding[] {
  if (spec === undefined) return [];
  const { analysis } = spec;
  const row = PLAUSIBLE;
  const ratio = spec.strategy === 'canary' ? spec.maxLatencyRatio : undefined;
  return [
    ...implausible(row['delivery.analysis.window'], 'delivery.analysis.window', analysis.window),
    ...implausible(row['delivery.analysis.warmUp'], 'delivery.analysis.warmUp', analysis.warmUp),
    ...implausible(row['delivery.analysis.interval'], 'delivery.analysis.interval', analysis.interval),
    ...implausible(row['delivery.analysis.requestRate'], 'delivery.analysis.requestRate', analysis.requestRate),
    ...implausible(row['delivery.scaleDownDelay'], 'delivery.scaleDownDelay', spec.scaleDownDelay),
    ...implausible(row['delivery.abortScaleDownDelay'], 'delivery.abortScaleDownDelay', spec.abortScaleDownDelay),
    ...implausible(
      row['delivery.compareWithStable.maxLatencyRatio'],
      'delivery.compareWithStable.maxLatencyRatio',
      ratio,
    ),
  ];
}

function ofWatching({ price, tracing, alerts }: VllmInferenceStackProps): Finding[] {
  const kept = tracing?.collectorOptions?.tailSampling;
  const row = PLAUSIBLE;
  return [
    ...implausible(row.price, 'price', price?.dollarsPerGpuHour),
    ...implausible(
      row['tracing.tailSampling.slowerThan'],
      'tracing.tailSampling.slowerThan',
      seconds(kept?.slowerThan),
    ),
    ...implausible(
      row['tracing.tailSampling.firstTokenSlowerThan'],
      'tracing.tailSampling.firstTokenSlowerThan',
      seconds(kept?.firstTokenSlowerThan),
    ),
    ...Object.entries(alerts?.tune ?? {}).flatMap(([name, { pending }]) =>
      implausible(row['alerts.tune.pending'], `alerts.tune.${name}.pending`, seconds(pending)),
    ),
  ];
}

function ofPods({ rdma, extraVolumes = [] }: VllmInferenceStackProps): Finding[] {
  return [
    ...implausible(PLAUSIBLE['rdma.count'], 'rdma.count', rdma?.count),
    ...extraVolumes.flatMap(({ _source: source }, index) =>
      'emptySizeMib' in source
        ? implausible(PLAUSIBLE['extraVolumes.sizeLimit'], `extraVolumes[${index}].sizeLimit`, source.emptySizeMib)
        : [],
    ),
  ];
}

/** Quantities of a stack that are far from usual. Only what the user set is asked. */
export function implausibleQuantities(props: VllmInferenceStackProps, timing: Pick<TimingPlan, 'obstacle'>): Finding[] {
  return [
    ...ofResources(props),
    ...ofLifecycle(props, timing),
    ...ofModel(props),
    ...ofObjectives(props),
    ...ofScaling(props),
    ...ofDelivery(props.delivery?._rollout),
    ...ofWatching(props),
    ...ofPods(props),
  ];
}
