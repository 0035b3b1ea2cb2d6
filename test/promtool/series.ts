/** A series as promtool reads it: a selector and the values at each scrape. */
export type Series = readonly [selector: string, values: string];

/** Seconds between scrapes, as the library expects them. */
const STEP = 15;
export const INTERVAL = `${STEP}s`;

/** All queries run here, at the 41st scrape. */
export const EVALUATED_AT = '10m';

/** When a series was scraped. */
export type Lifetime = 'always' | 'until 2 minutes ago' | 'until 30 seconds ago' | 'for the first time now';

function values(start: number, slope: number, lifetime: Lifetime): string {
  const line = `${start}+${slope * STEP}`;
  switch (lifetime) {
    case 'always':
      return `${line}x40`;
    case 'until 2 minutes ago':
      return `${line}x31 stale`;
    case 'until 30 seconds ago':
      return `${line}x38 stale`;
    case 'for the first time now':
      return `_x40 ${start}`;
  }
}

type Labels = Readonly<Record<string, string>>;

function selector(metric: string, labels: Labels): string {
  const matchers = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${metric}{${matchers.join(',')}}`;
}

export function gauge(metric: string, labels: Labels, value: number, lifetime: Lifetime = 'always'): Series {
  return [selector(metric, labels), values(value, 0, lifetime)];
}

/** A counter that grows steadily. */
export function counter(metric: string, labels: Labels, perSecond: number, lifetime: Lifetime = 'always'): Series {
  return [selector(metric, labels), values(1000, perSecond, lifetime)];
}

/** What one engine does: totals now and rates per second. */
export interface Load {
  readonly running: number;
  readonly waiting: number;
  readonly kv: number;
  readonly generated: number;
  readonly prompt: number;
  /** Observations per second in three buckets of both histograms, cumulative. */
  readonly buckets: readonly [number, number, number];
}

export interface Pod {
  readonly name: string;
  readonly engines: readonly Load[];
  readonly namespace?: string;
  readonly app?: string;
  readonly lifetime?: Lifetime;
  /** Answered requests per second by path and status; none before the first request. */
  readonly requests: readonly (readonly [handler: string, status: string, perSecond: number])[];
}

/** Upper bounds of three of vLLM's own buckets. */
const BOUNDS = {
  'vllm:request_queue_time_seconds_bucket': ['0.3', '0.8', '2.0'],
  'vllm:time_to_first_token_seconds_bucket': ['0.5', '1.0', '2.5'],
} as const;

/** Everything that the signals read from a pod's /metrics, with the labels of its monitor. */
export function podSeries(pod: Pod, kvMetric: string): Series[] {
  const { name, engines, requests, lifetime } = pod;
  const { namespace = 'llm', app = 'vllm' } = pod;
  const target = { namespace, app, pod: name, container: 'vllm', endpoint: 'http', job: `${namespace}/${app}` };
  const ofEngines = engines.flatMap((load, index) => {
    const labels = { ...target, model_name: 'llama', engine: String(index) };
    const histograms = Object.entries(BOUNDS).flatMap(([metric, bounds]) =>
      [...bounds, '+Inf'].map((le, rank) =>
        counter(metric, { ...labels, le }, load.buckets[rank] ?? load.buckets[2], lifetime),
      ),
    );
    return [
      gauge('vllm:num_requests_running', labels, load.running, lifetime),
      gauge('vllm:num_requests_waiting', labels, load.waiting, lifetime),
      gauge(kvMetric, labels, load.kv, lifetime),
      counter('vllm:generation_tokens_total', labels, load.generated, lifetime),
      counter('vllm:prompt_tokens_total', labels, load.prompt, lifetime),
      ...histograms,
    ];
  });
  const http = requests.map(([handler, status, perSecond]) =>
    counter('http_requests_total', { ...target, handler, method: 'POST', status }, perSecond, lifetime),
  );
  return [...ofEngines, ...http];
}

/** What kube-state-metrics reports about a Deployment. */
export function replicas(count: number, more: Labels = {}): Series {
  const labels = { namespace: 'llm', deployment: 'vllm', job: 'kube-state-metrics', ...more };
  return gauge('kube_deployment_status_replicas', labels, count);
}
