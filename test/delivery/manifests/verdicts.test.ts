import type { AnalysisOptions } from '../../../lib';
import type { Limits } from '../../support/argo/analysis-run';
import { assess, assessRun, invalidMetric } from '../../support/argo/analysis-run';
import type { Phase } from '../../support/argo/condition';
import { errorsOf, metricsOf, withBlueGreen, withCanary } from '../../support/rollout';

const PHASES: Readonly<Record<string, Phase>> = { P: 'Successful', F: 'Failed', N: 'Inconclusive', E: 'Error' };

/** Measurements: P passes, F fails, N has no data, E is a failed query. */
const of = (letters: string): Phase[] => [...letters].map((letter) => PHASES[letter] as Phase);

const limitsOf = (analysis: AnalysisOptions = {}): Limits =>
  metricsOf(withCanary({ analysis }))['error-rate'] as Limits;

const guard = limitsOf();
const fault = metricsOf(withCanary(), 'vllm-faults')['failed-requests'] as Limits;

describe('a guard', () => {
  it('of a blue-green rollout has the limits of a canary', () => {
    expect(metricsOf(withBlueGreen())).toEqual(metricsOf(withCanary()));
  });

  test.each<[measurements: string, verdict: Phase | 'Running', taken: number]>([
    // Enough passes in a row promote.
    ['PPP', 'Successful', 3],
    ['PP', 'Running', 2],
    ['FPPP', 'Successful', 4],
    ['PPFPPP', 'Successful', 6],
    ['NNNNNNNPPP', 'Successful', 10],
    ['PNPNPPP', 'Successful', 7],
    // One more failure than allowed aborts, whatever comes between.
    ['FF', 'Failed', 2],
    ['FPPF', 'Failed', 4],
    ['FNNNNNNNNF', 'Failed', 10],
    // Neither is a pause.
    ['NNNNNNNNNN', 'Inconclusive', 10],
    ['PNPNPNPNPN', 'Inconclusive', 10],
    ['PPNPPNPPNP', 'Inconclusive', 10],
    ['FNNNNNNNNN', 'Inconclusive', 10],
    ['FPPNPPNPPN', 'Inconclusive', 10],
    ['NNNNNNNNPP', 'Inconclusive', 10],
    // Failed queries are repeated, and count for nothing.
    ['EEEEEEEEEEPPP', 'Successful', 13],
    ['PPEPPP', 'Successful', 6],
    ['E'.repeat(30), 'Running', 30],
    ['E'.repeat(31), 'Error', 31],
    [`${'E'.repeat(30)}N${'E'.repeat(30)}`, 'Running', 61],
  ])('with the measurements %s is %s', (measurements, phase, taken) => {
    expect(assess(guard, of(measurements))).toEqual({ phase, taken });
  });

  /** All sequences of passes, failures and measurements without data of a length. */
  const sequences = (length: number): string[] =>
    length === 0 ? [''] : sequences(length - 1).flatMap((before) => [...'PFN'].map((letter) => before + letter));

  it('without data passes in no sequence, and never fails without two failures', () => {
    for (const measurements of sequences(8)) {
      const { phase } = assess({ ...guard, count: 8 }, of(measurements));
      const passed = measurements.includes('PPP');
      const failed = measurements.split('F').length > 2;
      if (phase === 'Successful') expect({ measurements, passed }).toEqual({ measurements, passed: true });
      if (phase === 'Failed') expect({ measurements, failed }).toEqual({ measurements, failed: true });
      if (!passed && !failed) expect({ measurements, phase }).toEqual({ measurements, phase: 'Inconclusive' });
    }
  });

  test.each<[options: AnalysisOptions, measurements: string, verdict: Phase]>([
    [{ successes: 1 }, 'P', 'Successful'],
    [{ failures: 0 }, 'F', 'Failed'],
    [{ failures: 3 }, 'FFFPPP', 'Successful'],
    [{ failures: 3 }, 'FFFF', 'Failed'],
    [{ successes: 5 }, 'PPPPFPPPPN', 'Inconclusive'],
    [{ measurements: 4 }, 'NNNN', 'Inconclusive'],
    [{ measurements: 1, successes: 1, failures: 0 }, 'N', 'Inconclusive'],
    [{ measurements: 20 }, 'N'.repeat(20), 'Inconclusive'],
  ])('with the options %j and the measurements %s is %s', (options, measurements, phase) => {
    expect(assess(limitsOf(options), of(measurements)).phase).toBe(phase);
  });

  it('is valid for Argo Rollouts whenever it is accepted, and only then', () => {
    for (const successes of [1, 2, 3, 5]) {
      for (const failures of [0, 1, 4]) {
        for (const measurements of [1, 2, 3, 4, 5, 6, 9, 10]) {
          const analysis = { successes, failures, measurements };
          const limits = {
            count: measurements,
            interval: '60s',
            consecutiveSuccessLimit: successes,
            failureLimit: failures,
            inconclusiveLimit: measurements,
          };
          const refused = errorsOf(withCanary({ analysis })).length > 0;
          expect({ analysis, refused }).toEqual({ analysis, refused: invalidMetric(limits) !== undefined });
        }
      }
    }
  });
});

describe('several guards', () => {
  test.each<[one: string, other: string, verdict: Phase | 'Running', taken: number]>([
    ['PPP', 'PPP', 'Successful', 3],
    ['PPP', 'FPPP', 'Successful', 4],
    ['PPP', 'PP', 'Running', 3],
    // One that fails is enough, whatever the other has.
    ['PPP', 'FF', 'Failed', 2],
    ['NNNNNNNNNN', 'PFPF', 'Failed', 4],
    // One without data pauses, although the other passes.
    ['PPP', 'NNNNNNNNNN', 'Inconclusive', 10],
    ['PPP', 'PNPNPNPNPN', 'Inconclusive', 10],
    ['FPPP', 'NNNNNNNNNN', 'Inconclusive', 10],
    // At the last measurement a failure wins over no data.
    ['NNNNNNNNNN', 'FPPNPPNPPF', 'Failed', 10],
    ['PPP', 'E'.repeat(31), 'Error', 31],
  ])('with the measurements %s and %s are %s', (one, other, phase, taken) => {
    const metrics = [one, other].map((letters) => ({ limits: guard, measurements: of(letters) }));
    expect(assessRun(metrics)).toEqual({ phase, taken });
    expect(assessRun(metrics.toReversed())).toEqual({ phase, taken });
  });
});

describe('a fault', () => {
  it('has no number of measurements: it is looked for until the promotion', () => {
    expect(fault).toMatchObject({ failureLimit: 0 });
    expect(fault.count).toBeUndefined();
    expect(invalidMetric(fault)).toBeUndefined();
  });

  test.each<[measurements: string, verdict: Phase | 'Running', taken: number]>([
    ['P'.repeat(200), 'Running', 200],
    ['PPF', 'Failed', 3],
    ['F', 'Failed', 1],
    ['N'.repeat(30), 'Running', 30],
    ['N'.repeat(31), 'Inconclusive', 31],
    ['EEEEEEEEEEP', 'Running', 11],
    ['E'.repeat(31), 'Error', 31],
  ])('with the measurements %s is %s', (measurements, phase, taken) => {
    expect(assess(fault, of(measurements))).toEqual({ phase, taken });
  });
});
