import { CPU, TIMING } from '../defaults';
import { inGibibytes, MIB_PER_GIB } from '../units/mebibytes';
import type { Decided } from '../defaults/decision';
import { decide } from '../defaults/decision';
import type { TimingSettings, TimingInput, TimingPlan } from './times';

function startupBudget(settings: TimingSettings, { value: needed, reason }: Decided): Decided {
  return decide(settings.startupBudget, 'lifecycle.startupBudget', () => {
    // Whole minutes: a small change of the inputs rarely changes the YAML.
    const rounded = Math.ceil(needed / 60) * 60;
    return rounded < TIMING.minStartupBudget
      ? { value: TIMING.minStartupBudget, reason: `${reason}; at least ${TIMING.minStartupBudget} s` }
      : { value: rounded, reason: `${reason}; in whole minutes` };
  });
}

/** How long a start takes, as far as it is known. */
function startupOf({ weights, loadRate, onCpu }: TimingInput): Decided {
  const warmUp = onCpu ? Math.ceil(((weights?.value ?? 0) / MIB_PER_GIB) * CPU.warmUpPerGib) : 0;
  const toCompile = onCpu ? `compile, ${warmUp} s to compute a first batch on CPU` : 'compile and capture graphs';
  const loading = weights === undefined ? 0 : Math.ceil(weights.value / loadRate.value);
  const size = weights === undefined ? 'weights of unknown size' : inGibibytes(weights.value);
  return {
    value: loading + TIMING.engineStart + warmUp,
    reason: `${loading} s to read ${size} at ${loadRate.value} MiB/s, ${TIMING.engineStart} s to ${toCompile}`,
  };
}

/** Why the engine cannot drain reliably; undefined when it can. */
function whyNotEngine({ engineDrains, apiServers }: TimingInput): string | undefined {
  if (apiServers > 1) return `${apiServers} API servers cut streams on SIGTERM`;
  return engineDrains ? undefined : 'this vLLM version does not drain reliably on SIGTERM';
}

function stopOf(input: TimingInput): Pick<TimingPlan, 'preStopDelay' | 'shutdownTimeout'> {
  const { settings } = input;
  const drain = settings.drainTimeout ?? TIMING.drainTimeout;
  const drainReason =
    settings.drainTimeout === undefined ? 'longest answer that survives a rollout' : 'set in lifecycle.drainTimeout';
  const obstacle = whyNotEngine(input);
  if (obstacle === undefined) {
    return {
      preStopDelay: decide(settings.preStopDelay, 'lifecycle.preStopDelay', () => ({
        value: TIMING.preStopDelay,
        reason: 'time for endpoints and gateways to remove the pod',
      })),
      shutdownTimeout: { value: drain, reason: drainReason },
    };
  }
  return {
    preStopDelay: decide(settings.preStopDelay, 'lifecycle.preStopDelay', () => ({
      value: TIMING.preStopDelay + drain,
      reason: `${TIMING.preStopDelay} s for endpoints and gateways, ${drain} s for running answers because ${obstacle}`,
    })),
    shutdownTimeout: { value: 0, reason: obstacle },
  };
}

/** Decides how long a pod may need to start and to stop. */
export function planTiming(input: TimingInput): TimingPlan {
  const { settings, tracing } = input;
  const startup = startupOf(input);
  const budget = startupBudget(settings, startup);
  const { preStopDelay, shutdownTimeout } = stopOf(input);
  const teardown = TIMING.teardown + (tracing ? TIMING.tracingTeardown : 0);
  const stopping = {
    value: preStopDelay.value + shutdownTimeout.value + teardown,
    reason: `${preStopDelay.value} s before SIGTERM, ${shutdownTimeout.value} s drain, ${teardown} s teardown`,
  };
  const terminationGracePeriod = decide(
    settings.terminationGracePeriod,
    'lifecycle.terminationGracePeriod',
    () => stopping,
  );
  const progressDeadline = decide(settings.progressDeadline, 'lifecycle.progressDeadline', () => ({
    value: budget.value + TIMING.schedulingAndPull + terminationGracePeriod.value,
    reason: `startup budget, ${TIMING.schedulingAndPull} s to schedule the pod and pull the image, ${terminationGracePeriod.value} s for an old pod to ${input.onCpu ? 'stop' : 'release its GPU'}`,
  }));
  return {
    input,
    startup,
    startupBudget: budget,
    progressDeadline,
    preStopDelay,
    shutdownTimeout,
    terminationGracePeriod,
    stop: stopping,
    obstacle: whyNotEngine(input),
  };
}
