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
