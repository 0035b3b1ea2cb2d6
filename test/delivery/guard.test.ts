import type { CustomGuardOptions } from '../../lib';
import { Guard } from '../../lib';
import { messageOf } from '../support/scaling';

describe('a guard', () => {
  test.each<[what: string, options: Partial<CustomGuardOptions>, spec: object]>([
    ['a maximum', { maximum: 0.5 }, { limit: 0.5, side: 'maximum' }],
    ['a maximum of 0', { maximum: 0 }, { limit: 0, side: 'maximum' }],
    ['a minimum', { minimum: 0.9 }, { limit: 0.9, side: 'minimum' }],
    ['a minimum of 0', { minimum: 0 }, { limit: 0, side: 'minimum' }],
    ['a limit below 0', { minimum: -5 }, { limit: -5, side: 'minimum' }],
    ['a maximum beside an unset minimum', { maximum: 1, minimum: undefined }, { limit: 1, side: 'maximum' }],
    ['a name of one letter', { name: 'a', maximum: 1 }, { name: 'a' }],
    ['a name of 40 characters', { name: 'a'.repeat(40), maximum: 1 }, { name: 'a'.repeat(40) }],
  ])('has %s', (_what, options, spec) => {
    expect(Guard.custom({ name: 'hits', query: 'sum(b)', ...options })._spec).toMatchObject(spec);
  });

  test.each<[what: string, make: () => unknown, ...problems: string[]]>([
    [
      'no options',
      () => Guard.custom(undefined as never),
      'name: is required and was not given; give a name of at most 40 lower-case letters, digits and "-", for example "kv-cache-hits" [missing-property]',
      'query: is required and was not given; give a non-empty string [missing-property]',
    ],
    [
      'no query',
      () => Guard.custom({ name: 'a', maximum: 1 } as never),
      'query: is required and was not given; give a non-empty string [missing-property]',
    ],
    [
      'an empty query',
      () => Guard.custom({ name: 'a', query: ' ', maximum: 1 }),
      'query: is " "; give a non-empty string [wrong-value]',
    ],
    [
      'no limit',
      () => Guard.custom({ name: 'a', query: 'sum(b)' }),
      'maximum: is unset, and so is minimum: the guard has no limit; set maximum or minimum [missing-property]',
    ],
    [
      'two limits',
      () => Guard.custom({ name: 'a', query: 'sum(b)', maximum: 2, minimum: 1 }),
      'minimum: is 1, and maximum is 2: a guard has one limit; remove one of them [wrong-value]',
    ],
    [
      'a limit as text',
      () => Guard.custom({ name: 'a', query: 'sum(b)', maximum: '1' } as never),
      'maximum: is "1"; give a number, without quotes [wrong-value]',
    ],
    [
      'a limit that is not finite',
      () => Guard.custom({ name: 'a', query: 'sum(b)', minimum: Infinity }),
      'minimum: is Infinity; give a number [wrong-value]',
    ],
    [
      'a name with upper-case letters',
      () => Guard.custom({ name: 'kvCache', query: 'sum(b)', maximum: 1 }),
      'name: is "kvCache"; give a name of at most 40 lower-case letters, digits and "-", for example "kv-cache-hits" [wrong-value]',
    ],
    [
      'a name that begins with a digit',
      () => Guard.custom({ name: '95th', query: 'sum(b)', maximum: 1 }),
      'name: is "95th"; give a name of at most 40 lower-case letters, digits and "-", for example "kv-cache-hits" [wrong-value]',
    ],
    [
      'a name of 41 characters',
      () => Guard.custom({ name: 'a'.repeat(41), query: 'sum(b)', maximum: 1 }),
      'name: is "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; give a name of at most 40 lower-case letters, digits and "-", for example "kv-cache-hits" [wrong-value]',
    ],
    [
      'a limit of another name',
      () => Guard.custom({ name: 'a', query: 'sum(b)', max: 1 } as never),
      'max: unknown property; correct the name or remove it [unknown-property]',
    ],
  ])('refuses %s', (...row) => {
    const [, make, ...problems] = row;
    expect(messageOf(make).split('\n  - ').slice(1)).toEqual(problems);
  });
});
