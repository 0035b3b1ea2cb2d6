import {
  atLeast,
  compareReleases,
  isKnown,
  KNOWN_MINORS,
  lastPatchOf,
  minorOf,
  parseRelease,
  previousMinor,
} from '../../lib/engine/release';

describe('a release', () => {
  it('is read from three or four numbers', () => {
    expect(parseRelease('0.32.0')).toEqual({ major: 0, minor: 32, patch: 0, text: '0.32.0' });
    expect(parseRelease('v0.32.0').text).toBe('0.32.0');
    expect(parseRelease('0.8.5.post1')).toEqual({ major: 0, minor: 8, patch: 5, post: 1, text: '0.8.5.post1' });
    expect(parseRelease('0.10.1.1').post).toBe(1);
  });

  it.each(['latest', '0.32', '0.32.0rc1', '', '0.32.0-cu129'])('refuses "%s"', (text) => {
    expect(() => parseRelease(text)).toThrow(`vLLM version "${text}" is not a release; give one such as "0.33.0"`);
  });

  it('is ordered by its numbers, not its letters', () => {
    const texts = ['0.8.5', '0.8.5.post1', '0.9.0.1', '0.9.2', '0.10.1', '0.10.1.1', '0.10.2', '0.33.0'];
    const shuffled = [...texts].reverse().map(parseRelease);
    expect(shuffled.sort(compareReleases).map(({ text }) => text)).toEqual(texts);
  });

  it('is at least a minor or a patch', () => {
    expect(atLeast(parseRelease('0.28.0'), '0.28')).toBe(true);
    expect(atLeast(parseRelease('0.28.0'), '0.28.1')).toBe(false);
    expect(atLeast(parseRelease('0.9.2'), '0.10')).toBe(false);
  });

  it('is known up to the last patch of the tables', () => {
    expect(isKnown(parseRelease('0.27.1'))).toBe(true);
    expect(isKnown(parseRelease('0.27.2'))).toBe(false);
    expect(isKnown(parseRelease('0.34.0'))).toBe(false);
    expect(isKnown(parseRelease('0.7.3'))).toBe(false);
  });

  it('knows its minor and the one before', () => {
    expect(KNOWN_MINORS).toHaveLength(26);
    expect(minorOf(parseRelease('0.10.1.1'))).toBe('0.10');
    expect(previousMinor('0.10')).toBe('0.9');
    expect(previousMinor('0.8')).toBeUndefined();
    expect(lastPatchOf('0.8')?.text).toBe('0.8.5.post1');
    expect(lastPatchOf('0.99')).toBeUndefined();
  });
});
