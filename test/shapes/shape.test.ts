import { Duration, Size } from 'cdk8s';
import { findingLine } from '../../lib/preflight/finding';
import type { Shape } from '../../lib/shapes/shape';
import {
  anyObject,
  atLeast,
  findingsOf,
  flag,
  instance,
  integer,
  listOf,
  mapOf,
  matching,
  oneOf,
  size,
  text,
} from '../../lib/shapes/shape';
import { structOf } from '../../lib/shapes/struct';
import { SecretKey } from '../../lib/secrets/secret-key';
import { anotherCopy } from '../support/another-copy';

const lines = (value: unknown, shape: Shape, subject = 'x') => findingsOf(value, subject, shape).map(findingLine);

const secret = instance('SecretKey', 'SecretKey.of(secretName, key)');

interface Person {
  readonly name: string;
  readonly age?: number;
  readonly tags?: string[];
}

const person = structOf<Person>({ name: text }, { age: integer(0), tags: listOf(text) });

class Circle {
  public readonly self = this;
}

describe('a shape', () => {
  it.each<[what: string, value: unknown, shape: Shape]>([
    ['text', 'a', text],
    ['false', false, flag],
    ['the minimum whole number', 1, integer(1)],
    ['the maximum whole number', 7, integer(1, 7)],
    ['a fraction', 0.1, atLeast(0.1)],
    ['a string that matches', 'ab', matching(/^[a-z]+$/, 'letters')],
    ['one of a few', 'b', oneOf('a', 'b')],
    ['an empty list', [], listOf(text)],
    ['an empty map', {}, mapOf(text)],
    ['a struct without its optional properties', { name: 'a' }, person],
    ['a struct with undefined for absent', { name: 'a', age: undefined }, person],
    ['a size', Size.kibibytes(1), size('Size.gibibytes(1)')],
    ['an instance', SecretKey.of('a', 'b'), secret],
    ['an instance from another copy of the package', anotherCopy().SecretKey.of('a', 'b'), secret],
  ])('accepts %s', (_, value, shape) => {
    expect(lines(value, shape)).toEqual([]);
  });

  it.each<[what: string, value: unknown, shape: Shape, message: string]>([
    ['blank text', ' ', text, 'x: is " "; give a non-empty string [wrong-value]'],
    ['half a character for text', 'a\ud83d', text, 'is "a\\ud83d"; give a non-empty string'],
    ['a number for text', 5, text, 'is 5'],
    ['null', null, text, 'is null'],
    ['undefined', undefined, text, 'is undefined'],
    ['NaN', NaN, atLeast(0), 'is NaN; give a number of at least 0'],
    ['infinity', Infinity, integer(1), 'is Infinity; give a whole number of at least 1'],
    ['a fraction for a whole number', 1.5, integer(1), 'is 1.5'],
    ['a number in quotes', '1', integer(1), 'is "1"'],
    ['a big integer', 1n, integer(1), 'is 1n'],
    ['a number below the range', 0, integer(1, 7), 'is 0; give a whole number from 1 to 7'],
    ['a number above the range', 8, integer(1, 7), 'is 8'],
    ['a word for true', 'true', flag, 'is "true"; give true or false'],
    ['a string that does not match', 'A', matching(/^[a-z]+$/, 'letters'), 'is "A"; give letters'],
    ['none of a few', 'c', oneOf('a', 'b'), 'is "c"; give one of a, b'],
    ['a list for an object', [], anyObject, 'is []; give an object'],
    ['text for a list', 'a', listOf(text), 'is "a"; give a list, each item a non-empty string'],
    ['too short a list', [], listOf(text, 1), 'is []; give a list of at least 1, each item a non-empty string'],
    ['a wrong item, by its index', ['a', 2], listOf(text), 'x[1]: is 2; give a non-empty string'],
    ['a list for a map', ['a'], mapOf(text), 'is ["a"]; give a map'],
    ['a wrong value of a map, by its key', { a: 1 }, mapOf(text), 'x.a: is 1; give a non-empty string'],
    ['text for a struct', 'a', person, 'x: is "a"; give an object'],
    ['a wrong property', { name: 'a', age: -1 }, person, 'x.age: is -1; give a whole number of at least 0'],
    ['an item inside a struct', { name: 'a', tags: [''] }, person, 'x.tags[0]: is ""'],
    ['null for an optional property', { name: 'a', age: null }, person, 'x.age: is null'],
    ['a wrong property of the prototype', Object.create({ name: 'a', age: -1 }), person, 'x.age: is -1; give a whole'],
    ['a public class for a struct', SecretKey.of('a', 'b'), person, 'x: is a SecretKey; give an object with name'],
    ['a public class for a map', SecretKey.of('a', 'b'), mapOf(text), 'x: is a SecretKey; give a map'],
    ['an unknown property with two lines', { name: 'a', 'b\n  - c': 1 }, person, 'x."b\\n  - c": unknown property'],
    ['an unknown property without a name', { name: 'a', '': 1 }, person, 'x."": unknown property'],
    ['a misspelt property', { name: 'a', aeg: 1 }, person, 'x.aeg: unknown property (did you mean "age"?)'],
    ['an unknown property', { name: 'a', colour: 1 }, person, 'x.colour: unknown property; correct the name'],
    ['a property that every object inherits', { name: 'a', toString: 1 }, person, 'x.toString: unknown property'],
    ['a missing property', {}, person, 'x.name: is required and was not given; give a non-empty string'],
    ['undefined for a required property', { name: undefined }, person, 'x.name: is required and was not given'],
    ['a function', () => 1, text, 'is a function'],
    ['an instance of a class', Duration.minutes(1), text, 'is 60 s; give a non-empty string'],
    ['an instance whose class begins with a vowel', new Error('a'), text, 'is an Error'],
    ['an object without prototype', Object.create(null), text, 'is {}'],
    ['an object that holds itself', new Circle(), listOf(text), 'is a Circle'],
    ['a list that JSON cannot write', [1n], text, 'is a value that JSON cannot write'],
    ['a symbol', Symbol('a'), text, 'is Symbol(a)'],
    ['a size of nothing', Size.gibibytes(0), size('Size.gibibytes(1)'), 'give a Size of more than 0, for example Size'],
    ['text for a size', '1Gi', size('Size.gibibytes(1)'), 'is "1Gi"; give a Size of more than 0'],
    ['an object that looks like an instance', { secretName: 'a', key: 'b' }, secret, 'give SecretKey.of(secretName'],
    ['an instance of another class', Duration.minutes(1), instance('Model', 'a Model'), 'is 60 s; give a Model'],
  ])('refuses %s', (_, value, shape, message) => {
    expect(lines(value, shape)).toHaveLength(1);
    expect(lines(value, shape)[0]).toContain(message);
  });

  it.each<[what: string, value: unknown, message: string]>([
    ['text', 'hf_abc', 'is a string, which is not printed because it may be the secret'],
    ['an object', { token: 'hf_abc' }, 'is an object, which is not printed because it may be the secret'],
  ])('refuses %s for a secret without printing it', (_, value, message) => {
    expect(lines(value, secret)[0]).toContain(message);
    expect(lines(value, secret)[0]).not.toContain('hf_abc');
  });

  it('reports everything that is wrong in one struct', () => {
    expect(lines({ age: -1, colour: 'red' }, person)).toHaveLength(3);
  });

  it('names properties without a prefix when the subject is empty', () => {
    expect(lines({ name: '' }, person, '')[0]).toMatch(/^name: is ""/);
  });

  it('calls a struct without subject options', () => {
    expect(lines(null, person, '')).toEqual(['options: is null; give an object with name, age, tags [wrong-value]']);
  });
});

describe('what only looks right', () => {
  it.each<[what: string, value: unknown]>([
    ['a Map', new Map([['name', 'a']])],
    ['a Set', new Set(['name'])],
    ['a Date', new Date(0)],
  ])('refuses %s instead of an object, because its properties would not be read', (_, value) => {
    expect(lines(value, mapOf(text))[0]).toContain('give a map');
    expect(lines(value, structOf<{ name?: string }>({}, { name: text }))[0]).toContain('give an object with name');
  });

  it('refuses a hole in a list', () => {
    // eslint-disable-next-line no-sparse-arrays -- a hole is what the test is about.
    expect(lines([, 'a'], listOf(text))).toEqual(['x[0]: is undefined; give a non-empty string [wrong-value]']);
  });

  it('names what is required when an argument is missing', () => {
    expect(lines(undefined, person, '')).toEqual([
      'name: is required and was not given; give a non-empty string [missing-property]',
    ]);
  });

  it('repeats no more than the beginning of a long value', () => {
    const [line = ''] = lines('a'.repeat(5000), integer(1));
    expect(line).toContain('… (5002 characters)');
    expect(line.length).toBeLessThan(400);
  });

  it('repeats no half of a character at the end of what it shows', () => {
    expect(lines('😀'.repeat(200), integer(1))[0]).not.toMatch(/\p{Surrogate}/u);
  });

  it('names the first properties of a long struct only', () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (__, index) => [`p${index}`, text]));
    expect(lines(5, structOf<Partial<Record<string, string>>>({}, many))[0]).toContain('p6, p7 … [');
  });
});

describe('a value that throws when it is read', () => {
  const fails = (): never => {
    throw new TypeError('not\nhere');
  };

  it('fails one property, which is named', () => {
    const getter = Object.defineProperty({ name: '' }, 'age', { enumerable: true, get: fails });
    expect(lines(getter, person)).toEqual([
      'x.name: is ""; give a non-empty string [wrong-value]',
      'x.age: cannot be read: not\\u000ahere; give a whole number of at least 0 [wrong-value]',
    ]);
  });

  it.each<[what: string, value: object]>([
    ['a Proxy', new Proxy({}, { get: fails })],
    ['a Proxy without keys', new Proxy({}, { ownKeys: fails })],
    ['a class without a name', Object.defineProperty({}, 'constructor', { get: fails })],
    ['what has the methods of a Duration', { toMilliseconds: fails, toSeconds: fails, toIsoString: fails }],
  ])('refuses %s', (_, value) => {
    for (const shape of [person, integer(1), text, secret]) {
      expect([shape.allowed, lines(value, shape, '').length > 0]).toEqual([shape.allowed, true]);
    }
  });
});

describe('one line of a message', () => {
  it.each<[what: string, value: unknown]>([
    ['a symbol', Symbol('a\nb')],
    ['the name of a class', { constructor: { name: 'a\nb' } }],
    ['a string with a separator of lines', 'a\u2028b'],
    ['a string with a control character', 'a\u0085b'],
  ])('holds %s', (_, value) => {
    expect(lines(value, integer(1))[0]).toMatch(/a\\u[0-9a-f]{4}b.*; give a whole number/);
  });

  it('holds the name of a property, of any characters and length', () => {
    const [control, long] = ['a\u2028b', 'k'.repeat(5000)].map(
      (key) => lines({ name: 'a', [key]: 1 }, person)[0] ?? '',
    );
    expect(control).toMatch(/^x\."a\\u2028b": unknown property/);
    expect(long?.length).toBeLessThan(400);
  });
});
