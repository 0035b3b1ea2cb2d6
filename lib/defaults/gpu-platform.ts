/** The DCGM exporter. */
export const DCGM = {
  /** Seconds between samples and between scrapes. With DCGM's own 30 s, every second scrape would get an old sample. */
  interval: 15,
  /** Maximum interval: with more, a window of 5 minutes has fewer than five samples. */
  maxInterval: 60,
  /** Timeout of a scrape, as in NVIDIA's chart, but never longer than the interval. */
  scrapeTimeout: 10,
  /** NVIDIA's port. */
  port: 9400,
  /** NVIDIA's probes wait 45 s for the first samples of eight GPUs with profiling fields; this is twice as much. */
  startupBudget: 90,
  probePeriod: 5,
  livenessPeriod: 10,
  /** Cores and MiB of NVIDIA's chart. No CPU limit: a throttled scrape leaves a gap in every graph. */
  cpu: 0.1,
  memory: 128,
  memoryLimit: 512,
  /** Share of the nodes that a rollout may leave without metrics: hundreds of nodes one by one would need hours. */
  maxUnavailable: '10%',
} as const;

/** Alerts of the GPU platform: seconds for which the condition must hold. */
export const GPU_ALERTS = {
  /** A restart of the exporter and the pull of its image, with a margin. */
  exporterDown: 600,
  /** A new node is ready before its driver, plugin and exporter are. */
  nodeWithoutMetrics: 900,
  /** A GPU has no pod for a moment before it is released. */
  idleFault: 300,
  /** The exporter counts XID errors over 5 minutes and then forgets them. */
  idleXid: 60,
} as const;
