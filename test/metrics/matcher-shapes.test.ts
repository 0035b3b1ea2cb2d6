import { equalLabels, matchingLabels } from '../../lib/metrics/matcher-shapes';
import { findingLine } from '../../lib/preflight/finding';
import { findingsOf } from '../../lib/shapes/shape';

const equal = (value: unknown) => findingsOf({ a: value }, 'matchers', equalLabels('set it in patterns instead'));

describe('a value that a label must equal', () => {
  it.each([
    'llama',
    '5xx',
    'llm/chat-8b',
    'httproute/llm/chat/rule/0',
    'outbound|8000||llama-svc.llm.svc.cluster.local',
    '10.0.0.1:9090',
    '[fd00::1]:9090',
    'llama-svc@kubernetes',
    '/v1/models/{id}',
    'Qwen/Qwen3-8B',
    'a+b',
    'what?',
    'a (b)',
  ])('is accepted: %s', (value) => {
    expect(equal(value)).toEqual([]);
  });

  it.each([
    ['.*', 'a pattern, and labels must equal it; set it in patterns instead'],
    ['llm-.*', 'a pattern'],
    ['llm-.+', 'a pattern'],
    ['llm-*', 'a pattern'],
    ['*', 'a pattern'],
    ['a|b', 'a pattern'],
    ['(a|b)', 'a pattern'],
    ['^llm', 'a pattern'],
    ['llm$', 'a pattern'],
    ['rule/[0-9]', 'a pattern'],
    ['a\\.b', 'a pattern'],
    ['=~"llm"', 'with an operator of PromQL; write the value only'],
    ['=~llm.*', 'with an operator of PromQL'],
    ['!=llm', 'with an operator of PromQL'],
    ['"llm"', 'with quotes in it; remove the inner quotes'],
    ['$namespace', 'which nothing fills in; write the value itself'],
    ['${NS}', 'which nothing fills in'],
    ['{{ .Release.Name }}', 'which nothing fills in'],
    ['<gateway>', 'which nothing fills in'],
  ])('is refused: %s', (value, problem) => {
    const lines = equal(value).map(findingLine);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(problem);
    expect(lines[0]).toContain('[label-value-pattern]');
  });
});

describe('a pattern of a label', () => {
  const lines = (value: string) => findingsOf({ a: value }, 'patterns', matchingLabels).map(findingLine);

  it.each(['llm-.*', 'a|b', '(?i)llm', 'rule/[0-9]+', 'plain'])('is accepted: %s', (value) => {
    expect(lines(value)).toEqual([]);
  });

  it.each([
    ['*', 'patterns.a: is "*", a wrong regular expression: nothing to repeat; correct it [label-value-pattern]'],
    ['(a', 'unterminated group'],
    ['(?!a).*', 'RE2 has no look-around'],
  ])('is refused: %s', (value, problem) => {
    expect(lines(value).join()).toContain(problem);
  });
});
