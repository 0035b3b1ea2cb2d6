/** Where kube-prometheus-stack runs by convention. */
export const MONITORING_NAMESPACE = 'monitoring';

export const MONITORING = {
  /** Prometheus' own default: a busy engine needs more than a second to write its metrics. */
  scrapeTimeout: 10,
  /** A shorter interval costs more samples without more information. */
  minInterval: 5,
  /** Rules and dashboards use rates over five minutes. */
  rateWindow: 300,
} as const;

export const SLO = {
  /** Days of an objective: a month, as most status pages count. */
  window: 30,
  /** Four weeks always have the same number of weekends; contracts use a month. Sloth has tables for the same two. */
  windows: [28, 30],
  /**
   * How often rules are evaluated: kube-prometheus-stack's own interval. It is set explicitly because a longer window
   * is a sum of samples, and all of them must have the same weight.
   */
  evaluationInterval: 30,
  /**
   * Share of the budget that may burn in the long window before an alert fires; the short window ends the alert soon
   * after the cause is fixed. Google SRE Workbook, chapter 5, table 5-8, with the fourth pair of Sloth (slok/sloth
   * internal/alert/window.go).
   */
  burnRates: [
    { severity: 'page', share: 0.02, long: 3600, short: 300 },
    { severity: 'page', share: 0.05, long: 21_600, short: 1800 },
    { severity: 'ticket', share: 0.1, long: 86_400, short: 7200 },
    { severity: 'ticket', share: 0.1, long: 259_200, short: 21_600 },
  ],
  /**
   * Minimum bad events in the long window before an alert fires: a single slow request at night would be 100 %, and a
   * cold cache makes the first requests slow.
   */
  fewestBadEvents: 5,
  /** Nine of ten bad events are worth a page for any objective; an alert with a higher threshold almost never fires. */
  highestThreshold: 0.9,
  /**
   * How long a burn must last: 2 minutes are four evaluations, so that one missed scrape does not page; a ticket can
   * wait. kubernetes-mixin has the same two.
   */
  pageFor: 120,
  ticketFor: 900,
  /** Minimum target: an objective for less than half of all events promises nothing. */
  leastTarget: 0.5,
  /** Maximum target: with 99.99 % of 100,000 requests, ten may be bad; with more, chance decides. */
  mostTarget: 0.9999,
  /** Maximum latency of an objective: a day. */
  longestLatency: 86_400,
} as const;

/** Thresholds of alerts, and how many seconds they must hold. */
export const ALERTS = {
  /** A rollout replaces targets within seconds; Kubernetes needs 40 s to notice a dead node. */
  targetAbsent: 300,
  /** Prometheus cannot scrape a restarting container for a minute or more. */
  targetsDown: 180,
  targetDown: 300,
  /** A prompt of a million tokens may need minutes until its first token. */
  engineStalled: 300,
  /** Waiting requests per engine: production-stack's target for its scaler, as in SCALING. */
  queued: 5,
  queueGrowing: 300,
  /** Mean seconds in the queue: most clients allow a few seconds to the first token. */
  queueTime: 1,
  /** Share of refused requests. */
  rejections: 0.05,
  /** A full cache is normal under load; together with a queue, it is the bottleneck. */
  kvCacheUse: 0.95,
  /** Preempted requests per finished one: each computes its prompt again. */
  preemptions: 0.05,
  sustained: 600,
  /** Restarts within the window of the query: two may be a node upgrade. */
  restarts: 2,
  /** Minimum window for restarts; the maximum back-off between two is 300 s (kubelet, MaxContainerBackOff). */
  restartWindow: 1800,
  restartBackOff: 300,
  /** A scaler that queries every 15 s has then failed twenty times. */
  scalerErrors: 300,
  /** kubernetes-mixin, KubeHpaMaxedOut. */
  atMaxReplicas: 900,
  /** Degrees Celsius. Planning figures: `nvidia-smi -q -d TEMPERATURE` shows where a GPU slows down. */
  gpuHot: 85,
  gpuMemoryHot: 95,
  thermalThrottle: 300,
  nvlinkErrors: 900,
  /**
   * A pause is for a person: after ten minutes of too little data (DELIVERY.measurements), or before a promotion. Half an
   * hour is time to come to it, and little compared with GPUs that wait for a night.
   */
  canaryPaused: 1800,
  gpuMetricsMissing: 900,
  /** A rollout of the proxies takes minutes. */
  gatewayMetricsMissing: 900,
  /** Share of time with a running kernel: even a small batch keeps a GPU busy. */
  gpuIdle: 0.4,
  idlePaidFor: 3600,
  starvedButSlow: 900,
  /** The record covers an hour; two hours are not a short peak. */
  costHigh: 7200,
} as const;

/** The runbooks of this library: a page for each alert of stacks and of the GPU platform. */
export const RUNBOOK_BASE_URL = 'https://github.com/cdk8s-vllm/cdk8s-vllm/blob/main/docs/runbooks/';

export const DASHBOARD = {
  /** Grafana 10.4 writes 39; later releases read it and migrate it. */
  schemaVersion: 39,
  /** A rollout, and the time before it. */
  from: 'now-3h',
  /** Two scrapes of 15 s: a shorter refresh would show no new data. */
  refresh: '30s',
  /** Maximum gap in a curve that is bridged, in milliseconds: a few missed scrapes, but not an idle service. */
  gap: 60_000,
} as const;

export const TRACING = {
  /** Share of all traces that is kept beside the slow ones, to show normal requests. */
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
