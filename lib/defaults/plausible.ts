const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const GIB = 1024;
const TIB = 1024 * GIB;

/** In what a quantity is counted: it decides which mistakes are likely. */
export type QuantityUnit = 'MiB' | 's' | 'cores' | 'dollars' | 'share' | 'tokens' | 'count' | 'ratio' | 'per second';

/** What a quantity usually is. A value outside works, but is probably not meant. */
export interface PlausibleRange {
  readonly unit: QuantityUnit;
  readonly least?: number;
  readonly most?: number;
  /** Why other values are not usual: it completes a sentence. */
  readonly why: string;
}

const CORES = { unit: 'cores', least: 0.1, most: 384, why: 'the largest GPU nodes have 192 to 384 cores' } as const;
const MEMORY = {
  unit: 'MiB',
  least: GIB,
  most: 6 * TIB,
  why: 'an engine needs some GiB, and GPU nodes have 0.1 to 4 TiB',
} as const;
const REPLICAS = { unit: 'count', most: 1000, why: 'that is more GPUs than most clusters have' } as const;
const TOKENS_OF_ALL = { unit: 'per second', most: 1_000_000, why: 'no replica has so many tokens per second' } as const;
const REQUESTS = { unit: 'per second', most: 10_000, why: 'no replica has so many requests per second' } as const;
const FIRST_TOKEN = {
  unit: 's',
  least: 0.005,
  most: 30,
  why: 'a first token takes some 20 ms to some seconds',
} as const;
const HOST_CACHE = { unit: 'MiB', least: 256, most: 6 * TIB, why: 'a smaller cache holds few prompts' } as const;
const ROLLOUT_WAIT = {
  unit: 's',
  most: 12 * HOUR,
  why: 'the pods of both versions hold their GPUs that long',
} as const;

/**
 * What the quantities of the public properties usually are: numbers, in the unit of the row. A value outside has the
 * warning `implausible-quantity`, with the unit that was probably meant. Ranges are wide on purpose: they find a wrong unit,
 * not a bad choice. Where a value outside cannot work, its own check is an error. A property that another check bounds on
 * one side has no limit on that side here.
 */
export const PLAUSIBLE = {
  'resources.cpu': CORES,
  'resources.cpuLimit': CORES,
  'resources.memory': MEMORY,
  'resources.memoryLimit': MEMORY,
  // What the engine needs of it is checked apart; Docker's default is 64 MiB.
  'resources.sharedMemory': { unit: 'MiB', least: 64, most: TIB, why: 'it counts as memory of the pod' },
  'resources.ephemeralStorage': {
    unit: 'MiB',
    most: 64 * TIB,
    why: 'the disks of a GPU node have at most some 30 TiB',
  },

  'lifecycle.startupBudget': {
    unit: 's',
    most: 6 * HOUR,
    why: 'a pod that hangs at its start would hold its GPUs that long',
  },
  'lifecycle.progressDeadline': { unit: 's', most: 12 * HOUR, why: 'a failed rollout would be reported that late' },
  'lifecycle.preStopDelay': { unit: 's', most: 5 * MINUTE, why: 'gateways remove a pod within seconds' },
  'lifecycle.drainTimeout': { unit: 's', most: HOUR, why: 'each rollout and each drain of a node waits for it' },
  'lifecycle.terminationGracePeriod': {
    unit: 's',
    most: 2 * HOUR,
    why: 'a pod that is deleted while it loads uses all of it',
  },

  'model.weightsSize': { unit: 'MiB', least: 64, most: 4 * TIB, why: 'the largest open models have 2 TiB' },
  // Several GPUs, or one large one: an embedding model of 0.4 GiB is served on a small GPU or on a part of one.
  'model.weightsSize of a large accelerator': {
    unit: 'MiB',
    least: 512,
    most: 4 * TIB,
    why: 'the accelerator is made for weights of many GiB',
  },
  // The Hub gives tens of MiB even to a slow node; a node with 8 local disks reads 40 GiB.
  'weights.loadRatePerSecond': { unit: 'MiB', least: 8, most: 64 * GIB, why: 'disks and networks read 0.05 to 40 GiB' },
  'accelerator.memory': { unit: 'MiB', least: 2 * GIB, most: TIB, why: 'accelerators have 8 to 300 GiB' },

  'engine.kvCacheMemory': { unit: 'MiB', least: 256, most: TIB, why: 'a smaller cache holds few prompts' },
  'engine.kvOffloadingSize': HOST_CACHE,
  'engine.cpuOffload': { unit: 'MiB', least: 256, most: 2 * TIB, why: 'weights have many GiB' },
  'engine.maxModelLen': { unit: 'tokens', least: 100, why: 'a shorter context holds no prompt' },
  'engine.maxNumSeqs': { unit: 'count', most: 16_384, why: 'vLLM’s own default is at most 1024' },
  'engine.sseKeepAliveInterval': {
    unit: 's',
    most: 10 * MINUTE,
    why: 'gateways and load balancers close an idle stream after a minute or some',
  },

  'objectives.timeToFirstToken': FIRST_TOKEN,
  'objectives.interTokenLatency': {
    unit: 's',
    least: 0.001,
    most: 2,
    why: 'the next token takes some 5 to 200 ms, and a reader needs several per second',
  },
  'objectives.endToEnd': { unit: 's', least: 0.005, most: HOUR, why: 'clients and gateways wait at most an hour' },
  'objectives.errorRate': { unit: 'share', most: 0.1, why: 'more than every tenth request could fail' },
  'objectives.availability': {
    unit: 'share',
    least: 0.9,
    why: 'without a replica for three days of a month the promise would hold',
  },
  'objectives.minEventRate': { unit: 'per second', most: 100_000, why: 'the alert would need that many events' },

  // From the spot price of a T4 to a GB300 on demand, with a wide margin.
  price: { unit: 'dollars', least: 0.03, most: 40, why: 'a GPU costs some 0.10 to 20 dollars per hour' },

  'scaling.replicas': REPLICAS,
  'scaling.maxReplicas': REPLICAS,
  'scaling.speed.scaleUpPods': REPLICAS,
  'scaling.scaleToZero.cooldown': { unit: 's', most: DAY, why: 'the last replica would run through each idle night' },
  'signal.latency': { unit: 's', least: 0.005, most: 2 * MINUTE, why: 'clients give up earlier' },
  'signal.in-flight-requests': {
    unit: 'count',
    least: 0.5,
    most: 10_000,
    why: 'it is the number of requests of a replica',
  },
  'signal.kv-cache-use': { unit: 'share', least: 0.05, why: 'it is a share: 0.8 is 80 %' },
  'signal.queued-requests': { unit: 'count', most: 10_000, why: 'no client waits in such a queue' },
  'signal.request-rate': REQUESTS,
  'signal.gateway': REQUESTS,
  'signal.generated-tokens': TOKENS_OF_ALL,
  'signal.prompt-tokens': TOKENS_OF_ALL,
  'signal.schedule': REPLICAS,

  'delivery.analysis.window': { unit: 's', most: 6 * HOUR, why: 'a bad version is found that late' },
  'delivery.analysis.warmUp': { unit: 's', most: HOUR, why: 'nothing judges the new version that long' },
  'delivery.analysis.interval': { unit: 's', most: HOUR, why: 'a bad version is found that late' },
  'delivery.analysis.requestRate': { unit: 'per second', most: 100_000, why: 'it is the rate of one stack' },
  'delivery.scaleDownDelay': ROLLOUT_WAIT,
  'delivery.abortScaleDownDelay': ROLLOUT_WAIT,
  'delivery.compareWithStable.maxLatencyRatio': {
    unit: 'ratio',
    most: 10,
    why: '1.2 lets the new version be 20 % slower',
  },

  // 0 is no limit.
  'routes.requestTimeout': { unit: 's', least: 10, why: 'long answers and their streams would be cut' },
  'tracing.tailSampling.slowerThan': { unit: 's', least: 0.01, most: HOUR, why: 'requests take 0.1 s to some minutes' },
  'tracing.tailSampling.firstTokenSlowerThan': FIRST_TOKEN,
  'alerts.tune.pending': { unit: 's', most: DAY, why: 'a person would hear of it that late' },

  // A p5.48xlarge has 32 network interfaces of the kind EFA; no GPU node has more.
  'rdma.count': { unit: 'count', most: 32, why: 'no GPU node has more network devices' },
  'extraVolumes.sizeLimit': { unit: 'MiB', most: 64 * TIB, why: 'the disks of a GPU node have at most some 30 TiB' },

  'picker.resources.cpu': { unit: 'cores', least: 0.01, most: 128, why: 'a picker uses some cores' },
  'picker.resources.memory': { unit: 'MiB', least: 64, most: 256 * GIB, why: 'a picker uses some GiB' },

  'exporter.resources.cpu': { unit: 'cores', least: 0.005, most: 16, why: 'an exporter uses a tenth of a core' },
  'exporter.resources.memory': { unit: 'MiB', least: 32, most: 16 * GIB, why: 'an exporter uses 0.1 to 1 GiB' },
  'exporter.interval': { unit: 's', least: 5, why: 'profiling fields so often slow the GPU down' },
  // Accelerator.shared accepts 90: above, the share of one engine is less than one percent.
  'sharing.replicas': { unit: 'count', most: 90, why: 'the share of one engine would be less than one percent' },
} as const satisfies Readonly<Record<string, PlausibleRange>>;
