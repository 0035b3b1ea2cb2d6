import { Catalogue } from '../engine/catalogue/catalogue';
import { SCALING } from '../defaults';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { NAME_SUFFIX } from '../plan/object-names';
import type { ScalerPlan } from './scaler';
import { signalFindings } from './signal-findings';

/** KEDA names the autoscaler `keda-hpa-` + the name, and that is a label value of at most 63 characters. */
const MAX_NAME = 54;

/** What KEDA, its admission webhook or Kubernetes would refuse, and what would scale wrongly. */
export function scalerFindings(plan: ScalerPlan): Finding[] {
  return [...limits(plan), ...windows(plan), ...names(plan), ...zero(plan), ...schedules(plan), ...signals(plan)];
}

function limits({ min, max, fallback, context: { warmPool } }: ScalerPlan): Finding[] {
  const findings: Finding[] = [];
  if (min.value > max) {
    const subject = warmPool > 0 ? 'scaling.warmPool' : 'scaling.minReplicas';
    const problem = `makes ${min.value} replicas the least (${min.reason}), but maxReplicas is ${max}`;
    findings.push(error('min-above-max', subject, problem, `raise maxReplicas, or lower ${subject}`));
  }
  // What is derived is the least, about which there is a finding already.
  if (fallback.replicas > max && fallback.replicas !== min.value) {
    const problem = `is ${fallback.replicas}, but maxReplicas is ${max}`;
    findings.push(error('fallback-above-max', 'scaling.fallback.replicas', problem, `use at most ${max}`));
  }
  return findings;
}

function windows({ down, context: { rateWindow, scrapeInterval } }: ScalerPlan): Finding[] {
  const findings: Finding[] = [];
  const leastRate = SCALING.scrapesPerRate * scrapeInterval;
  if (rateWindow < leastRate) {
    const problem = `is ${rateWindow} s, fewer than four scrapes of ${scrapeInterval} s: one missed scrape empties it`;
    findings.push(error('rate-window-too-short', 'scaling.rateWindow', problem, `use ${leastRate} s or more`));
  }
  if (rateWindow > SCALING.maxScaleDownWindow) {
    const problem = `is ${rateWindow} s: the scale-down window must cover it, and Kubernetes takes ${SCALING.maxScaleDownWindow} s there`;
    const fix = `use ${SCALING.maxScaleDownWindow} s or less`;
    return [error('rate-window-too-long', 'scaling.rateWindow', problem, fix)];
  }
  const least = Math.max(SCALING.scaleDownWindow, rateWindow);
  const { window } = down;
  if (window < least || window > SCALING.maxScaleDownWindow) {
    const problem = `is ${window} s; allowed are ${least} to ${SCALING.maxScaleDownWindow} s, with a rate window of ${rateWindow} s`;
    const fix = 'a replica that goes too early takes minutes to come back: leave it out, or use a value in that range';
    findings.push(error('scale-down-window', 'scaling.speed.scaleDownWindow', problem, fix));
  }
  return findings;
}

function names({ name, triggers, context: { namespace } }: ScalerPlan): Finding[] {
  const findings: Finding[] = [];
  if (name.length > MAX_NAME) {
    const problem = `gives the ScaledObject "${name}" ${name.length} characters, and KEDA takes ${MAX_NAME}`;
    const most = MAX_NAME - NAME_SUFFIX.scaledObject.length;
    findings.push(error('scaler-name-too-long', 'name', problem, `use at most ${most} characters with Scaling.keda`));
  }
  if (namespace === undefined) {
    const problem = 'is not known, so that queries would count every stack of this name in the cluster';
    findings.push(
      error('namespace-unknown', 'namespace', problem, 'say it in the stack, or in the props of the chart'),
    );
  }
  const seen = new Set<string>();
  triggers.forEach(({ name: each }, index) => {
    if (seen.has(each)) {
      const problem = `is called "${each}", as another signal is`;
      const fix = 'keep one of them, or give it another name';
      findings.push(error('signal-twice', `scaling.signals[${index}]`, problem, fix));
    }
    seen.add(each);
  });
  return findings;
}

function zero({ toZero, fallback, min, context: { specs, warmPool, awake } }: ScalerPlan): Finding[] {
  if (toZero === undefined) return [];
  const findings: Finding[] = [];
  if (!specs.some(({ of }) => of === 'gateway')) {
    const problem = 'has no signal that could wake the stack: vLLM’s own metrics end with the last replica';
    findings.push(
      error('nothing-wakes', 'scaling.scaleToZero', problem, 'add Signal.gatewayRequests, or leave it out'),
    );
  }
  if (warmPool > 0) {
    const problem = `is ${warmPool}, but scaleToZero lets every replica go`;
    findings.push(error('warm-pool-and-zero', 'scaling.warmPool', problem, 'keep one of the two'));
  }
  if (fallback.replicas > min.value) {
    const problem = `is ${fallback.replicas}: a replica that loads has no metrics yet, so each wake from zero would order as many`;
    findings.push(
      error('fallback-and-zero', 'scaling.fallback.replicas', problem, `leave it out, or use ${min.value}`),
    );
  }
  if (toZero.cooldown < awake) {
    const problem = `is ${toZero.cooldown} s, but a woken replica needs up to ${awake} s before it has answered: it would go while it loads`;
    findings.push(error('cooldown-too-short', 'scaling.scaleToZero.cooldown', problem, `use ${awake} s or more`));
  }
  const patience = toZero.pollingInterval * fallback.failureThreshold;
  if (patience < SCALING.leastPatience || toZero.pollingInterval > SCALING.maxPollingInterval) {
    const problem = `is ${toZero.pollingInterval} s with ${fallback.failureThreshold} failures borne: vLLM’s series end up to ${SCALING.leastPatience} s before kube-state-metrics says that no replica is left`;
    const fix = `use 15 to ${SCALING.maxPollingInterval} s, and bear failures for ${SCALING.leastPatience} s or more`;
    findings.push(error('polling-interval', 'scaling.scaleToZero.pollingInterval', problem, fix));
  }
  return findings;
}

function schedules({ triggers, max, min, toZero }: ScalerPlan): Finding[] {
  return triggers.flatMap((trigger, index) => {
    if (trigger.type !== 'cron') return [];
    const subject = `scaling.signals[${index}].replicas`;
    if (trigger.replicas > max) {
      return [
        error('schedule-above-max', subject, `is ${trigger.replicas}, but maxReplicas is ${max}`, `use at most ${max}`),
      ];
    }
    // With scaleToZero the fewest replicas are something too: the stack is awake.
    if (trigger.replicas > min.value || (toZero && trigger.replicas === min.value)) return [];
    const problem = toZero
      ? `is ${trigger.replicas}, but an awake stack has at least ${min.value} replicas (${min.reason})`
      : `is ${trigger.replicas}, and ${min.value} replicas are always there (${min.reason}): it changes nothing`;
    const fix = `use ${toZero ? `${min.value} or more` : `more than ${min.value}`}, or leave the schedule out`;
    return [error('schedule-below-min', subject, problem, fix)];
  });
}

function signals({ target, toZero, context: { specs, release, versionIsChecked } }: ScalerPlan): Finding[] {
  const catalogue = Catalogue.of(release);
  const input = {
    catalogue,
    checked: versionIsChecked ? catalogue : undefined,
    noReplicas: toZero && target.noReplicas,
  };
  return specs.flatMap((spec, index) => signalFindings(spec, `scaling.signals[${index}]`, input));
}
