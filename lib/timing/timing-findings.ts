import { TIMING } from '../defaults';
import type { Finding } from '../preflight/finding';
import { error, notice, warning } from '../preflight/finding';
import type { TimingPlan } from './times';

const minutes = (seconds: number): string => `${seconds} s (${Math.round(seconds / 6) / 10} min)`;

/** What contradicts itself, or will surprise somebody, in the times of a pod. */
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
        `is ${progressDeadline.value} s, but a pod may take ${minutes(startupBudget.value)} to start: every slow rollout would be reported as failed`,
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
    findings.push(
      error('startup-budget-zero', 'lifecycle.startupBudget', 'is 0 s: no pod could start', 'leave it out'),
    );
  } else if (budget.value < needed.value) {
    findings.push(
      warning(
        'startup-budget-short',
        'lifecycle.startupBudget',
        `is ${budget.value} s, but a start takes about ${needed.value} s (${needed.reason}): pods would be restarted while they load`,
        `make it at least ${needed.value} s, or say loadRatePerSecond in Weights if the storage is faster`,
      ),
    );
  }
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
  if (!input.readyTimeoutIsConfigurable && budget.value > TIMING.minStartupBudget) {
    findings.push(
      warning(
        'ready-timeout-fixed',
        'vllmVersion',
        `this version gives up after ${TIMING.minStartupBudget} s by itself, but the startup budget is ${minutes(budget.value)}`,
        'use vLLM 0.14 or later, or faster storage for the weights',
      ),
    );
  }
  return findings;
}

function stopFindings({ input, preStopDelay, terminationGracePeriod, obstacle }: TimingPlan): Finding[] {
  const findings: Finding[] = [];
  const drain = input.said.drainTimeout ?? TIMING.drainTimeout;
  if (preStopDelay.value === 0) {
    findings.push(
      warning(
        'no-pre-stop-delay',
        'lifecycle.preStopDelay',
        'is 0 s: clients still send to a pod that got SIGTERM, which answers 500 while /health stays 200',
        `leave it out: ${TIMING.preStopDelay} s is the default`,
      ),
    );
  }
  if (terminationGracePeriod.value > TIMING.longGrace) {
    findings.push(
      notice(
        'long-grace-period',
        'lifecycle',
        `a pod that is deleted while it loads ignores SIGTERM and takes all of its grace period of ${minutes(terminationGracePeriod.value)}: rollbacks are that slow`,
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
