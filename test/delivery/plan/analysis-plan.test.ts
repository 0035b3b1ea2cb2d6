import { Duration } from 'cdk8s';
import type { AnalysisOptions } from '../../../lib';
import { Monitor } from '../../../lib';
import { stepTime } from '../../../lib/delivery/plan/analysis-plan';
import type { AnalysisPlan } from '../../../lib/delivery/plan/analysis-plan';
import { rolloutOf, withCanary } from '../../support/rollout';

const analysisOf = (analysis: AnalysisOptions = {}, scrapeInterval?: number): AnalysisPlan =>
  rolloutOf(
    withCanary(
      { analysis },
      scrapeInterval === undefined ? {} : { monitor: Monitor.pods({ interval: Duration.seconds(scrapeInterval) }) },
    ),
  ).analysis;

const numbers = ({ window, interval, initialDelay, faults }: AnalysisPlan): object => ({
  window: window.value,
  interval: interval.value,
  initialDelay: initialDelay.value,
  faults,
});

describe('the times of an analysis', () => {
  test.each<[scrapeInterval: number, times: object]>([
    [5, { window: 300, interval: 60, initialDelay: 365, faults: { window: 60, interval: 30 } }],
    [15, { window: 300, interval: 60, initialDelay: 375, faults: { window: 60, interval: 30 } }],
    [60, { window: 300, interval: 60, initialDelay: 420, faults: { window: 240, interval: 60 } }],
    [120, { window: 480, interval: 120, initialDelay: 660, faults: { window: 480, interval: 120 } }],
  ])('follow scrapes of %i s', (scrapeInterval, times) => {
    expect(numbers(analysisOf({}, scrapeInterval))).toEqual(times);
  });

  it('are those that are set, and the first measurement has requests of its weight only', () => {
    const analysis = analysisOf({
      window: Duration.minutes(10),
      warmUp: Duration.minutes(2),
      interval: Duration.seconds(30),
    });
    expect(numbers(analysis)).toMatchObject({ window: 600, interval: 30, initialDelay: 120 + 600 + 15 });
    expect([analysis.window.reason, analysis.interval.reason]).toEqual([
      'set in delivery.analysis.window',
      'set in delivery.analysis.interval',
    ]);
  });

  it('may have no warm-up', () => {
    expect(analysisOf({ warmUp: Duration.seconds(0) }).initialDelay.value).toBe(315);
  });

  test.each<[options: AnalysisOptions, fastest: number, slowest: number]>([
    [{}, 375 + 2 * 60, 375 + 9 * 60],
    [{ successes: 1 }, 375, 375 + 9 * 60],
    [{ measurements: 4 }, 375 + 2 * 60, 375 + 3 * 60],
    [{ interval: Duration.minutes(2) }, 375 + 2 * 120, 375 + 9 * 120],
  ])('with %j make a step of %i to %i s', (options, fastest, slowest) => {
    expect(stepTime(analysisOf(options))).toEqual([fastest, slowest]);
  });
});
