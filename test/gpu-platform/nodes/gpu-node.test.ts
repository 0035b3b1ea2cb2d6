import { GpuNodes } from '../../../lib';
import { messageOf } from '../../support/scaling';

const call = (name: 'labelled' | 'instanceTypes', argument: unknown): string =>
  messageOf(() => (GpuNodes[name] as (given: unknown) => unknown)(argument));

describe('labels of nodes', () => {
  test.each([
    ['none', undefined, 'labels: is required and was not given'],
    ['an empty map', {}, 'labels: is {}; give at least one'],
    ['a list', ['pool'], 'labels: is ["pool"]'],
    ['a value of 64 characters', { pool: 'a'.repeat(64) }, 'labels.pool: is "a'],
    ['a value with a space', { pool: 'a b' }, 'labels.pool: is "a b"'],
    ['a value that is true instead of text', { gpu: true }, 'labels.gpu: is true'],
    ['a key with a space', { 'a b': 'x' }, 'labels key: is "a b"'],
    ['an empty key', { '': 'x' }, 'labels key: is ""'],
  ])('refuses %s', (_, labels, message) => {
    expect(call('labelled', labels)).toContain(message);
  });

  test('may have an empty value', () => {
    expect(GpuNodes.labelled({ gpu: '' })._plan.terms).toEqual([[{ key: 'gpu', values: [''] }]]);
  });
});

describe('types of machines', () => {
  test.each([
    ['none', undefined, 'types: is required and was not given'],
    ['an empty list', [], 'types: is []'],
    ['a text', 'g6e.xlarge', 'types: is "g6e.xlarge"'],
    ['one twice', ['g6.xlarge', 'g6.xlarge'], 'each once'],
    ['64 characters', ['a'.repeat(64)], 'types[0]: is "a'],
    ['a pattern', ['g6e.*'], 'types[0]: is "g6e.*"'],
  ])('refuses %s', (_, types, message) => {
    expect(call('instanceTypes', types)).toContain(message);
  });
});
