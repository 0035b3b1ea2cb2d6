import { counter, gauge, type Lifetime, type Series } from './series';

/** Hashes of the pod templates, as Argo Rollouts writes them. */
export const HASHES = { canary: '6d4cf56db6', stable: '7c9d8f5648' } as const;
export type Version = keyof typeof HASHES;

/** Requests or tokens per second in each of three buckets: within half of the bound, within the bound, later. */
export type Latencies = readonly [fast: number, inTime: number, late: number];

/** Upper bounds of the buckets; the second one is that of the objective. */
const HISTOGRAMS = {
  first: ['vllm:time_to_first_token_seconds', '0.5', '1.0', '2.5'],
  tokens: ['vllm:inter_token_latency_seconds', '0.025', '0.05', '0.1'],
  ends: ['vllm:e2e_request_latency_seconds', '15.0', '30.0', '60.0'],
} as const;

/** What one pod does each second. */
export interface Work {
  /** Answered requests by status. */
  readonly answers: Readonly<Record<string, number>>;
  readonly handler?: string;
  /** First tokens, tokens after them, and ends of requests. */
  readonly first: Latencies;
  readonly tokens: Latencies;
  readonly ends: Latencies;
  /** Requests that fail in the engine, that clients abort, and that the limits of the queue reject. */
  readonly broken: number;
  readonly aborted: number;
  readonly rejected: number;
}

/** Four good requests per second: 1,200 in the window. */
export const GOOD: Work = {
  answers: { '2xx': 4, '4xx': 0 },
  first: [4, 0, 0],
  tokens: [40, 0, 0],
  ends: [4, 0, 0],
  broken: 0,
  aborted: 0,
  rejected: 0,
};

/** Every tenth request fails, and every fifth one of the others is slow. */
export const BAD: Work = {
  ...GOOD,
  answers: { '2xx': 3.6, '5xx': 0.4 },
  first: [3.2, 0, 0.8],
  tokens: [32, 0, 8],
  ends: [3.2, 0, 0.8],
};

/** The same work at another rate. */
export function times(factor: number, work: Work): Work {
  const all = (latencies: Latencies): Latencies => [
    latencies[0] * factor,
    latencies[1] * factor,
    latencies[2] * factor,
  ];
  return {
    ...work,
    answers: Object.fromEntries(Object.entries(work.answers).map(([status, rate]) => [status, rate * factor])),
    first: all(work.first),
    tokens: all(work.tokens),
    ends: all(work.ends),
    broken: work.broken * factor,
    aborted: work.aborted * factor,
    rejected: work.rejected * factor,
  };
}

/** Good work but for some of it. */
export const good = (more: Partial<Work>): Work => ({ ...GOOD, ...more });

/** Where a pod runs, and since when. */
interface Place {
  readonly namespace?: string;
  readonly app?: string;
  readonly suffix?: string;
  readonly lifetime?: Lifetime;
}

const targetOf = (version: Version, { namespace = 'llm', app = 'vllm', suffix = 'x7k2p' }: Place) => ({
  namespace,
  app,
  pod: `${app}-${HASHES[version]}-${suffix}`,
  container: 'vllm',
  rollouts_pod_template_hash: HASHES[version],
});

/** What a pod counts that has not had a request yet. */
export function fresh(version: Version, place: Place = {}): Series[] {
  const labels = { ...targetOf(version, place), model_name: 'llama', engine: '0' };
  return [
    gauge('vllm:num_requests_running', labels, 0),
    counter('vllm:request_success_total', { ...labels, finished_reason: 'error' }, 0),
  ];
}

/** What a pod of a version counts, with an engine for each work; the HTTP server counts for all of them. */
export function pod(version: Version, engines: readonly Work[], place: Place = {}): Series[] {
  const { lifetime } = place;
  const target = targetOf(version, place);
  const ofEngines = engines.flatMap((work, index) => {
    const labels = { ...target, model_name: 'llama', engine: `${index}` };
    const histograms = Object.entries(HISTOGRAMS).flatMap(([name, [metric, half, bound, double]]) => {
      const [fast, inTime, late] = work[name as keyof typeof HISTOGRAMS];
      const all = fast + inTime + late;
      const bucket = (le: string, rate: number) => counter(`${metric}_bucket`, { ...labels, le }, rate, lifetime);
      return [
        bucket(half, fast),
        bucket(bound, fast + inTime),
        bucket(double, all),
        bucket('+Inf', all),
        counter(`${metric}_count`, labels, all, lifetime),
      ];
    });
    const finished = { error: work.broken, abort: work.aborted, stop: work.first[0] };
    return [
      ...histograms,
      ...Object.entries(finished).map(([reason, rate]) =>
        counter('vllm:request_success_total', { ...labels, finished_reason: reason }, rate, lifetime),
      ),
      counter(
        'vllm:admission_rejections_total',
        { ...target, model_name: 'llama', reason: `max_num_queued_reqs_${index}` },
        work.rejected,
        lifetime,
      ),
    ];
  });
  const answers = new Map<string, number>();
  for (const { answers: each, handler = '/v1/chat/completions' } of engines) {
    for (const [status, rate] of Object.entries(each)) {
      const key = `${handler} ${status}`;
      answers.set(key, (answers.get(key) ?? 0) + rate);
    }
  }
  const http = [...answers].map(([key, rate]) => {
    const [handler = '', status = ''] = key.split(' ');
    return counter('http_requests_total', { ...target, handler, method: 'POST', status }, rate, lifetime);
  });
  return [...ofEngines, ...http];
}

/** Restarts of a container as kube-state-metrics reports them, in promtool's notation. */
export function restarts(name: string, values: string, container = 'vllm', namespace = 'llm'): Series {
  const labels = { namespace, pod: name, container, job: 'kube-state-metrics' };
  const matchers = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return [`kube_pod_container_status_restarts_total{${matchers.join(',')}}`, values];
}

/** The name of a pod of a version. */
export const podName = (version: Version, suffix = 'x7k2p'): string => `vllm-${HASHES[version]}-${suffix}`;

/** The stable version, with most of the requests. */
export const STABLE_GOOD = pod('stable', [times(20, GOOD)]);
