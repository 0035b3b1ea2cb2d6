/** Where kube-prometheus-stack runs by convention, and in the article. */
export const MONITORING_NAMESPACE = 'monitoring';

export const MONITORING = {
  /** Prometheus' own default: a busy engine takes longer than a second to write its metrics. */
  scrapeTimeout: 10,
  /** Below it, series cost more than they tell. */
  minInterval: 5,
  /** Rules and dashboards take rates over five minutes. */
  rateWindow: 300,
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
