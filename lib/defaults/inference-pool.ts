/** The endpoint picker of an InferencePool. Its source is llm-d/llm-d-router, release v0.10.0. */
export const PICKER = {
  /** Ports of the program's own flags (pkg/epp/server/options.go): gRPC of the gateway, health, metrics. */
  grpcPort: 9002,
  healthPort: 9003,
  metricsPort: 9090,
  /** User of the image (Dockerfile.epp). */
  user: 65532,
  /** Weights of the scorers in the chart (config/charts/routerlib/templates/_config.yaml). */
  prefixCacheWeight: 3,
  kvCacheWeight: 2,
  queueWeight: 2,
  /** The scorer's default; behind the length filter it only prefers the narrowest of several ranges. */
  lengthWeight: 1,
  /**
   * Cores and MiB that KServe requests (kserve/kserve config/llmisvcconfig/config-llm-scheduler.yaml). The router's
   * chart requests 8 cores and 8 GiB, for prompts of 100,000 tokens.
   */
  cpu: 1,
  memory: 2048,
  /** The sizing guide measured up to 6 GiB for 100 requests a second with 1,000 output tokens (docs/operations.md). */
  memoryLimit: 8192,
  /** Maximum replicas: one answers, the others only wait for its lease. */
  maxReplicas: 5,
  /**
   * The gateway gets errors while a crashed picker is listed as ready, whatever the failure mode. One failed probe of each
   * second removes it; the chart probes every 2 s.
   */
  readinessPeriod: 1,
  readinessFailures: 1,
  /** The chart's liveness probe. */
  livenessPeriod: 10,
  /** Seconds before SIGTERM, in which gateways learn that the pod ends, as in the chart. */
  preStop: 5,
} as const;
