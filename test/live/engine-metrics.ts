/** Bounds of vLLM's histogram of first tokens (vllm v1/metrics/loggers.py). */
const BOUNDS = [
  0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640, 2560,
];

const LABELS = 'engine="0",model_name="llama"';

/** The metrics of one engine that guards, scalers and alerts read, as vLLM has them. */
export class EngineMetrics {
  public running = 0;
  public waiting = 0;
  private readonly statuses = new Map<string, number>([['2xx', 0]]);
  private readonly buckets = BOUNDS.map(() => 0);
  private answered = 0;
  private seconds = 0;

  public count(status: number, firstToken: number): void {
    const group = `${Math.floor(status / 100)}xx`;
    this.statuses.set(group, (this.statuses.get(group) ?? 0) + 1);
    if (status !== 200) return;
    this.answered++;
    this.seconds += firstToken;
    BOUNDS.forEach((bound, at) => {
      if (firstToken <= bound) this.buckets[at] = (this.buckets[at] ?? 0) + 1;
    });
  }

  public text(): string {
    const ttft = 'vllm:time_to_first_token_seconds';
    const requests = [...this.statuses].map(
      ([status, count]) =>
        `http_requests_total{handler="/v1/chat/completions",method="POST",status="${status}"} ${count}`,
    );
    const buckets = [...BOUNDS.map((bound, at) => [bound, this.buckets[at]]), ['+Inf', this.answered]].map(
      ([bound, count]) => `${ttft}_bucket{${LABELS},le="${bound}"} ${count}`,
    );
    return [
      ...['# TYPE http_requests_total counter', ...requests],
      ...[`# TYPE ${ttft} histogram`, ...buckets],
      ...[`${ttft}_sum{${LABELS}} ${this.seconds}`, `${ttft}_count{${LABELS}} ${this.answered}`],
      '# TYPE vllm:request_success_total counter',
      `vllm:request_success_total{${LABELS},finished_reason="stop"} ${this.answered}`,
      ...this.gauge('num_requests_running', this.running),
      ...this.gauge('num_requests_waiting', this.waiting),
      ...this.gauge('kv_cache_usage_perc', 0.1),
      '',
    ].join('\n');
  }

  private gauge(name: string, value: number): string[] {
    return [`# TYPE vllm:${name} gauge`, `vllm:${name}{${LABELS}} ${value}`];
  }
}
