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
