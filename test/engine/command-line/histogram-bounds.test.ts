import type { EngineOptions } from '../../../lib';
import type { HistogramBound } from '../../../lib/engine/command-line/histogram-bounds';
import { planWith } from '../../support/plan';
import { findingLine, FindingSeverity } from '../../../lib/preflight/finding';
import { SMALLEST, pinned } from '../../support/plan';

interface More {
  readonly vllm?: string;
  readonly engine?: EngineOptions;
  readonly extraArgs?: string[];
}

const TTFT = 'vllm:time_to_first_token_seconds';
const E2E = 'vllm:e2e_request_latency_seconds';
const ITL = 'vllm:inter_token_latency_seconds';

const bound = (metric: string, seconds: number, index = 0): HistogramBound => ({
  metric,
  seconds,
  subject: `objectives[${index}].within`,
});

function planned(bounds: readonly HistogramBound[], { vllm = '0.32.0', ...more }: More = {}) {
  return planWith({ ...SMALLEST, ...pinned(vllm), ...more }, { metricUsers: [], metrics: [], bounds });
}

function bucketsOf(bounds: readonly HistogramBound[], more?: More): unknown {
  const [flag, ...others] = planned(bounds, more).args.filter((item) => item.startsWith('--custom-histogram-buckets'));
  expect(others).toEqual([]);
  return flag === undefined ? undefined : JSON.parse(flag.replace(/^[^=]*=/, ''));
}

const errorsOf = (bounds: readonly HistogramBound[], more?: More): string[] =>
  planned(bounds, more)
    .findings.filter(({ severity }) => severity === FindingSeverity.ERROR)
    .map(findingLine);

const DEFAULT_ITL = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80];

describe('buckets', () => {
  it('stay the default ones where these have the bound', () => {
    expect(bucketsOf([bound(TTFT, 0.06), bound(ITL, 0.05)])).toBeUndefined();
    expect(errorsOf([bound(TTFT, 0.06)], { vllm: '0.9.0' })).toEqual([]);
  });

  it('are the default ones and the bound otherwise, in order', () => {
    expect(bucketsOf([bound(ITL, 0.06)])).toEqual({
      inter_token_latency: [...DEFAULT_ITL.slice(0, 3), 0.06, ...DEFAULT_ITL.slice(3)],
    });
    expect(errorsOf([bound(ITL, 0.06)])).toEqual([]);
  });

  it('have every bound of a family once, and families do not mix', () => {
    const bounds = [bound(ITL, 0.06), bound(ITL, 0.03), bound(ITL, 0.06), bound(ITL, 0.05), bound(E2E, 0.06)];
    expect(bucketsOf(bounds)).toEqual({
      inter_token_latency: [0.01, 0.025, 0.03, 0.05, 0.06, ...DEFAULT_ITL.slice(3)],
      request_latency: expect.arrayContaining([0.06, 0.3, 7680]),
    });
  });

  it('do not change where the user sets them', () => {
    const customHistogramBuckets = { inter_token_latency: [0.06, 1] };
    expect(bucketsOf([bound(ITL, 0.06)], { engine: { customHistogramBuckets } })).toEqual(customHistogramBuckets);
    expect(errorsOf([bound(ITL, 0.06), bound(TTFT, 0.06)], { engine: { customHistogramBuckets } })).toEqual([]);
  });

  it('are read from a dotted flag', () => {
    const extraArgs = ['--custom-histogram-buckets.inter_token_latency=[0.06,1]'];
    expect(errorsOf([bound(ITL, 0.06)], { extraArgs })).toEqual([]);
    expect(errorsOf([bound(ITL, 0.07)], { extraArgs })).toHaveLength(1);
  });
});

describe('refuses a bound without a bucket', () => {
  it('before 0.32, with the nearest ones', () => {
    expect(errorsOf([bound(ITL, 0.06, 2)], { vllm: '0.31.0' })).toEqual([
      'objectives[2].within: is 0.06 s, and no bucket of vllm:inter_token_latency_seconds ends there: the nearest bounds in vLLM 0.31.0 are 0.05 s and 0.075 s; promise 0.05 s or 0.075 s, or raise vllmVersion to 0.32 or later, where the library adds the bucket [bound-without-bucket]',
    ]);
  });

  it('below all buckets', () => {
    expect(errorsOf([bound(E2E, 0.06)], { vllm: '0.31.0' })).toEqual([
      expect.stringContaining('the nearest bound in vLLM 0.31.0 is 0.3 s; promise 0.3 s, or raise'),
    ]);
  });

  it('in a family that the user sets, with what to add', () => {
    const engine = { customHistogramBuckets: { inter_token_latency: [0.05, 0.1] } };
    expect(errorsOf([bound(ITL, 0.06)], { engine })).toEqual([
      'objectives[0].within: is 0.06 s, and no bucket of vllm:inter_token_latency_seconds ends there: the nearest bounds in "inter_token_latency" of engine.customHistogramBuckets are 0.05 s and 0.1 s; add "inter_token_latency": [0.05,0.06,0.1] to engine.customHistogramBuckets, or promise 0.05 s or 0.1 s [bound-without-bucket]',
    ]);
  });

  it('in a family that the user does not set, with the default buckets and the bound', () => {
    const extraArgs = ['--custom-histogram-buckets={"request_latency":[1]}'];
    const [line = ''] = errorsOf([bound(ITL, 0.06)], { extraArgs });
    expect(line).toContain('add "inter_token_latency": [0.01,0.025,0.05,0.06,0.075,');
    expect(line).toContain('to extraArgs[0], or promise 0.05 s or 0.075 s');
  });
});
