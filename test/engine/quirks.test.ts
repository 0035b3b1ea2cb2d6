import { QUIRKS } from '../../lib/engine/catalogue/data/quirks';
import { flagRows, variableRows } from '../../lib/engine/catalogue/load';
import type { QuirkId } from '../../lib/engine/catalogue/quirks';
import { hasQuirk, quirkSince } from '../../lib/engine/catalogue/quirks';
import type { Row } from '../../lib/engine/catalogue/rows';
import { compareVersions, KNOWN_MINORS, parseRelease } from '../../lib/engine/release';

describe('a quirk', () => {
  it('holds from its first version on', () => {
    const versions = ['0.11.0', '0.11.1', '0.32.0'];
    const held = versions.map((version) => hasQuirk(parseRelease(version), 'positional-model'));
    expect(held).toEqual([false, true, true]);
    expect(quirkSince('positional-model')).toBe('0.11.1');
  });

  it('has an id that the compiler checks', () => {
    // @ts-expect-error -- a misspelt id
    const id: QuirkId = 'positional-modle';
    expect(QUIRKS).not.toHaveProperty(id);
  });
});

describe('the table of quirks', () => {
  const since = Object.values(QUIRKS).map((row) => row.since);

  it('has known versions, oldest first', () => {
    expect([...since].sort(compareVersions)).toEqual(since);
    const minors = since.map((version) => version.split('.').slice(0, 2).join('.'));
    expect(minors.filter((minor) => !KNOWN_MINORS.includes(minor))).toEqual([]);
  });

  it.each<[QuirkId, readonly Row[], string]>([
    ['ready-timeout', variableRows(), 'VLLM_ENGINE_READY_TIMEOUT_S'],
    ['bucket-families', flagRows(), '--custom-histogram-buckets'],
  ])('agrees about %s with the table that has the name', (id, rows, name) => {
    expect(rows.find((row) => row.name === name)?.in).toBe(`${quirkSince(id)}..`);
  });
});
