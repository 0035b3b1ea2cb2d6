import type { TokenRange } from '../../lib/pools/token-range';
import { firstGap, overlaps, rangeLabel, rangeText, tokenRange } from '../../lib/pools/token-range';

const range = (minimum: number, maximum?: number): TokenRange => ({ minimum, maximum });

describe('the label of a range', () => {
  test.each([
    [range(0, 2048), '0-2048'],
    [range(2049), '2049-1000000000'],
  ])('of %j is %s', (given, label) => expect(rangeLabel(given)).toBe(label));

  test('begins at 0 where no minimum is set', () => {
    expect(rangeLabel(tokenRange({ maximum: 512 }))).toBe('0-512');
  });
});

test('a range in words has both ends, or its beginning', () => {
  expect([range(0, 9), range(10)].map(rangeText)).toEqual(['0 to 9 tokens', '10 tokens and more']);
});

describe('the first gap', () => {
  test.each<[string, TokenRange[]]>([
    ['one open range', [range(0)]],
    ['two that follow each other', [range(0, 2048), range(2049)]],
    ['two that meet in one length', [range(0, 2048), range(2048)]],
    ['ranges in any order', [range(2049), range(0, 2048)]],
    ['a range inside another one', [range(0, 9000), range(10, 20), range(9001)]],
  ])('is none in %s', (_, ranges) => expect(firstGap(ranges)).toBeUndefined());

  test.each<[string, TokenRange[], TokenRange]>([
    ['below the first range', [range(1)], range(0, 0)],
    ['between two ranges', [range(0, 2048), range(2050)], range(2049, 2049)],
    ['above the last range', [range(0, 2048), range(2049, 8192)], range(8193)],
    ['above a range that has a smaller one inside', [range(0, 100), range(5, 10)], range(101)],
  ])('is %s', (_, ranges, gap) => expect(firstGap(ranges)).toEqual(gap));
});

describe('overlapping ranges', () => {
  const count = (...ranges: TokenRange[]) => overlaps(ranges.map((each) => ({ stack: 'a', range: each }))).length;

  test('are two with common lengths', () => expect(count(range(0, 4096), range(2048))).toBe(1));
  test('are one inside another one', () => expect(count(range(0), range(10, 20))).toBe(1));
  test('are every pair of three', () => expect(count(range(0), range(1), range(2))).toBe(3));
  test('are not two that meet in one length', () => expect(count(range(0, 2048), range(2048))).toBe(0));
  test('are not equal ones, which share their load', () => expect(count(range(0, 2048), range(0, 2048))).toBe(0));
  test('are not those with a distance', () => expect(count(range(0, 10), range(20))).toBe(0));
});
