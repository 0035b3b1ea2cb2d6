import { Size } from 'cdk8s';
import { findingLine } from '../../lib/preflight/finding';
import { jsonObject } from '../../lib/shapes/json-shape';
import { findingsOf } from '../../lib/shapes/shape';

const lines = (value: unknown) => findingsOf(value, 'x', jsonObject).map(findingLine);

function circle(): object {
  const value: Record<string, unknown> = { a: {} };
  value['a'] = { back: [value] };
  return value;
}

describe('an object for JSON', () => {
  const shared = { b: 1 };

  it.each<[what: string, value: unknown]>([
    ['nothing', {}],
    ['every type of JSON', { a: null, b: true, c: 0, d: '', e: [1, ['x']], f: { g: 1.5 } }],
    ['undefined for absent', { a: undefined }],
    ['one object twice', { a: shared, b: [shared, shared] }],
    ['an object without prototype', { a: Object.create(null) }],
    ['the name of a property of every object', { constructor: 'x', toString: null }],
  ])('may hold %s', (_, value) => {
    expect(lines(value)).toEqual([]);
  });

  it.each<[what: string, value: unknown, message: string]>([
    ['a list for an object', [], 'x: is []; give an object [wrong-value]'],
    ['NaN', { a: NaN }, 'x.a: is NaN; give a value that JSON can write [wrong-value]'],
    ['infinity in a list', { a: [1, { b: -Infinity }] }, 'x.a[1].b: is -Infinity'],
    ['a big integer', { a: 1n }, 'x.a: is 1n'],
    ['a function', { a: () => 1 }, 'x.a: is a function'],
    ['a symbol', { a: Symbol('b') }, 'x.a: is Symbol(b)'],
    ['undefined in a list', { a: [undefined] }, 'x.a[0]: is undefined'],
    ['a hole in a list', { a: new Array(1) }, 'x.a[0]: is undefined'],
    ['an object inside itself', circle(), 'x.a.back[0]: is a part of itself; give a value that JSON can write'],
    ['an instance of a class', { a: Size.gibibytes(1) }, 'x.a: is a Size'],
    ['a map, which would be empty', { a: new Map([['b', 1]]) }, 'x.a: is a Map'],
  ])('refuses %s', (_, value, message) => {
    expect(lines(value)).toHaveLength(1);
    expect(lines(value)[0]).toContain(message);
  });

  it('reports everything that is wrong', () => {
    expect(lines({ a: NaN, b: [1n] })).toHaveLength(2);
  });
});
