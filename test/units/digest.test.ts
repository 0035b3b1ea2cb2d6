import { digest } from '../../lib/units/digest';

describe('a digest', () => {
  test('is the SHA-256 of a text (FIPS 180-4, the example "abc")', () => {
    expect(digest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  test('has the first digits of it', () => expect(digest('abc', 8)).toBe('ba7816bf'));
});
