import { arrivals } from '../../../bench/simulation/arrivals';
import type { Trace } from '../../../bench/simulation/traces';
import { nightToZero, ramp, sinus, spike, step, TRACES } from '../../../bench/simulation/traces';
import { EIGHT_B } from '../../../bench/simulation/workload';

function count(trace: Trace): number {
  let requests = 0;
  for (const { arrival } of arrivals(trace, EIGHT_B)) if (arrival < trace.duration) requests += 1;
  return requests;
}

describe('the traces', () => {
  it('have as many requests as their shapes define', () => {
    expect(TRACES.map(({ name }) => name)).toEqual(['sinus', 'ramp', 'step', 'spike', 'night to zero']);
    const expected = [24 * 5400, 25 * (150 + 5100), 8 * 2700 + 24 * 1800, 8 * 4500 + 20 * 240, 16 * (1800 + 3600)];
    for (const [at, trace] of TRACES.entries()) expect(Math.abs(count(trace) - (expected[at] ?? 0))).toBeLessThan(5);
  });

  it('begin, peak and end at the right times', () => {
    expect([0, 2700, 5400].map((t) => Math.round(sinus().rate(t)))).toEqual([8, 40, 8]);
    expect([0, 150, 300, 5000].map((t) => ramp().rate(t))).toEqual([0, 12.5, 25, 25]);
    expect([0, 899, 900, 2699, 2700].map((t) => step().rate(t))).toEqual([8, 8, 24, 24, 8]);
    expect([899, 900, 1020, 2819, 2820].map((t) => spike().rate(t))).toEqual([8, 28, 8, 28, 8]);
    expect([0, 1800, 2700, 5400, 8100, 9000, 10_000].map((t) => nightToZero().rate(t))).toEqual([0, 0, 8, 16, 8, 0, 0]);
  });
});
