import { TIMING } from '../defaults';
import type { Finding } from '../preflight/finding';
import { error, notice, warning } from '../preflight/finding';
import type { Decided } from './decision';
import { decide } from './decision';

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

/** One coherent decision about the start and the stop of a pod, in seconds. */
export interface TimingPlan {
  readonly startupBudget: Decided;
  readonly progressDeadline: Decided;
  readonly preStopDelay: Decided;
  /** `--shutdown-timeout`; 0 where the engine does not drain. */
  readonly shutdownTimeout: Decided;
  readonly terminationGracePeriod: Decided;
  readonly findings: readonly Finding[];
}

const minutes = (seconds: number): string => `${seconds} s (${Math.round(seconds / 6) / 10} min)`;

function startupBudget({ said, weights, loadRate }: TimingInput): Decided {
  return decide(said.startupBudget, 'lifecycle.startupBudget', () => {
    const loading = weights === undefined ? 0 : Math.ceil(weights.value / loadRate.value);
    const needed = loading + TIMING.engineStart;
    // Whole minutes: a small change of the inputs then seldom changes the YAML.
    const value = Math.max(TIMING.minStartupBudget, Math.ceil(needed / 60) * 60);
    const load = `${loading} s to read ${Math.round((weights?.value ?? 0) / 102.4) / 10} GiB at ${loadRate.value} MiB/s`;
    const sum = `${load}, ${TIMING.engineStart} s to compile and capture graphs`;
    return { value, reason: value > needed + 60 ? `${sum}; at least ${TIMING.minStartupBudget} s` : sum };
  });
}

/** Why the engine cannot be trusted with the drain, or undefined when it can. */
function whyNotEngine({ engineDrains, apiServers }: TimingInput): string | undefined {
  if (apiServers > 1) return `${apiServers} API servers cut streams on SIGTERM`;
  return engineDrains ? undefined : 'this vLLM version does not drain reliably on SIGTERM';
}

function stop(input: TimingInput): Pick<TimingPlan, 'preStopDelay' | 'shutdownTimeout'> {
  const { said } = input;
  const drain = said.drainTimeout ?? TIMING.drainTimeout;
  const drainReason =
    said.drainTimeout === undefined ? 'longest answer that survives a rollout' : 'said in lifecycle.drainTimeout';
  const obstacle = whyNotEngine(input);
  if (obstacle === undefined) {
    return {
      preStopDelay: decide(said.preStopDelay, 'lifecycle.preStopDelay', () => ({
        value: TIMING.preStopDelay,
        reason: 'endpoints and gateways learn that the pod leaves',
      })),
      shutdownTimeout: { value: drain, reason: drainReason },
    };
  }
  return {
    preStopDelay: decide(said.preStopDelay, 'lifecycle.preStopDelay', () => ({
      value: TIMING.preStopDelay + drain,
      reason: `${TIMING.preStopDelay} s for endpoints and gateways, ${drain} s for running answers because ${obstacle}`,
    })),
    shutdownTimeout: { value: 0, reason: obstacle },
  };
}

/** Decides how long a pod may take to start and to stop, and finds contradictions in what was said. */
export function planTiming(input: TimingInput): TimingPlan {
  const { said, tracing } = input;
  const startup = startupBudget(input);
  const progressDeadline = decide(said.progressDeadline, 'lifecycle.progressDeadline', () => ({
    value: startup.value + TIMING.schedulingAndPull,
    reason: `startup budget, ${TIMING.schedulingAndPull} s to schedule the pod and pull the image`,
  }));
  const { preStopDelay, shutdownTimeout } = stop(input);
  const teardown = TIMING.teardown + (tracing ? TIMING.tracingTeardown : 0);
  const needed = preStopDelay.value + shutdownTimeout.value + teardown;
  const waits = `${preStopDelay.value} s before SIGTERM, ${shutdownTimeout.value} s drain, ${teardown} s teardown`;
  const terminationGracePeriod = decide(said.terminationGracePeriod, 'lifecycle.terminationGracePeriod', () => ({
    value: needed,
    reason: waits,
  }));

  const findings: Finding[] = [];
  if (progressDeadline.value <= startup.value) {
    findings.push(
      error(
        'progress-deadline-too-short',
        'lifecycle.progressDeadline',
        `is ${progressDeadline.value} s, but a pod may take ${minutes(startup.value)} to start: every slow rollout would be reported as failed`,
        `make it longer than ${startup.value} s, or shorten lifecycle.startupBudget`,
      ),
    );
  }
  if (terminationGracePeriod.value < needed) {
    findings.push(
      error(
        'grace-period-too-short',
        'lifecycle.terminationGracePeriod',
        `is ${terminationGracePeriod.value} s, but stopping takes ${needed} s (${waits}): running answers would be killed`,
        `make it at least ${needed} s, or shorten lifecycle.preStopDelay or lifecycle.drainTimeout`,
      ),
    );
  }
  return {
    startupBudget: startup,
    progressDeadline,
    preStopDelay,
    shutdownTimeout,
    terminationGracePeriod,
    findings: [...findings, ...startFindings(input, startup), ...stopFindings(input, preStopDelay)],
  };
}

function startFindings(input: TimingInput, startup: Decided): Finding[] {
  const findings: Finding[] = [];
  if (input.weights === undefined && input.said.startupBudget === undefined) {
    findings.push(
      error(
        'startup-budget-unknown',
        'lifecycle.startupBudget',
        'cannot be derived: the size of the weights is unknown, and so is the memory of the accelerator',
        'say weightsSize in Model.of, memory in Accelerator.resource, or lifecycle.startupBudget itself',
      ),
    );
  }
  if (!input.readyTimeoutIsConfigurable && startup.value > TIMING.minStartupBudget) {
    findings.push(
      warning(
        'ready-timeout-fixed',
        'vllmVersion',
        `this version gives up after ${TIMING.minStartupBudget} s by itself, but the startup budget is ${minutes(startup.value)}`,
        'use vLLM 0.14 or later, or faster storage for the weights',
      ),
    );
  }
  return findings;
}

function stopFindings(input: TimingInput, preStopDelay: Decided): Finding[] {
  const findings: Finding[] = [];
  const drain = input.said.drainTimeout ?? TIMING.drainTimeout;
  const obstacle = whyNotEngine(input);
  if (drain === 0) {
    findings.push(
      warning(
        'streams-are-cut',
        'lifecycle.drainTimeout',
        'is 0 s: each rollout and each scale-down ends running answers with finish_reason "abort"',
        'leave it out, or acknowledge this finding',
      ),
    );
  } else if (obstacle !== undefined) {
    const said = input.said.preStopDelay !== undefined;
    const enough = preStopDelay.value >= drain;
    const problem = `${obstacle}: the pod waits ${preStopDelay.value} s before SIGTERM instead`;
    if (said && !enough) {
      findings.push(
        error(
          'pre-stop-too-short',
          'lifecycle.preStopDelay',
          `is ${preStopDelay.value} s, shorter than the drain timeout of ${drain} s, and ${obstacle}`,
          `make it at least ${drain} s, or shorten lifecycle.drainTimeout`,
        ),
      );
    } else {
      findings.push(
        notice('drain-before-sigterm', 'lifecycle', problem, 'nothing to do; answers longer than that are cut'),
      );
    }
  }
  return findings;
}
