import { selector, series, window } from '../../lib/metrics/promql';

const SCOPE = { namespace: 'llm', app: 'vllm' };

describe('a selector', () => {
  it('finds the series of one pool in its namespace', () => {
    expect(series('up', SCOPE)).toBe('up{namespace="llm",app="vllm"}');
  });

  it('has more labels, as text or as a regular expression', () => {
    expect(series('up', SCOPE, { job: 'a', handler: { matches: '/v1/.*' } })).toBe(
      'up{namespace="llm",app="vllm",job="a",handler=~"/v1/.*"}',
    );
  });

  it('escapes quotes and backslashes', () => {
    expect(selector('up', { a: 'x"y\\z' })).toBe('up{a="x\\"y\\\\z"}');
  });
});

describe('a window', () => {
  it.each([
    [60, '1m'],
    [90, '90s'],
    [300, '5m'],
    [3600, '60m'],
  ])('of %i seconds is %s', (seconds, text) => {
    expect(window(seconds)).toBe(text);
  });
});
