import { burnRates } from '../../lib/objectives/burn-rates';

const thresholds = (target: number, days: number) => burnRates(target, days).rates.map(({ threshold }) => threshold);
const factors = (target: number, days: number) => burnRates(target, days).rates.map(({ factor }) => factor);

it('has the burn rates of the SRE workbook for 30 days', () => {
  expect(burnRates(0.999, 30).rates).toEqual([
    { severity: 'page', long: 3600, short: 300, factor: 14.4, threshold: 0.0144 },
    { severity: 'page', long: 21_600, short: 1800, factor: 6, threshold: 0.006 },
    { severity: 'ticket', long: 86_400, short: 7200, factor: 3, threshold: 0.003 },
    { severity: 'ticket', long: 259_200, short: 21_600, factor: 1, threshold: 0.001 },
  ]);
});

it('has the burn rates of Sloth for 28 days', () => {
  expect(factors(0.999, 28)).toEqual([13.44, 5.6, 2.8, 0.933333]);
});

it.each([
  [0.95, [0.72, 0.3, 0.15, 0.05]],
  [0.995, [0.072, 0.03, 0.015, 0.005]],
  [0.9999, [0.00144, 0.0006, 0.0003, 0.0001]],
])('has thresholds without float noise for %d', (target, expected) => {
  expect(thresholds(target, 30)).toEqual(expected);
});

describe('a loose promise', () => {
  it('has no threshold that no share of events can exceed', () => {
    expect(thresholds(0.9, 30)).toEqual([0.9, 0.6, 0.3, 0.1]);
    expect(factors(0.9, 30)).toEqual([9, 6, 3, 1]);
  });

  it('never has a higher threshold than a tighter one', () => {
    const targets = [0.5, 0.6, 0.7, 0.8, 0.9, 0.93, 0.94, 0.95, 0.99, 0.9999];
    const first = targets.map((target) => burnRates(target, 30).rates[0]?.threshold ?? 0);
    expect(first).toEqual([...first].sort((a, b) => b - a));
    expect(first[0]).toBe(0.9);
  });

  it('has no pair that a shorter window makes redundant', () => {
    const { rates, changed } = burnRates(0.5, 30);
    expect(rates.map(({ severity, long, threshold }) => [severity, long, threshold])).toEqual([
      ['page', 3600, 0.9],
      ['ticket', 259_200, 0.5],
    ]);
    expect(changed.map(({ long, byTable, dropped }) => [long, byTable, dropped])).toEqual([
      [3600, 7.2, false],
      [21_600, 3, true],
      [86_400, 1.5, true],
    ]);
  });

  it.each([28, 30])('always has a page and a ticket, over %i days', (days) => {
    for (let target = 0.5; target < 0.9999; target += 0.0007) {
      const severities = new Set(burnRates(target, days).rates.map(({ severity }) => severity));
      expect([...severities]).toEqual(['page', 'ticket']);
    }
  });
});
