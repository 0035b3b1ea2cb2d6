import { TIMING } from './engine';

export const SMOKE_TEST = {
  /** With `kubectl apply` the Job starts together with the stacks: it waits as long as a first start may take. */
  timeout: TIMING.schedulingAndPull + TIMING.minStartupBudget,
  /**
   * Repeats a 404, 429 or 500 this long. A gateway answers with 404 or 500 until it has learned a route: Envoy Gateway
   * needs 2 s; for the load balancer of a cloud, minutes are a planning figure. Later, the answer is final.
   */
  routeTimeout: 300,
  /** One request: a few tokens, also behind a full queue. */
  requestTimeout: 120,
  /** Between two attempts. */
  pause: 5,
  /** The deadline of the Job begins before its pod is scheduled and its image, some 10 MB, is pulled. */
  podStart: 120,
  /** Enough to see a stream, and almost no load. */
  maxTokens: 8,
  /** The result and the log stay for a working day. */
  timeToLive: 86_400,
  /**
   * The image names its user, and the kubelet verifies only numbers. Any user works: the test writes to /tmp only. This
   * is `nonroot` of distroless images (GoogleContainerTools/distroless common/variables.bzl).
   */
  user: 65_532,
  /** Planning figures: one curl at a time. */
  cpu: 0.01,
  memory: 32,
  memoryLimit: 64,
  /** Answers of one request. */
  tmp: 16,
} as const;
