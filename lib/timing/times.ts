import type { Decided } from '../defaults/decision';

/** What the user said, in seconds. */
export interface SaidTiming {
  readonly startupBudget?: number;
  readonly progressDeadline?: number;
  readonly preStopDelay?: number;
  readonly drainTimeout?: number;
  readonly terminationGracePeriod?: number;
}

/** What the timing depends on. */
export interface TimingInput {
  readonly said: SaidTiming;
  /** Weights that one pod loads, MiB; undefined when neither the model nor the accelerator tells. */
  readonly weights: Decided | undefined;
  /** MiB that a starting pod reads each second. */
  readonly loadRate: Decided;
  /** HTTP server processes: several of them cut streams instead of draining. */
  readonly apiServers: number;
  /** True when the pinned release drains reliably on SIGTERM. */
  readonly engineDrains: boolean;
  /** True when VLLM_ENGINE_READY_TIMEOUT_S exists in the pinned release. */
  readonly readyTimeoutIsConfigurable: boolean;
  readonly tracing: boolean;
}

/** One coherent decision about the start and the stop of a pod, in seconds, and what it was made from. */
export interface TimingPlan {
  readonly input: TimingInput;
  /** What a start takes, as far as it is known: what a scaler waits for. */
  readonly startup: Decided;
  readonly startupBudget: Decided;
  readonly progressDeadline: Decided;
  readonly preStopDelay: Decided;
  /** `--shutdown-timeout`; 0 where the engine does not drain. */
  readonly shutdownTimeout: Decided;
  readonly terminationGracePeriod: Decided;
  /** What stopping takes, and what the grace period must cover. */
  readonly stop: Decided;
  /** Why the engine does not drain by itself; undefined when it does. */
  readonly obstacle: string | undefined;
}
