import type { Section } from './section';

export const SCALING = [
  {
    title: 'Replicas and steps',
    docs: 'scaling.md#the-numbers-and-their-reasons',
    errors: {
      'fallback-above-max': 'The fallback has more replicas than the maximum.',
      'min-above-max': 'The minimum replicas are above the maximum.',
      'rate-window-too-long': 'The rate window is longer than the longest scale-down window of Kubernetes.',
      'rate-window-too-short': 'The rate window has fewer than four scrapes.',
      'scale-down-window': 'The scale-down window is outside the allowed range.',
      'scaler-name-too-long': 'The name of the ScaledObject is longer than KEDA allows.',
    },
  },
  {
    title: 'Signals',
    docs: 'scaling.md#signals',
    errors: {
      'gateway-metric-of-vllm': 'The metric of a gateway signal is one of vLLM itself.',
      'label-value-pattern': 'A pattern is the value of a label that must equal it, or a pattern is wrong.',
      'query-function': 'A function does not fit the type of a metric of vLLM, so its result is wrong or empty.',
      'query-metric-missing': 'The pinned vLLM version does not expose a metric that the query reads.',
      'query-scalar': 'The query returns a number, where a vector with one element is needed.',
      'query-syntax': 'A query or a series selector is not PromQL, so each evaluation would fail.',
      'schedule-above-max': 'A schedule sets more replicas than the maximum.',
      'schedule-below-min': 'A schedule sets no more replicas than the minimum, so it changes nothing.',
      'signal-metric-missing': 'The pinned vLLM version does not expose a metric that the signal needs.',
      'signal-without-tokens': 'The signal follows generated tokens, and the model generates none.',
      'signal-twice': 'Two signals have the same name.',
    },
    warnings: {
      'query-counter': 'A counter is read without its rate, or with a function for gauges.',
      'query-ends-at-zero': 'The query has no result without replicas, which KEDA treats as a failure.',
      'query-filters': 'The query has no result while its comparison is false, which KEDA treats as a failure.',
      'query-label': 'A metric of vLLM does not have the label, or never has the value, that the query names.',
      'query-may-be-nan': 'The query is NaN without traffic, which KEDA treats as a failure.',
      'query-metric-unknown': 'The query reads a metric with a name of vLLM that no known release exposes by default.',
      'query-not-aggregated': 'The query may return several series, with which KEDA fails and a guard decides nothing.',
      'query-range-short': 'A range is so short that it has fewer than two samples of a metric of vLLM.',
      'signal-gateway-answers': 'Istio counts a request when it is answered, so full replicas report a flat rate.',
      'signal-queue-time': 'The queue time rises only when the stack is too slow already.',
      'signal-queued-requests': 'The queue is 0 whenever capacity is right, so replicas swing between the limits.',
      'signal-request-rate': 'vLLM counts a request when it is answered, so a full replica reports a flat rate.',
      'signal-time-to-first-token': 'The time to first token rises only when the stack is too slow already.',
    },
    notices: {
      'signal-throughput': 'Token throughput stays below its target when the target is near the capacity.',
    },
  },
  {
    title: 'Scale to zero',
    docs: 'scaling.md#scale-to-zero',
    errors: {
      'cooldown-too-short': 'The cooldown ends before a woken replica has answered.',
      'fallback-and-zero': 'The fallback is above the minimum, so each wake from zero would start that many replicas.',
      'nothing-wakes': 'No signal can wake the stack from zero.',
      'polling-interval':
        'The polling interval and the tolerated failures do not cover the time in which the last replica stops.',
      'warm-pool-and-zero': 'A warm pool and scale to zero exclude each other.',
    },
    warnings: {
      'gateway-never-wakes':
        'The gateway counts requests only after it has found a replica, so it cannot wake the stack.',
      'gateway-presence': 'A gateway signal has no presence, so a missing counter keeps the stack awake.',
    },
    notices: {
      'gateway-wakes-together': 'Requests for other stacks behind the same Gateway may wake the stack.',
    },
  },
  {
    title: 'The server of Prometheus',
    docs: 'scaling.md#address-and-authentication',
    warnings: {
      'prometheus-host': 'The host of Prometheus has the form of no Service of Kubernetes.',
      'prometheus-identity':
        'A Prometheus that a cloud or OpenShift runs would refuse the queries: no identity or token fits it.',
      'prometheus-loopback': 'The address of Prometheus is that of the own pod.',
      'prometheus-namespace': 'The address of Prometheus has no namespace, so it is looked for in that of its reader.',
      'prometheus-other-program': 'The address of Prometheus looks like that of another program.',
      'prometheus-path': 'The path of Prometheus looks like a page, or differs from that of the query API of a cloud.',
      'prometheus-placeholder': 'The address of Prometheus was not filled in.',
    },
  },
  {
    title: 'Namespace',
    docs: 'scaling.md#what-prometheus-must-have',
    errors: {
      'namespace-unknown': 'The namespace is not set, so queries would count every stack of this name in the cluster.',
    },
  },
] as const satisfies readonly Section[];
