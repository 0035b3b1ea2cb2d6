import type { Decided } from '../defaults/decision';

/** What the user set, in seconds. */
export interface TimingSettings {
  readonly startupBudget?: number;
  readonly progressDeadline?: number;
  readonly preStopDelay?: number;
  readonly drainTimeout?: number;
  readonly terminationGracePeriod?: number;
}

/** What the timing depends on. */
export interface TimingInput {
  readonly settings: TimingSettings;
  /** Weights that one pod loads, MiB; undefined when neither the model nor the accelerator gives a size. */
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
  /** True without devices. */
  readonly onCpu: boolean;
}

/** All times of a pod's start and stop, decided together, in seconds, and their inputs. */
export interface TimingPlan {
  readonly input: TimingInput;
  /** How long a start takes, as far as it is known: a scaler waits for it. */
  readonly startup: Decided;
  readonly startupBudget: Decided;
  readonly progressDeadline: Decided;
  readonly preStopDelay: Decided;
  /** `--shutdown-timeout`; 0 where the engine does not drain. */
  readonly shutdownTimeout: Decided;
  readonly terminationGracePeriod: Decided;
  /** How long stopping takes: the grace period must cover it. */
  readonly stop: Decided;
  /** Why the engine does not drain; undefined when it does. */
  readonly obstacle: string | undefined;
}
