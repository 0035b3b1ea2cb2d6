import { Duration, Size } from 'cdk8s';
import { GpuModel, SecretKey } from '../../lib';

/** A class of the user. */
class Mine {
  public readonly name = 'mine';
}

/** A list with a hole, which JSON would write as null. */
const SPARSE: unknown[] = [];
SPARSE[1] = 'a';

const CIRCULAR: Record<string, unknown> = {};
CIRCULAR['self'] = CIRCULAR;

const THROWS = new Proxy(
  {},
  {
    get: () => {
      throw new TypeError('trap');
    },
    ownKeys: () => {
      throw new TypeError('trap');
    },
  },
);

/** What JavaScript, and an untyped value in Python, can put in the place of anything. */
export const WRONG_VALUES: readonly [name: string, value: unknown][] = [
  ['null', null],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-1', -1],
  ['-0', -0],
  ['0.5', 0.5],
  ['1e21', 1e21],
  ['an empty text', ''],
  ['a blank', ' '],
  ['a text', 'text'],
  ['a number as text', '0.9'],
  ['a duration as text', '5m'],
  ['a size as text', '16Gi'],
  ['a long text', 'x'.repeat(50_000)],
  ['lines', 'a\nb'],
  ['NUL', 'a\0b'],
  ['half a character', 'a\ud800b'],
  ['true', true],
  ['"true"', 'true'],
  ['a BigInt', 10n],
  ['a symbol', Symbol('a')],
  ['an empty list', []],
  ['a list of null', [null]],
  ['a list of undefined', [undefined]],
  ['a list in a list', [['a']]],
  ['a list of numbers', [1.5]],
  ['a list of texts', ['a', 'b']],
  ['a list of objects', [{}]],
  ['a sparse list', SPARSE],
  ['an empty object', {}],
  ['an object', { a: 1 }],
  ['an object with null', { a: null }],
  ['an object in an object', { a: { b: ['c'] } }],
  ['__proto__ as a key', JSON.parse('{"__proto__": {"a": 1}}')],
  ['constructor as a key', { constructor: 'a' }],
  ['an object with itself', CIRCULAR],
  [
    'a getter that throws',
    Object.defineProperty({}, 'a', {
      enumerable: true,
      get: () => {
        throw new RangeError('trap');
      },
    }),
  ],
  ['a Proxy that throws', THROWS],
  ['an object without a prototype', Object.assign(Object.create(null) as object, { a: 1 })],
  ['a Date', new Date(0)],
  ['an invalid Date', new Date(NaN)],
  ['a Map', new Map([['a', 1]])],
  ['a Set', new Set(['a'])],
  ['a Buffer', Buffer.from('a')],
  ['a RegExp', /a/],
  ['an Error', new Error('a')],
  ['a Promise', Promise.resolve('a')],
  ['a function', () => 1],
  ['a class', GpuModel],
  ['a factory without a call', SecretKey.of],
  ['an instance of the user', new Mine()],
  ['a Size', Size.gibibytes(3)],
  ['a Duration', Duration.minutes(3)],
  ['a Duration without length', Duration.seconds(0)],
  ['another class of ours', SecretKey.of('a', 'b')],
  ['a String object', Object('a')],
  ['a Number object', Object(1)],
];
