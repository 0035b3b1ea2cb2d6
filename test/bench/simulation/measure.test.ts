import { Fleet } from '../../../bench/simulation/fleet';
import { Measurements, quantile } from '../../../bench/simulation/measure';
import { TTFT_BUCKETS } from '../../../bench/simulation/replica';
import { EIGHT_B } from '../../../bench/simulation/workload';

const request = () => ({ arrival: 0, promptTokens: 512, outputTokens: 150, firstToken: undefined });

function fleetOf(pods: number): Fleet {
  const fleet = new Fleet(EIGHT_B);
  fleet.begin(pods);
  return fleet;
}

describe('Prometheus', () => {
  it('has the value of a gauge from the last scrape', () => {
    const fleet = fleetOf(1);
    const prometheus = new Measurements(60);
    for (let index = 0; index < 70; index += 1) fleet.arrive(request());
    prometheus.scrape(0, fleet);
    fleet.arrive(request());
    expect(prometheus.query({ of: 'inFlight' }, 14)).toBe(70);
    expect(prometheus.query({ of: 'waiting' }, 14)).toBe(6);
    expect(prometheus.query({ of: 'gateway' }, 14)).toBe(70);
  });

  it('needs two samples of a pod in the window for a rate', () => {
    const fleet = fleetOf(2);
    const prometheus = new Measurements(60);
    const completions = { of: 'completions', window: 60 } as const;
    prometheus.scrape(0, fleet);
    expect(prometheus.query(completions, 0)).toBeUndefined();
    for (let index = 0; index < 30; index += 1) fleet.arrive(request());
    fleet.advance(15);
    prometheus.scrape(15, fleet);
    expect(prometheus.query(completions, 15)).toBeCloseTo(2, 9);
    expect(prometheus.query({ of: 'arrivals', window: 60 }, 15)).toBeCloseTo(2, 9);
    expect(prometheus.query({ of: 'outputTokens', window: 60 }, 15)).toBeCloseTo(300, 6);
    expect(prometheus.query(completions, 74)).toBeUndefined();
  });

  it('has no result if it finds no pod, except from the gateway', () => {
    const fleet = fleetOf(1);
    const prometheus = new Measurements(60);
    fleet.arrive(request());
    prometheus.scrape(0, fleet, false);
    expect(prometheus.query({ of: 'inFlight' }, 0)).toBeUndefined();
    expect(prometheus.query({ of: 'gateway' }, 0)).toBe(1);
  });

  it('interpolates a quantile within its bucket, and has no result without observations', () => {
    const counts = TTFT_BUCKETS.concat(Infinity).map((edge) => (edge === 1 ? 90 : edge === 2.5 ? 10 : 0));
    expect(quantile(0.95, counts)).toBeCloseTo(1.75, 9);
    expect(quantile(0.45, counts)).toBeCloseTo(0.875, 9);
    expect(
      quantile(
        0.95,
        counts.map(() => 0),
      ),
    ).toBeUndefined();
    expect(
      quantile(
        0.5,
        counts.map((_, at) => (at === TTFT_BUCKETS.length ? 1 : 0)),
      ),
    ).toBe(2560);
  });
});
