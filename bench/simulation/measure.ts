import type { Fleet } from './fleet';
import type { Signal } from './policy';
import type { Replica } from './replica';
import { TTFT_BUCKETS } from './replica';

interface PodSample {
  readonly running: number;
  readonly waiting: number;
  readonly kvCacheUse: number;
  readonly completed: number;
  readonly generated: number;
  readonly firstTokens: readonly number[];
}

interface Scrape {
  readonly time: number;
  readonly arrived: number;
  readonly inFlight: number;
  readonly pods: ReadonlyMap<number, PodSample>;
}

const sample = (pod: Replica): PodSample => ({
  running: pod.running,
  waiting: pod.waiting,
  kvCacheUse: pod.kvCacheUse,
  completed: pod.completed,
  generated: pod.generated,
  firstTokens: [...pod.firstTokens],
});

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

/** Prometheus' histogram_quantile over buckets that are not cumulative; undefined without observations. */
export function quantile(share: number, counts: readonly number[]): number | undefined {
  const all = sum(counts);
  if (all === 0) return undefined;
  let rest = share * all;
  for (const [at, edge] of TTFT_BUCKETS.entries()) {
    const count = counts[at] ?? 0;
    const below = TTFT_BUCKETS[at - 1] ?? 0;
    if (rest <= count && count > 0) return below + (edge - below) * (rest / count);
    rest -= count;
  }
  return TTFT_BUCKETS.at(-1);
}

/**
 * The results of Prometheus. A gauge has the value of the last scrape. A rate is the difference between the first and
 * the last sample of each pod in the window, divided by the time between them. Prometheus also extrapolates to the
 * edges of the window; this is omitted, since it makes no difference for a steady counter.
 */
export class Measurements {
  private scrapes: Scrape[] = [];

  constructor(private readonly longestWindow: number) {}

  /** `reachable: false` is a scrape that finds no pods: the target is lost, not stopped. */
  scrape(time: number, fleet: Fleet, reachable = true): void {
    const pods = new Map((reachable ? fleet.ready : []).map((pod) => [pod.id, sample(pod)]));
    this.scrapes.push({ time, arrived: fleet.arrived, inFlight: fleet.inFlight, pods });
    this.scrapes = this.scrapes.filter((scrape) => scrape.time > time - this.longestWindow);
  }

  /** The result of a query; undefined without one. */
  query(signal: Signal, now: number): number | undefined {
    switch (signal.of) {
      case 'error':
        return undefined;
      case 'inFlight':
        return this.gauge((pod) => pod.running + pod.waiting);
      case 'waiting':
        return this.gauge((pod) => pod.waiting);
      case 'kvCache':
        return this.gauge((pod) => pod.kvCacheUse);
      case 'gateway':
        return this.scrapes.at(-1)?.inFlight;
      case 'arrivals':
        return this.arrivals(now, signal.window);
      case 'completions':
        return this.rate(now, signal.window, (pod) => pod.completed);
      case 'outputTokens':
        return this.rate(now, signal.window, (pod) => pod.generated);
      case 'timeToFirstToken': {
        const { window } = signal;
        const rates = [...TTFT_BUCKETS, Infinity].map((_, at) => this.rate(now, window, (pod) => pod.firstTokens[at]));
        return quantile(
          signal.quantile,
          rates.map((rate) => rate ?? 0),
        );
      }
    }
  }

  private gauge(read: (pod: PodSample) => number): number | undefined {
    const pods = [...(this.scrapes.at(-1)?.pods.values() ?? [])];
    return pods.length === 0 ? undefined : sum(pods.map(read));
  }

  private arrivals(now: number, window: number): number | undefined {
    const inside = this.scrapes.filter(({ time }) => time > now - window);
    const [first, last] = [inside[0], inside.at(-1)];
    return first && last && last !== first ? (last.arrived - first.arrived) / (last.time - first.time) : undefined;
  }

  private rate(now: number, window: number, read: (pod: PodSample) => number | undefined): number | undefined {
    const first = new Map<number, readonly [number, number]>();
    const rates = new Map<number, number>();
    for (const { time, pods } of this.scrapes) {
      if (time <= now - window) continue;
      for (const [id, pod] of pods) {
        const value = read(pod) ?? 0;
        const begin = first.get(id);
        if (begin) rates.set(id, (value - begin[1]) / (time - begin[0]));
        else first.set(id, [time, value]);
      }
    }
    return rates.size === 0 ? undefined : sum(rates.values());
  }
}
