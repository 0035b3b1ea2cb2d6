import { entryOf } from '../../lib/shapes/entry-of';

it('finds an entry of a table', () => {
  expect(entryOf({ a: 1 }, 'a')).toBe(1);
});

it.each(['b', 'constructor', 'toString', '__proto__'])('finds none for %s', (key) => {
  expect(entryOf({ a: 1 }, key)).toBeUndefined();
});
