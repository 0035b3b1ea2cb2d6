import { eachText } from '../../lib/shapes/secret-texts';

function textsIn(value: unknown): string[] {
  const found: string[] = [];
  eachText(value, '', (text, subject) => found.push(`${subject}: ${text}`));
  return found;
}

describe('texts of a value', () => {
  it('are those in lists and objects, and the keys', () => {
    expect(textsIn({ a: ['x', { b: 'y' }] })).toEqual(['a: a', 'a[0]: x', 'a[1].b: b', 'a[1].b: y']);
  });

  it('are read in each place of an object that has several', () => {
    const shared = { b: 'x' };
    expect(textsIn([shared, shared])).toEqual(['[0].b: b', '[0].b: x', '[1].b: b', '[1].b: x']);
  });

  it('end where a value is a part of itself', () => {
    const value: Record<string, unknown> = {};
    for (const key of 'abcdefgh') value[key] = value;
    expect(textsIn(value)).toHaveLength(8);
  });
});
