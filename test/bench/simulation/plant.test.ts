import { arrivals } from '../../../bench/simulation/arrivals';
import { Fleet } from '../../../bench/simulation/fleet';
import type { ScalingPolicy } from '../../../bench/simulation/policy';
import type { Request } from '../../../bench/simulation/replica';
import { Replica } from '../../../bench/simulation/replica';
import { simulate } from '../../../bench/simulation/simulate';
import { flat } from '../../../bench/simulation/traces';
import { batchSize, capacity, EIGHT_B, inFlightAt, interTokenLatency } from '../../../bench/simulation/workload';

const fixed = (count: number): ScalingPolicy => ({ minReplicas: count, maxReplicas: count, triggers: [] });
const request = (arrival = 0): Request => ({ arrival, promptTokens: 512, outputTokens: 150, firstToken: undefined });
const READ = 512 / 15_000;

describe('a replica', () => {
  it('serves B / (OSL · ITL(B)) requests per second when it is full', () => {
    expect(batchSize(EIGHT_B)).toBe(64);
    expect(capacity(EIGHT_B)).toBeCloseTo(64 / (150 * (0.02058 + 0.00041 * 64)), 9);
    const { completed } = simulate({ workload: EIGHT_B, policy: fixed(1), trace: flat(12, 1200) });
    expect(completed / 1200 / capacity(EIGHT_B)).toBeGreaterThan(0.98);
    expect(completed / 1200 / capacity(EIGHT_B)).toBeLessThanOrEqual(1);
  });

  it('reads one prompt after the other, and gives each sequence a token per ITL(b)', () => {
    const replica = new Replica(0, EIGHT_B, 0);
    const [first, second] = [request(), request()];
    replica.take(first);
    replica.take(second);
    replica.advance(1);
    expect(first.firstToken).toBeCloseTo(READ, 9);
    expect(second.firstToken).toBeCloseTo(2 * READ, 9);
    const alone = READ / interTokenLatency(EIGHT_B, 1);
    expect(replica.generated).toBeCloseTo(alone + (2 * (1 - 2 * READ)) / interTokenLatency(EIGHT_B, 2), 6);
  });

  it('runs no more than its batch, and no more than its KV cache holds', () => {
    const many = new Replica(0, EIGHT_B, 0);
    for (let index = 0; index < 70; index += 1) many.take(request());
    expect([many.running, many.waiting]).toEqual([64, 6]);
    const small = new Replica(0, { ...EIGHT_B, kvTokens: 10 * 662 + 1 }, 0);
    for (let index = 0; index < 70; index += 1) small.take(request());
    expect([small.running, small.waiting]).toEqual([10, 60]);
    small.advance(1);
    expect(small.kvCacheUse).toBeGreaterThan(0.8);
    small.advance(100);
    expect([small.load, small.completed]).toEqual([0, 70]);
    expect(small.kvCacheUse).toBeCloseTo(0, 9);
  });

  it('has as many requests in flight as Little’s law predicts', () => {
    const rate = 6;
    const { meanInFlight, requests } = simulate({ workload: EIGHT_B, policy: fixed(1), trace: flat(rate, 1800) });
    expect(requests).toBe(rate * 1800);
    expect(meanInFlight / inFlightAt(EIGHT_B, rate)).toBeCloseTo(1, 1);
    const decoding = inFlightAt(EIGHT_B, rate) - rate * READ;
    expect(decoding).toBeCloseTo(rate * 150 * interTokenLatency(EIGHT_B, decoding), 6);
  });
});

describe('a fleet', () => {
  it('sends each request to the least loaded pod', () => {
    const fleet = new Fleet(EIGHT_B);
    fleet.begin(3);
    for (let index = 0; index < 7; index += 1) fleet.arrive(request());
    expect(fleet.ready.map(({ load }) => load)).toEqual([3, 2, 2]);
  });

  it('has a new pod ready after its start and a probe', () => {
    const fleet = new Fleet(EIGHT_B);
    fleet.begin(1);
    fleet.scale(2, 10);
    fleet.probe(194);
    expect([fleet.ready.length, fleet.pods]).toEqual([1, 2]);
    fleet.probe(195);
    expect(fleet.ready.length).toBe(2);
  });

  it('removes loading pods first, then the youngest: it finishes running requests and returns waiting ones', () => {
    const fleet = new Fleet(EIGHT_B);
    fleet.begin(2);
    for (let index = 0; index < 140; index += 1) fleet.arrive(request());
    fleet.scale(3, 0);
    fleet.scale(2, 1);
    expect(fleet.ready.map(({ load }) => load)).toEqual([70, 70]);
    fleet.scale(1, 2);
    expect(fleet.ready.map(({ load }) => load)).toEqual([76]);
    expect([fleet.replicas, fleet.pods, fleet.inFlight]).toEqual([1, 2, 140]);
    fleet.advance(100);
    fleet.drain(100);
    expect([fleet.pods, fleet.inFlight, fleet.completed]).toEqual([1, 0, 140]);
  });

  it('keeps requests at the gateway while no pod is ready', () => {
    const fleet = new Fleet(EIGHT_B);
    const waiting = request(5);
    fleet.arrive(waiting);
    fleet.scale(1, 10);
    fleet.advance(195);
    fleet.probe(195);
    expect(fleet.inFlight).toBe(1);
    fleet.advance(200);
    expect(waiting.firstToken).toBeCloseTo(195 + READ, 9);
  });
});

describe('arrivals', () => {
  const all = (seed?: number) => [...arrivals(flat(8, 900), EIGHT_B, seed)];

  it('are even and equal without a seed', () => {
    const requests = all();
    expect(requests).toHaveLength(8 * 900);
    expect(new Set(requests.map(({ outputTokens }) => outputTokens))).toEqual(new Set([150]));
  });

  it('are irregular with a seed, the same way each time, with the same means', () => {
    const requests = all(1);
    expect(requests).toEqual(all(1));
    expect(requests).not.toEqual(all(2));
    expect(requests.length / (8 * 900)).toBeCloseTo(1, 1);
    expect(requests.reduce((sum, { outputTokens }) => sum + outputTokens, 0) / requests.length / 150).toBeCloseTo(1, 1);
  });
});
