import { TIMING } from '../defaults';
import type { Finding } from '../preflight/finding';
import { error, notice, warning } from '../preflight/finding';
import type { TimingPlan } from './times';

const minutes = (seconds: number): string => `${seconds} s (${Math.round(seconds / 6) / 10} min)`;

/** Contradictions and surprises in the times of a pod. */
export function timingFindings(plan: TimingPlan): Finding[] {
  return [...contradictions(plan), ...startFindings(plan), ...stopFindings(plan)];
}

function contradictions({ startupBudget, progressDeadline, terminationGracePeriod, stop }: TimingPlan): Finding[] {
  const findings: Finding[] = [];
  if (progressDeadline.value <= startupBudget.value) {
    findings.push(
      error(
        'progress-deadline-too-short',
        'lifecycle.progressDeadline',
        `is ${progressDeadline.value} s, but a pod may need ${minutes(startupBudget.value)} to start: Kubernetes would report each slow rollout as failed`,
        `make it longer than ${startupBudget.value} s, or shorten lifecycle.startupBudget`,
      ),
    );
  }
  if (terminationGracePeriod.value < stop.value) {
    findings.push(
      error(
        'grace-period-too-short',
        'lifecycle.terminationGracePeriod',
        `is ${terminationGracePeriod.value} s, but stopping takes ${stop.value} s (${stop.reason}): running answers would be killed`,
        `make it at least ${stop.value} s, or shorten lifecycle.preStopDelay or lifecycle.drainTimeout`,
      ),
    );
  }
  return findings;
}

function startFindings({ input, startup: needed, startupBudget: budget }: TimingPlan): Finding[] {
  const findings: Finding[] = [];
  if (budget.value === 0) {
    findings.push(error('startup-budget-zero', 'lifecycle.startupBudget', 'is 0 s: no pod could start', 'remove it'));
  } else if (budget.value < needed.value) {
    findings.push(
      warning(
        'startup-budget-short',
        'lifecycle.startupBudget',
        `is ${budget.value} s, but a start takes about ${needed.value} s (${needed.reason}): pods would be restarted while they load`,
        `make it at least ${needed.value} s, or set loadRatePerSecond in Weights if the storage is faster`,
      ),
    );
  }
  if (input.weights === undefined && input.settings.startupBudget === undefined) {
    findings.push(
      error(
        'startup-budget-unknown',
        'lifecycle.startupBudget',
        input.onCpu
          ? 'cannot be derived: the size of the weights is unknown'
          : 'cannot be derived: the size of the weights and the memory of the accelerator are unknown',
        input.onCpu
          ? 'set architecture or weightsSize in Model.of'
          : 'set weightsSize in Model.of, memory in Accelerator.resource, or lifecycle.startupBudget',
      ),
    );
  }
  if (!input.readyTimeoutIsConfigurable && budget.value > TIMING.minStartupBudget) {
    findings.push(
      warning(
        'ready-timeout-fixed',
        'vllmVersion',
        `this version fails if its start needs more than ${TIMING.minStartupBudget} s, but the startup budget is ${minutes(budget.value)}`,
        'use vLLM 0.14 or later, or faster storage for the weights',
      ),
    );
  }
  return findings;
}

function stopFindings({ input, preStopDelay, terminationGracePeriod, obstacle }: TimingPlan): Finding[] {
  const findings: Finding[] = [];
  const drain = input.settings.drainTimeout ?? TIMING.drainTimeout;
  if (preStopDelay.value === 0) {
    findings.push(
      warning(
        'no-pre-stop-delay',
        'lifecycle.preStopDelay',
        'is 0 s: clients still send to a pod that got SIGTERM, and it answers 500 while /health stays 200',
        `remove it: the default is ${TIMING.preStopDelay} s`,
      ),
    );
  }
  if (terminationGracePeriod.value > TIMING.longGrace) {
    findings.push(
      notice(
        'long-grace-period',
        'lifecycle',
        `a pod that is deleted while it loads ignores SIGTERM and uses its full grace period of ${minutes(terminationGracePeriod.value)}: this slows rollbacks`,
        'shorten lifecycle.drainTimeout if that is too long',
      ),
    );
  }
  if (drain === 0) {
    findings.push(
      warning(
        'streams-are-cut',
        'lifecycle.drainTimeout',
        'is 0 s: each rollout and each scale-down ends running answers with finish_reason "abort"',
        'remove it, or acknowledge this finding',
      ),
    );
  } else if (obstacle !== undefined) {
    const isSet = input.settings.preStopDelay !== undefined;
    const enough = preStopDelay.value >= drain;
    const problem = `${obstacle}: the pod waits ${preStopDelay.value} s before SIGTERM instead`;
    if (isSet && !enough) {
      findings.push(
        error(
          'pre-stop-too-short',
          'lifecycle.preStopDelay',
          `is ${preStopDelay.value} s, shorter than the drain timeout of ${drain} s, and ${obstacle}`,
          `make it at least ${drain} s, or shorten lifecycle.drainTimeout`,
        ),
      );
    } else {
      findings.push(notice('drain-before-sigterm', 'lifecycle', problem, 'nothing to do; longer answers are cut'));
    }
  }
  return findings;
}
