import { Catalogue } from '../engine/catalogue/catalogue';
import { SCALING } from '../defaults';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { NAME_SUFFIX } from '../plan/object-names';
import { prometheusFindings } from '../metrics/prometheus-findings';
import type { ScalerPlan } from './scaler';
import { signalFindings } from './signal-findings';

/** KEDA names the autoscaler `keda-hpa-` + the name. That is a label value of at most 63 characters. */
const MAX_NAME = 54;

/** What KEDA, its admission webhook or Kubernetes would refuse, and what would scale wrongly. */
export function scalerFindings(plan: ScalerPlan): Finding[] {
  return [
    ...limits(plan),
    ...windows(plan),
    ...names(plan),
    ...zero(plan),
    ...schedules(plan),
    ...signals(plan),
    ...server(plan),
  ];
}

/** The server that the user set; the default has no mistake. */
function server({ server: address, authentication, context: { serverIsSet } }: ScalerPlan): Finding[] {
  if (!serverIsSet) return [];
  return prometheusFindings({ subject: 'scaling.prometheus', address, authentication, reader: 'KEDA' });
}

function limits({ min, max, fallback, context: { warmPool } }: ScalerPlan): Finding[] {
  const findings: Finding[] = [];
  if (min.value > max) {
    const subject = warmPool > 0 ? 'scaling.warmPool' : 'scaling.minReplicas';
    const problem = `sets a minimum of ${min.value} replicas (${min.reason}), but maxReplicas is ${max}`;
    findings.push(error('min-above-max', subject, problem, `raise maxReplicas, or lower ${subject}`));
  }
  // The derived fallback is the minimum, which has its own finding above.
  if (fallback.replicas > max && fallback.replicas !== min.value) {
    const problem = `is ${fallback.replicas}, but maxReplicas is ${max}`;
    findings.push(error('fallback-above-max', 'scaling.fallback.replicas', problem, `use at most ${max}`));
  }
  return findings;
}

function windows({ down, context: { rateWindow, scrapeInterval } }: ScalerPlan): Finding[] {
  const findings: Finding[] = [];
  const minRateWindow = SCALING.scrapesPerRate * scrapeInterval;
  if (rateWindow < minRateWindow) {
    const problem = `is ${rateWindow} s, shorter than four scrapes of ${scrapeInterval} s: one missed scrape leaves no data`;
    findings.push(error('rate-window-too-short', 'scaling.rateWindow', problem, `use ${minRateWindow} s or more`));
  }
  if (rateWindow > SCALING.maxScaleDownWindow) {
    const problem = `is ${rateWindow} s: the scale-down window must cover it, and Kubernetes accepts at most ${SCALING.maxScaleDownWindow} s there`;
    const fix = `use ${SCALING.maxScaleDownWindow} s or less`;
    return [error('rate-window-too-long', 'scaling.rateWindow', problem, fix)];
  }
  const minWindow = Math.max(SCALING.scaleDownWindow, rateWindow);
  const { window } = down;
  if (window < minWindow || window > SCALING.maxScaleDownWindow) {
    const problem = `is ${window} s, but with a rate window of ${rateWindow} s it must be ${minWindow} to ${SCALING.maxScaleDownWindow} s: a replica that is removed too early takes minutes to start again`;
    const fix = 'use a value in that range, or remove it';
    findings.push(error('scale-down-window', 'scaling.speed.scaleDownWindow', problem, fix));
  }
  return findings;
}

function names({ name, triggers, context: { namespace } }: ScalerPlan): Finding[] {
  const findings: Finding[] = [];
  if (name.length > MAX_NAME) {
    const problem = `makes the name of the ScaledObject "${name}" ${name.length} characters long, and KEDA accepts ${MAX_NAME}`;
    const max = MAX_NAME - NAME_SUFFIX.scaledObject.length;
    findings.push(error('scaler-name-too-long', 'name', problem, `use at most ${max} characters with Scaling.keda`));
  }
  if (namespace === undefined) {
    const problem = 'is unset: queries would count every stack of this name in the cluster';
    findings.push(
      error('namespace-unknown', 'namespace', problem, 'set it in the stack, or in the props of the chart'),
    );
  }
  const seen = new Set<string>();
  triggers.forEach(({ name: each }, index) => {
    if (seen.has(each)) {
      const problem = `is named "${each}", and another signal has the same name`;
      const fix = 'remove one of them, or rename it';
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
    const problem = 'has no signal that can wake the stack: vLLM’s own metrics end with the last replica';
    findings.push(
      error('nothing-wakes', 'scaling.scaleToZero', problem, 'add Signal.gatewayRequests, or remove scaleToZero'),
    );
  }
  if (warmPool > 0) {
    const problem = `is ${warmPool}, but scaleToZero removes every replica`;
    findings.push(error('warm-pool-and-zero', 'scaling.warmPool', problem, 'remove one of them'));
  }
  if (fallback.replicas > min.value) {
    const problem = `is ${fallback.replicas}: a replica has no metrics while it loads, so each wake from zero would start ${fallback.replicas} replicas`;
    findings.push(error('fallback-and-zero', 'scaling.fallback.replicas', problem, `remove it, or use ${min.value}`));
  }
  if (toZero.cooldown < awake) {
    const problem = `is ${toZero.cooldown} s, but a new replica needs up to ${awake} s for its first answer: it would be removed while it loads`;
    findings.push(error('cooldown-too-short', 'scaling.scaleToZero.cooldown', problem, `use ${awake} s or more`));
  }
  const patience = toZero.pollingInterval * fallback.failureThreshold;
  if (patience < SCALING.minPatience || toZero.pollingInterval > SCALING.maxPollingInterval) {
    const problem = `is ${toZero.pollingInterval} s with a failureThreshold of ${fallback.failureThreshold}: vLLM’s series end up to ${SCALING.minPatience} s before kube-state-metrics reports 0 replicas`;
    const fix = `use 15 to ${SCALING.maxPollingInterval} s, and a failureThreshold that covers at least ${SCALING.minPatience} s`;
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
    // With scaleToZero, a schedule of the minimum still has an effect: it keeps the stack awake.
    if (trigger.replicas > min.value || (toZero && trigger.replicas === min.value)) return [];
    const problem = toZero
      ? `is ${trigger.replicas}, but an awake stack has at least ${min.value} replicas (${min.reason})`
      : `is ${trigger.replicas}, but ${min.value} replicas always run (${min.reason}): the schedule has no effect`;
    const fix = `use ${toZero ? `${min.value} or more` : `more than ${min.value}`}, or remove the schedule`;
    return [error('schedule-below-min', subject, problem, fix)];
  });
}

function signals({
  target,
  toZero,
  context: { specs, gateway, release, task, versionIsChecked, scrapeInterval },
}: ScalerPlan): Finding[] {
  const catalogue = Catalogue.of(release);
  const input = {
    catalogue,
    checked: versionIsChecked ? catalogue : undefined,
    noReplicas: toZero && target.noReplicas,
    gateway,
    task,
    others: specs,
    scrapeInterval,
  };
  return specs.flatMap((spec, index) => signalFindings(spec, `scaling.signals[${index}]`, input));
}
