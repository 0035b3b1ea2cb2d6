import { DELIVERY, SCALING } from '../../defaults';
import type { AuthenticationPlan } from '../../metrics/prometheus-authentication';
import { asksOneNamespace } from '../../metrics/openshift-thanos';
import { addressOf } from '../../metrics/prometheus-address';
import { prometheusFindings } from '../../metrics/prometheus-findings';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { decimal } from '../../units/decimal';
import type { RolloutPlan } from '../plan/rollout-plan';
import { firstShare, neediest } from '../plan/sample-size';

/** Times that do not fit the scrapes, and requests that never arrive. */
export const analysisFindings = (plan: RolloutPlan): Finding[] => [
  ...timeFindings(plan),
  ...requestFindings(plan),
  ...authenticationFindings(plan),
  ...serverFindings(plan),
];

function timeFindings({ analysis }: RolloutPlan): Finding[] {
  const { window, interval, scrapeInterval, successes, failures, measurements } = analysis;
  const findings: Finding[] = [];
  const least = SCALING.scrapesPerRate * scrapeInterval;
  if (window.value < least) {
    const problem = `is ${window.value} s, shorter than four scrapes of ${scrapeInterval} s: one missed scrape leaves no data`;
    findings.push(error('analysis-window-too-short', 'delivery.analysis.window', problem, `use ${least} s or more`));
  }
  if (interval.value < scrapeInterval) {
    const problem = `is ${interval.value} s, shorter than a scrape of ${scrapeInterval} s: measurements would repeat the same data`;
    const fix = `use ${scrapeInterval} s or more`;
    findings.push(error('analysis-interval-too-short', 'delivery.analysis.interval', problem, fix));
  }
  // Argo Rollouts ends the analysis with an error otherwise, which aborts the rollout (utils/analysis/factory.go, ValidateMetric).
  if (measurements < successes + failures) {
    const problem = `is ${measurements}, and ${successes} must pass in a row while ${failures} may fail: Argo Rollouts refuses fewer than both together, and every rollout would abort`;
    const fix = `use ${successes + failures} or more, or set fewer successes or failures`;
    findings.push(error('analysis-measurements', 'delivery.analysis.measurements', problem, fix));
  }
  return findings;
}

/** The arithmetic of samples, where the user knows the rate. */
function requestFindings(plan: RolloutPlan): Finding[] {
  const { requestRate } = plan.context.spec.analysis;
  const guard = neediest(plan.guards);
  if (requestRate === undefined || guard === undefined) return [];
  const share = firstShare(plan);
  const { window } = plan.analysis;
  const expected = Math.floor(decimal((requestRate * share * window.value) / DELIVERY.maxWeight));
  if (expected >= guard.minRequests) return [];
  const needed = Math.ceil(decimal((guard.minRequests * DELIVERY.maxWeight) / (requestRate * share)));
  const problem = `is ${requestRate}/s: at ${share} %, the new version gets ${expected} requests in ${window.value} s, and the guard ${guard.name} needs ${guard.minRequests}, so every rollout would pause`;
  const larger = Math.ceil(decimal((guard.minRequests * DELIVERY.maxWeight) / (requestRate * window.value)));
  const isRouted = plan.strategy === 'canary' && plan.router.kind !== 'none';
  const weights = isRouted && larger < DELIVERY.maxWeight ? `, begin weights with ${larger}` : '';
  const fix = `set analysis.window to ${needed} s or more${weights}, or set a smaller analysis.minRequests`;
  return [error('analysis-requests', 'delivery.analysis.requestRate', problem, fix)];
}

/** Argo Rollouts signs queries only for hosts with this in their name (metricproviders/prometheus/prometheus.go, v1.9). */
const SIGNED_HOSTS = 'aps-workspaces';

/** How an authentication is called that Argo Rollouts does not have for Prometheus; undefined for one that it has. */
function unsupported({ modes, secrets, identity }: AuthenticationPlan, address: string): string | undefined {
  if (identity?.provider === 'azure-workload') return 'by an identity in Azure';
  if (identity?.provider === 'gcp') return 'by an identity in Google Cloud';
  if (identity !== undefined && !address.includes(SIGNED_HOSTS)) {
    return `by signed queries to a host without "${SIGNED_HOSTS}" in its name`;
  }
  const refused = modes.filter((mode) => mode === 'basic' || mode === 'tls');
  if (refused.length > 0) return `by ${refused.join(' and ')}`;
  return 'ca' in secrets ? 'with a private authority (ca)' : undefined;
}

/** An authentication that Argo Rollouts cannot use. */
function authenticationFindings({ prometheus, context: { spec } }: RolloutPlan): Finding[] {
  const { authentication, address } = prometheus;
  if (authentication === undefined) return [];
  const subject = spec.prometheus ? 'delivery.prometheus' : 'scaling.prometheus';
  const supported = 'PrometheusAuthentication.bearer or header, or an address without authentication';
  const instead = spec.prometheus ? `use ${supported}` : `set prometheus in the delivery, with ${supported}`;
  if (authentication.existing) {
    const { kind, name } = authentication.existing;
    const problem = `authenticates by the ${kind} "${name}" of KEDA, which Argo Rollouts cannot read`;
    return [error('rollout-authentication', subject, problem, instead)];
  }
  const how = unsupported(authentication, address);
  if (how === undefined) return [];
  const problem = `authenticates ${how}, which Argo Rollouts does not support for Prometheus`;
  return [error('rollout-authentication', subject, problem, instead)];
}

/** The server of guards. That of the scaler has its findings there, apart from what only Argo Rollouts cannot do. */
function serverFindings({ prometheus, context: { spec } }: RolloutPlan): Finding[] {
  const subject = spec.prometheus ? 'delivery.prometheus' : 'scaling.prometheus';
  if (asksOneNamespace(addressOf(prometheus.address))) {
    const problem = `is "${prometheus.address}", whose port answers for one namespace, by a parameter that Argo Rollouts does not send`;
    const fix = spec.prometheus ? 'use port 9091' : 'set prometheus in the delivery, with port 9091';
    return [error('rollout-prometheus-namespace', subject, problem, fix)];
  }
  return spec.prometheus ? prometheusFindings({ subject, ...spec.prometheus, reader: 'Argo Rollouts' }) : [];
}
