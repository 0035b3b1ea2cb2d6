import type { Duration } from 'cdk8s';

/**
 * How long a pod may need to start and to stop. Each default is derived; `docs/lifecycle.md` shows the timeline.
 */
export interface LifecycleOptions {
  /**
   * From the start of the container to the first healthy answer. The kubelet restarts a pod that needs longer.
   *
   * @default - size of the weights divided by the load rate, plus 240 s, at least 600 s
   */
  readonly startupBudget?: Duration;

  /**
   * When a rollout counts as failed. Must be longer than the startup budget.
   *
   * @default - the startup budget, 600 s for scheduling and pulling the image, and the termination grace period,
   *   because a new pod may wait for the GPU of an old one
   */
  readonly progressDeadline?: Duration;

  /**
   * How long a terminating pod keeps serving until clients have stopped sending to it. The wait is needed: a draining
   * engine answers new requests with 500 while `/health` stays 200.
   *
   * @default - 15 s; plus the drain timeout if the engine cannot drain
   */
  readonly preStopDelay?: Duration;

  /**
   * How long running answers may continue after that. 0 cuts them.
   *
   * @default - 120 s
   */
  readonly drainTimeout?: Duration;

  /**
   * When Kubernetes kills the pod. Must cover the waits above and 20 s of teardown (30 s with tracing).
   *
   * @default - the sum of these
   */
  readonly terminationGracePeriod?: Duration;
}
