/**
 * Every default number of the library, with its reason. Times are in seconds, sizes in MiB, unless the name says else.
 */

const GIB = 1024;

/** Share of GPU memory for the engine. vLLM's own default rose to 0.92 in 0.20; a version bump must not change memory. */
export const GPU_MEMORY_UTILIZATION = 0.9;

/** All pods that share a GPU together: vLLM claims its part at start and fails when another took it first. */
export const MAX_SHARED_UTILIZATION = 0.95;

/** vLLM's HTTP port. */
export const PORT = 8000;

export const TIMING = {
  /**
   * Reading weights from the Hub, MiB/s. A planning figure, not a measurement: a tenth of a 10 Gbit/s node, since nodes
   * share their link and the Hub throttles.
   */
  hubLoadRate: 100,
  /** Reading weights from a volume, MiB/s. A planning figure: the lower end of network block storage. */
  volumeLoadRate: 200,
  /**
   * From loaded weights to a listening port: profiling, torch.compile, graph capture, warm-up. vLLM 0.32 took up to
   * 200 s while other processes compiled on the same cores; a fifth more.
   */
  engineStart: 240,
  /** Smallest startup budget: vLLM's own ready timeout, VLLM_ENGINE_READY_TIMEOUT_S, and KServe's probe budget. */
  minStartupBudget: 600,
  /** A rollout may also wait for a node and the image: about 12 GB compressed, 25 GB unpacked, on a new node. */
  schedulingAndPull: 600,
  /** A new pod takes traffic at most this long after it could. */
  startupProbePeriod: 5,
  readinessProbePeriod: 5,
  readinessFailures: 3,
  /** `/health` can take longer than the kubelet's 1 s when CPU is scarce; peers moved to 10 s and more. */
  probeTimeout: 10,
  livenessProbePeriod: 10,
  /** Two minutes of silence: a dead engine ends by itself within seconds, so this only catches a frozen HTTP server. */
  livenessFailures: 12,
  /** A frozen or half-started server cannot drain, so a failed probe does not wait for the whole grace period. */
  failedProbeGrace: 30,
  /** Endpoints, gateways and clients learn within this time that the pod is leaving; it still serves meanwhile. */
  preStopDelay: 15,
  /** Longest answer that survives a rollout: 6000 tokens at 20 ms. */
  drainTimeout: 120,
  /** From the last token to the end of the process: 4 to 8 s observed, 17 s on a busy machine. */
  teardown: 20,
  /** More of it with tracing: the exporter waits for a collector that does not answer. */
  tracingTeardown: 10,
  /** Longer than this, a grace period is worth a word: a loading pod takes all of it. */
  longGrace: 600,
  /** Longest time that may be said: a day. Kubernetes takes 68 years, and nobody means that. */
  longest: 86_400,
} as const;

export const RESOURCES = {
  /** Python processes, CUDA context and page cache beyond the weights: the floor below which loading was OOM-killed. */
  baseMemory: 8 * GIB,
  /** Shared memory of one process; vLLM's own Kubernetes example. */
  sharedMemory: 2 * GIB,
  /** With worker processes: NCCL, the broadcast ring and multimodal caches, per GPU and at least. */
  sharedMemoryPerGpu: 2 * GIB,
  minSharedMemoryOfWorkers: 8 * GIB,
  /** Compile caches: 150 MB observed for one model, kept per shape. */
  cache: 10 * GIB,
  /** Sockets, torchinductor headers, uploads: 150 MB observed. */
  tmp: 4 * GIB,
  /** A download holds partial files next to whole ones. */
  downloadFactor: 1.25,
} as const;

/**
 * vLLM reads batch defaults from the whole GPU even on a MIG slice, so they are said for the slice: its own table of
 * memory, largest first, in which an A100 of any size has the last row (vllm/engine/arg_utils.py, get_batch_defaults).
 */
export const MIG_BATCH = [
  { fromMemory: 160 * GIB, maxNumSeqs: 1024, maxNumBatchedTokens: 16384 },
  { fromMemory: 70 * GIB, maxNumSeqs: 1024, maxNumBatchedTokens: 8192 },
  { fromMemory: 0, maxNumSeqs: 256, maxNumBatchedTokens: 2048 },
] as const;

/** UID that vLLM's image has since 0.22, in the root group, which owns the image's writable folders. */
export const USER = { uid: 2000, gid: 0 } as const;

/** Where writable volumes are mounted under the read-only root. */
export const PATHS = { home: '/cache', models: '/models', tmp: '/tmp', sharedMemory: '/dev/shm' } as const;

/** Where kube-prometheus-stack runs by convention, and in the article. */
export const MONITORING_NAMESPACE = 'monitoring';

export const SCALING = {
  /**
   * In flight per replica, as a share of the engine's batch: half as many requests again still fit while a replica
   * starts. Chosen by simulation (`npm run bench:scaling`): 0.30 costs a third more GPU-hours, 0.60 swings twice as much.
   */
  inFlightShare: 0.47,
  /**
   * Largest batch that the default counts on. What limits a batch is the KV cache, long before `max-num-seqs`: only a
   * load test can say more, and too many replicas are better than too few.
   */
  inFlightBatch: 64,
  /** Share of the KV cache per replica: llm-d, its router and KServe hold this for full. */
  kvCacheUse: 0.8,
  /** Waiting requests per replica: production-stack's default. */
  queued: 5,
  /** A scrape each 15 s is what rate windows and limits are made for. */
  scrapeInterval: 15,
  /** Rates need four scrapes: with fewer, one that is missed empties the window. */
  scrapesPerRate: 4,
  /** Four scrapes of the default; a shorter window follows noise, whatever the interval. */
  rateWindow: 60,
  /**
   * Kubernetes' own window: below it, one quiet minute costs a replica that takes minutes to come back. Longer ones cost
   * 3 to 45 % more in the simulation and held nothing more.
   */
  scaleDownWindow: 300,
  /** Longest window and longest policy period that the API accepts. */
  maxScaleDownWindow: 3600,
  maxPolicyPeriod: 1800,
  /** A step up lasts 1.5 starts: the queue of the old replicas drains before the next one is decided. */
  startsPerStep: 1.5,
  /** Pods per step: a sixth of the fleet's limit, at least Kubernetes' own 4. */
  minStep: 4,
  stepsToMax: 6,
  scaleDownPods: 1,
  scaleDownPercent: 10,
  scaleDownPeriod: 60,
  fallbackFailures: 3,
  /** One more on the way to zero: see `leastPatience`. */
  fallbackFailuresToZero: 4,
  /** vLLM's series end at once with the last replica; kube-state-metrics may be scraped a minute later. */
  leastPatience: 60,
  /** Somebody waits for the poll that wakes the stack. */
  maxPollingInterval: 300,
  /** A start costs minutes of GPU time: production-stack waits as long before the last replica goes. */
  cooldown: 1800,
  pollingInterval: 15,
  /** The governing Service that the Prometheus Operator makes next to each Prometheus. */
  prometheusAddress: 'http://prometheus-operated.monitoring:9090',
} as const;

/** The DCGM exporter. */
export const DCGM = {
  /** Seconds between samples and between scrapes. DCGM's own 30 s would give every second scrape an old sample. */
  interval: 15,
  /** Longest interval: with more, a window of 5 minutes has fewer than five samples. */
  maxInterval: 60,
  /** A scrape may take as long as in NVIDIA's chart, but never longer than the time to the next one. */
  scrapeTimeout: 10,
  /** NVIDIA's port. */
  port: 9400,
  /** The first samples of eight GPUs with profiling fields took NVIDIA's probes 45 s of patience; twice as much. */
  startupBudget: 90,
  probePeriod: 5,
  livenessPeriod: 10,
  /** Cores and MiB of NVIDIA's chart. There is no CPU limit: a throttled scrape is a gap in every graph. */
  cpu: 0.1,
  memory: 128,
  memoryLimit: 512,
  /** Share of the nodes that a rollout may leave without metrics: hundreds of nodes one by one take hours. */
  maxUnavailable: '10%',
} as const;

/** Alerts of the GPU platform: seconds for which something must be so. */
export const GPU_ALERTS = {
  /** A restart of the exporter and the load of its image, and some more. */
  exporterDown: 600,
  /** A new node is ready before driver, plugin and exporter are. */
  nodeWithoutMetrics: 900,
  /** A GPU that is about to be given back has no pod for a moment. */
  idleFault: 300,
  /** The exporter counts XID errors over 5 minutes and forgets them then. */
  idleXid: 60,
} as const;

export const MONITORING = {
  /** Prometheus' own default: a busy engine takes longer than a second to write its metrics. */
  scrapeTimeout: 10,
  /** Below it, series cost more than they tell. */
  minInterval: 5,
  /** Rules and dashboards take rates over five minutes. */
  rateWindow: 300,
} as const;

export const TRACING = {
  /** Share of traces that are kept whatever they are like, beside the slow ones: what normal looks like. */
  tailShare: 0.05,
  /** Seconds from a trace's first span to the decision: the engine sends its spans within 5 s. */
  decisionWait: 10,
  /** UID of the collector's image (opentelemetry-collector-releases distributions/otelcol-k8s/Dockerfile). */
  collectorUser: 10001,
  /** Cores and MiB of a collector: a span is about 1 KiB, and a request makes one. */
  collectorCpu: 0.1,
  collectorMemory: 512,
  /** Share of the memory at which the collector refuses spans, and at which Go collects garbage harder. */
  memoryShare: 0.8,
  spikeShare: 0.2,
  /** Port of the `health_check` extension. */
  healthPort: 13133,
} as const;

export const SLO = {
  /** Days of a promise: a calendar month, as most status pages count. */
  window: 30,
  /** Four weeks hold as many weekends each time, a month is what contracts say. Sloth has tables for the same two. */
  windows: [28, 30],
  /**
   * How often rules are evaluated: kube-prometheus-stack's own interval. Said, because a longer window is a sum of
   * samples, and samples must weigh the same in all of it.
   */
  evaluationInterval: 30,
  /**
   * Share of the budget that may burn in the long window before somebody is told; the short window ends the alert soon
   * after the cause has ended. Google SRE Workbook, chapter 5, table 5-8, with the fourth pair of Sloth
   * (slok/sloth internal/alert/window.go).
   */
  burnRates: [
    { severity: 'page', share: 0.02, long: 3600, short: 300 },
    { severity: 'page', share: 0.05, long: 21_600, short: 1800 },
    { severity: 'ticket', share: 0.1, long: 86_400, short: 7200 },
    { severity: 'ticket', share: 0.1, long: 259_200, short: 21_600 },
  ],
  /**
   * Bad events in the long window before somebody is told: of one request at night, one that is slow is all of them, and
   * a cold cache makes the first ones slow.
   */
  fewestBadEvents: 5,
  /** Nine in ten bad is worth a page whatever was promised, and a higher threshold is one that nearly never fires. */
  highestThreshold: 0.9,
  /**
   * How long a burn must last: 2 minutes are four evaluations, so that one missed scrape wakes nobody; a ticket has the
   * time. kubernetes-mixin has the same two.
   */
  pageFor: 120,
  ticketFor: 900,
  /** Promises looser than half of all events are none. */
  leastTarget: 0.5,
  /** With 99.99 % of 100,000 requests ten may be bad: beyond, chance decides. */
  mostTarget: 0.9999,
  /** Longest latency that may be promised: a day. */
  longestLatency: 86_400,
} as const;

export const DASHBOARD = {
  /** Grafana 10.4 writes 39; later ones read it and bring it up to date. */
  schemaVersion: 39,
  /** A rollout, and what was before it. */
  from: 'now-3h',
  /** Two scrapes of 15 s: more often nothing new is there. */
  refresh: '30s',
  /** Longest hole in a curve that is drawn over, in milliseconds: a few missed scrapes, but not an idle service. */
  gap: 60_000,
} as const;

/**
 * What the memory fit reserves on each GPU beside weights and KV cache, in MiB. Planning figures, chosen so that no
 * public log shows less KV cache than is calculated (vLLM #17122, #21348, #23278, #24577, #27508), and a model of 8 B
 * with small batches has more than the 2.3 GiB that KAITO holds back (docs/proposals/20260709-byo-nodes-mig-support.md).
 */
export const MEMORY_FIT = {
  /** CUDA, from which vLLM reads the total, sees less than the driver reports: 79.2 of 79.65 GiB on an H100. */
  driver: 0.5 * GIB,
  /** Loaded weights are a little larger than their files: KAITO's factor. */
  weightsFactor: 1.02,
  /** CUDA context, workspaces of cuBLAS and attention, fragmentation. */
  runtime: GIB,
  /** More of a GPU that works with others: four A100 had 0.43 GiB outside PyTorch (vLLM #16570), one GPU 0.16 (#12126). */
  collectives: 0.25 * GIB,
  /** Buffers of data-parallel experts: the default of VLLM_DEEPEP_BUFFER_SIZE_MB. */
  expertBuffers: GIB,
  /** Buffers of a KV connector: the default of kv_buffer_size (vllm/config/kv_transfer.py), 1e9 bytes. */
  connector: GIB,
  /** Captured graphs; vLLM counts them inside the utilization since 0.20. */
  cudaGraphs: GIB,
  /**
   * Bytes of one logit while tokens are chosen, which the profile run does for all sequences at once: bf16, and 384 MiB
   * for 256 sequences and a vocabulary of 131,072 (vLLM #32558).
   */
  logitBytes: 14,
  /** The same where vLLM sorted them: up to 40 there, and the engine of vLLM #23278 had no room for more than 38. */
  sortedLogitBytes: 37,
  /** Of a model whose vocabulary is not known: Qwen's; Llama and DeepSeek have less. */
  vocabulary: 152_064,
  /**
   * Activations of one token, as vectors of the hidden size: residual, norms and attention stay whole on each GPU, the
   * MLP's are split by tensor parallelism. A Llama of 8 B has 14 together.
   */
  wholeVectors: 4,
  splitVectors: 12,
  /** More of a mixture of experts: what up to eight experts made of a token is kept until it is summed up. */
  expertVectors: 8,
  /** Activations where the shape of the model is not known. */
  unknownActivations: 0.5 * GIB,
  /**
   * A checkpoint that is quantised to eight bits while it loads, as a share of its 16 bits: embeddings and the output
   * layer stay as they are, which is a tenth of 8 B and a quarter of 1 B.
   */
  onlineQuantization: 0.6,
  /** Weights of a mixture of experts that each rank repeats: attention, embeddings, router. Qwen3-30B has 5 %, DeepSeek less. */
  sharedByExperts: 0.05,
  /** Batches whose tokens are in flight together: with asynchronous scheduling the next step is prepared meanwhile. */
  batchesInFlight: 2,
  /** Fewer sequences of full length than this, and a second long request waits for the first one. */
  fewSequences: 2,
  /** Sequences of a batch that are suggested: what vLLM takes on a small GPU. */
  suggestedSequences: 256,
  /** Contexts that are suggested are a multiple of this: block sizes divide it. */
  contextStep: 256,
} as const;

/** Thresholds of alerts, and for how many seconds they must hold. */
export const ALERTS = {
  /** A rollout replaces targets within seconds; a node that dies takes Kubernetes 40 s to notice. */
  targetAbsent: 300,
  /** A container that restarts is not scraped for a minute or more. */
  targetsDown: 180,
  targetDown: 300,
  /** A prompt of a million tokens may take minutes until its first token. */
  engineStalled: 300,
  /** Waiting requests per engine: production-stack's target for its scaler, as in SCALING. */
  queued: 5,
  queueGrowing: 300,
  /** Mean seconds in the queue: most clients allow a few seconds to the first token. */
  queueTime: 1,
  /** Share of refused requests. */
  rejections: 0.05,
  /** A full cache is normal under load; with a queue behind it, it is the limit. */
  kvCacheUse: 0.95,
  /** Preempted requests for each finished one: each computes its prompt again. */
  preemptions: 0.05,
  sustained: 600,
  /** Restarts within the window of the query: two may be a node upgrade. */
  restarts: 2,
  /** Least window for restarts; the longest back-off between two is 300 s (kubelet, MaxContainerBackOff). */
  restartWindow: 1800,
  restartBackOff: 300,
  /** A scaler that asks every 15 s has then failed twenty times. */
  scalerErrors: 300,
  /** kubernetes-mixin, KubeHpaMaxedOut. */
  atMaxReplicas: 900,
  /** Degrees Celsius. Planning figures: `nvidia-smi -q -d TEMPERATURE` shows where a GPU slows down. */
  gpuHot: 85,
  gpuMemoryHot: 95,
  thermalThrottle: 300,
  nvlinkErrors: 900,
  gpuMetricsMissing: 900,
  /** Share of time in which a kernel ran: even a small batch keeps a GPU busy. */
  gpuIdle: 0.4,
  idlePaidFor: 3600,
  starvedButSlow: 900,
  /** The record covers an hour; twice that is no accident. */
  costHigh: 7200,
} as const;

/** The runbooks of this library: a page for each alert, of stacks and of the GPU platform. */
export const RUNBOOK_BASE_URL = 'https://github.com/cdk8s-vllm/cdk8s-vllm/blob/main/docs/runbooks/';
