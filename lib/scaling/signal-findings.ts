import { isExposed, metricOf } from '../engine/metric-roles';
import type { GatewayCounts } from '../metrics/gateway-counts';
import { NO_GATEWAY, uncountedFinding } from '../metrics/gateway-counts';
import type { ModelTask } from '../model/model-task';
import { hasTokens } from '../model/model-task';
import { quoteQuery, userQuery } from '../metrics/user-query';
import { querySeriesFindings } from '../plan/query-series';
import type { Finding } from '../preflight/finding';
import { error, notice, warning } from '../preflight/finding';
import { ENGINE_SIGNALS } from './signal-catalogue';
import type { SignalSpec } from './signal-spec';
import type { TriggerInput } from './triggers';

/** What the findings of a signal depend on. */
interface SignalInput extends Pick<TriggerInput, 'catalogue' | 'checked' | 'noReplicas'> {
  /** What the gateway in front of the stack counts; nothing is known about it when absent. */
  readonly gateway?: GatewayCounts;
  /** What the model does; undefined when it is not known. */
  readonly task?: ModelTask;
  /** All signals of the scaler. */
  readonly others?: readonly SignalSpec[];
  /** Seconds between two scrapes of the pods. */
  readonly scrapeInterval: number;
}

type Counter = NonNullable<Extract<SignalSpec, { of: 'gateway' }>['counter']>;
type Spec<Of> = Extract<SignalSpec, { of: Of }>;

function customFindings({ query, unchecked }: Spec<'custom'>, subject: string, input: SignalInput): Finding[] {
  if (unchecked) return [];
  const read = userQuery(query, subject);
  if ('findings' in read) return [...read.findings];
  const { noReplicas, catalogue } = input;
  const { result, single, mayBeNan, filters, required } = read.reading;
  const has = `has the query ${quoteQuery(query)}, which`;
  if (result === 'scalar') {
    // It decodes the result as a list of elements: kedacore/keda:pkg/scalers/prometheus_scaler.go, v2.20.2.
    const problem = `${has} is a number: KEDA reads a vector with one element only`;
    return [error('query-scalar', subject, problem, 'write vector(…) around it')];
  }
  const findings = querySeriesFindings(query, read.reading, subject, input);
  if (filters) {
    const problem = `${has} has no result while its comparison is false: KEDA treats that as a failure`;
    const fix = 'remove the comparison, since KEDA compares the value with target, or append "or vector(0)"';
    findings.push(warning('query-filters', subject, problem, fix));
  }
  if (!single) {
    const problem = `${has} may return several series: KEDA then fails and does not scale`;
    findings.push(warning('query-not-aggregated', subject, problem, 'begin the query with sum(…) or max(…)'));
  }
  if (mayBeNan) {
    const problem = `${has} is NaN without traffic: KEDA then fails and removes no replica`;
    findings.push(warning('query-may-be-nan', subject, problem, 'write it as "(…) >= 0 or vector(0)"'));
  }
  const engines = required.find((name) => catalogue.metric(name.replace(/_(bucket|sum|count)$/, '')) !== undefined);
  if (noReplicas !== undefined && engines !== undefined) {
    const problem = `reads ${engines}, which ends with the last replica: KEDA treats that as a failure and wakes the stack`;
    findings.push(warning('query-ends-at-zero', subject, problem, 'append "or vector(0)" to the query'));
  }
  return findings;
}

/** Problems of a counter that the user set. */
function counterFindings({ metric, presence }: Counter, subject: string, { noReplicas, catalogue }: SignalInput) {
  if (catalogue.metric(metric)) {
    const problem = `counts ${metric}, a metric of vLLM itself: it does not exist while no replica runs`;
    const fix = 'use a counter of the gateway in front of the stack';
    return [error('gateway-metric-of-vllm', `${subject}.metric`, problem, fix)];
  }
  const read = presence === undefined ? undefined : userQuery(presence, `${subject}.presence`);
  const findings = read && 'findings' in read ? [...read.findings] : [];
  if (noReplicas === undefined) return findings;
  if (metric.startsWith('envoy_cluster_upstream_rq')) {
    const problem = `counts ${metric}, which Envoy increments only after it has found a replica: it never wakes the stack`;
    const fix = 'use a counter of arriving requests, or gatewayTraffic of the stack instead of metric';
    findings.push(warning('gateway-never-wakes', `${subject}.metric`, problem, fix));
  }
  if (presence === undefined) {
    const problem =
      'has no presence: until its counter exists, KEDA treats the query as failed and keeps the stack awake';
    findings.push(warning('gateway-presence', subject, problem, 'set presence, for example up{job="router"}'));
  }
  return findings;
}

/** Problems of what the gateway of the stack counts. */
function trafficFindings(subject: string, { noReplicas, gateway = NO_GATEWAY, others = [] }: SignalInput): Finding[] {
  if (gateway.traffic === undefined) {
    const otherwise = 'set metric, matchers and presence of another counter in front of the stack';
    return [uncountedFinding(subject, gateway, otherwise)];
  }
  const { kind, exclusive } = gateway.traffic;
  if (kind === 'envoyGateway' && !exclusive && noReplicas !== undefined) {
    const problem =
      'wakes the stack with requests that have no route: Envoy counts requests without an endpoint for the whole Gateway, so those for other stacks at 0 replicas wake this one too';
    const fix = 'give the stack a Gateway of its own, and set proxies and exclusive of gatewayTraffic';
    return [notice('gateway-wakes-together', subject, problem, fix)];
  }
  if (kind === 'istio' && !others.some((each) => each.of === 'engine' && each.name === 'in-flight-requests')) {
    const problem =
      'follows a counter that Istio increments after the answer: a full replica reports a constant rate, so no replica is added';
    return [warning('signal-gateway-answers', subject, problem, 'add Signal.inFlightRequests beside it')];
  }
  return [];
}

function engineFindings(spec: Spec<'engine'>, subject: string, { checked, catalogue, task }: SignalInput): Finding[] {
  const signal = ENGINE_SIGNALS[spec.name];
  const names = signal.reads.map((role) => metricOf(role, catalogue));
  const missing = checked ? names.filter((name) => !isExposed(name, checked)) : [];
  const findings: Finding[] = missing.map((name) => {
    const problem = `needs the metric ${name}, which vLLM ${catalogue.release.text} does not expose`;
    return error('signal-metric-missing', subject, problem, 'use another signal, or another vllmVersion');
  });
  if (signal.ofTokens === true && task !== undefined && !hasTokens(task)) {
    const problem = `follows ${signal.unit}, and the task of the model is ${task}: it generates none`;
    const fix = 'use Signal.inFlightRequests, or set task in Model.of if the model generates';
    findings.push(error('signal-without-tokens', subject, problem, fix));
  }
  if (signal.warning !== undefined) {
    const fix = 'scale on Signal.inFlightRequests, and use this signal for alerts only';
    const { id, reason } = signal.warning;
    findings.push(warning(id, subject, `${spec.name}: ${reason}`, fix));
  }
  if (spec.name === 'generated-tokens' || spec.name === 'prompt-tokens') {
    const problem = `has a target of ${spec.target} ${signal.unit}: with a target near the capacity of a replica, no replica is added`;
    findings.push(notice('signal-throughput', subject, problem, 'stay below 70 % of the measured capacity'));
  }
  return findings;
}

/** Problems of one signal. */
export function signalFindings(spec: SignalSpec, subject: string, input: SignalInput): Finding[] {
  if (spec.of === 'custom') return customFindings(spec, subject, input);
  if (spec.of === 'gateway') {
    return spec.counter ? counterFindings(spec.counter, subject, input) : trafficFindings(subject, input);
  }
  return spec.of === 'engine' ? engineFindings(spec, subject, input) : [];
}
