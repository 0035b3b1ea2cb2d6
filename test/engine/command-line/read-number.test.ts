import { readNumber } from '../../../lib/engine/command-line/read-number';

describe('a number', () => {
  it.each<[text: string, type: string | undefined, number: number | undefined]>([
    ['8', 'int', 8],
    ['-1', 'int', -1],
    ['8k', 'int', undefined],
    ['1.5', 'int', undefined],
    ['.5', 'float', 0.5],
    ['1e-3', 'float', 0.001],
    ['8k', 'float', undefined],
    ['8k', 'int+suffix', 8000],
    ['8K', 'int+suffix', 8192],
    ['1.1k', 'int+suffix', 1100],
    ['8.5K', 'int+suffix', undefined],
    ['1.5', 'int+suffix', undefined],
    ['8k', undefined, 8000],
    ['.5', undefined, 0.5],
    ['8.5K', undefined, undefined],
    ['8k', 'str', undefined],
  ])('%s of the type %s is %s', (text, type, number) => {
    expect(readNumber(text, type)).toBe(number);
  });
});
