export const SCALING = {
  /**
   * Requests in flight per replica, as a share of the engine's batch: half as many more still fit while a replica
   * starts. Chosen by simulation (`npm run bench:scaling`): 0.30 costs a third more GPU-hours, 0.60 swings twice as
   * much.
   */
  inFlightShare: 0.47,
  /**
   * Largest batch that the default assumes. The KV cache limits a batch long before `max-num-seqs` does. Only a load
   * test can justify more, and too many replicas are better than too few.
   */
  inFlightBatch: 64,
  /** Share of the KV cache per replica: llm-d, its router and KServe treat this as full. */
  kvCacheUse: 0.8,
  /** Waiting requests per replica: production-stack's default. */
  queued: 5,
  /** Rate windows and limits are made for a scrape every 15 s. */
  scrapeInterval: 15,
  /** A rate needs four scrapes: with fewer, one missed scrape leaves no rate. */
  scrapesPerRate: 4,
  /** Four scrapes at the default interval. A shorter window follows noise, at any interval. */
  rateWindow: 60,
  /**
   * Kubernetes' own window. With a shorter one, a quiet minute removes a replica that takes minutes to start again.
   * Longer ones cost 3 to 45 % more in the simulation and kept no more promises.
   */
  scaleDownWindow: 300,
  /** Longest window and longest policy period that the API accepts. */
  maxScaleDownWindow: 3600,
  maxPolicyPeriod: 1800,
  /** A step up lasts 1.5 starts: the queue of the old replicas drains before the next step. */
  startsPerStep: 1.5,
  /** Pods per step: a sixth of the maximum, at least Kubernetes' own 4. */
  minStep: 4,
  stepsToMax: 6,
  scaleDownPods: 1,
  scaleDownPercent: 10,
  scaleDownPeriod: 60,
  /**
   * Tolerance of a canary's autoscaler below the replicas. With Kubernetes' own 0.1, one canary pod beside 10 is within it,
   * and the autoscaler sets 11, then 12 (argoproj/argo-rollouts#4847). The field is read since Kubernetes 1.35
   * (pkg/features/kube_features.go, HPAConfigurableTolerance).
   */
  canaryTolerance: 0,
  fallbackFailures: 3,
  /** One more with scale to zero: see `minPatience`. */
  fallbackFailuresToZero: 4,
  /** vLLM's series end with the last replica; kube-state-metrics may be scraped up to a minute later. */
  minPatience: 60,
  /** A client waits for the poll that wakes the stack. */
  maxPollingInterval: 300,
  /** A start costs minutes of GPU time: production-stack waits as long before it removes the last replica. */
  cooldown: 1800,
  pollingInterval: 15,
  /** The governing Service that the Prometheus Operator creates for each Prometheus. */
  prometheusAddress: 'http://prometheus-operated.monitoring:9090',
} as const;
