import { engineFacts } from '../../../lib/engine/facts/engine-facts';
import { isUsed, userValue } from '../../../lib/engine/facts/fact';
import type { FactName } from '../../../lib/engine/facts/fact-table';
import { FACTS } from '../../../lib/engine/facts/fact-table';
import { Catalogue } from '../../../lib/engine/catalogue/catalogue';
import { flagRows } from '../../../lib/engine/catalogue/load';
import type { FlagKind } from '../../../lib/engine/catalogue/rows';
import { parseExtraArgs } from '../../../lib/engine/command-line/arguments';
import { parseRelease } from '../../../lib/engine/release';

const CATALOGUE = Catalogue.of(parseRelease('0.33.0'));

/** The kinds of flags that have a value of a type. */
const KINDS: Readonly<Record<string, readonly FlagKind[]>> = {
  number: ['value'],
  string: ['value', 'list'],
  boolean: ['bool', 'flag'],
  object: ['json', 'list', 'repeat'],
};

const facts = (...extraArgs: string[]) => engineFacts(parseExtraArgs(extraArgs, CATALOGUE).arguments, CATALOGUE);

describe('the facts of a command line', () => {
  it.each(['--tensor-parallel-size=2', '--tensor_parallel_size=2', '-tp=2'])('have one name: %s', (item) => {
    expect(facts(item).tensorParallelSize.value).toBe(2);
    expect(facts(item).flags).toEqual(['--tensor-parallel-size']);
  });

  it.each([
    ['8192', 8192],
    ['8k', 8000],
    ['8K', 8192],
    ['25.6k', 25600],
    ['1.1k', 1100],
    ['1M', 1048576],
    ['-1', -1],
    ['+5', 5],
    ['.9', 0.9],
    ['9e-1', 0.9],
    ['1.', 1],
    ['auto', undefined],
    ['', undefined],
    ['8x', undefined],
  ])('read %s as the number %s', (text, number) => {
    expect(facts(`--max-model-len=${text}`).maxModelLen).toMatchObject({ value: number, isSet: true });
  });

  it('distinguish a switch that is on, one that is off, and an unset one', () => {
    const { value } = facts('--enable-chunked-prefill').enableChunkedPrefill;
    expect(value).toBe(true);
    expect(facts('--no-enable-chunked-prefill').enableChunkedPrefill.value).toBe(false);
    expect(facts('--disable-chunked-prefill').enableChunkedPrefill.value).toBe(false);
    expect(facts().enableLora).toEqual({ isSet: false, origin: '--enable-lora', isDefault: false });
  });

  it('are those of each one, for a flag that may be repeated', () => {
    expect(facts('--middleware=a.B', '--middleware=c.D').middleware.value).toEqual(['a.B', 'c.D']);
  });

  it('are those of the last one, as in the parser', () => {
    const twice = facts('--max-num-seqs=1', '--max_num_seqs=2', '--enable-lora', '--no-enable-lora');
    expect(twice.maxNumSeqs.value).toBe(2);
    expect(twice.enableLora.value).toBe(false);
  });

  it('name the property that set them', () => {
    expect(facts('--dtype=half').dtype.origin).toBe('extraArgs[0]');
    expect(facts().dtype.origin).toBe('--dtype');
  });

  it('join the keys of a JSON flag, dotted ones included', () => {
    const dotted = facts('--speculative-config.method=ngram', '--speculative-config.num_speculative_tokens=4');
    expect(dotted.speculativeConfig.value).toEqual({ method: 'ngram', num_speculative_tokens: 4 });
    expect(facts('-sc={"method":"mtp"}').speculativeConfig.value).toEqual({ method: 'mtp' });
    expect(facts('-sc={broken').speculativeConfig).toMatchObject({ isSet: true, value: undefined });
    expect(facts().speculativeConfig.value).toBeUndefined();
  });

  it.each<[string, string[], object]>([
    ['inner keys', ['.a.b=1', '.a.c=x'], { a: { b: 1, c: 'x' } }],
    ['JSON', ['.a={"b":[true,null]}'], { a: { b: [true, null] } }],
    ['text that is no JSON', ['.a=True'], { a: 'True' }],
    [
      'a number with a suffix',
      ['.a=8k', '.b=8K', '.c=1.5K', '.d=007', '.e=1_000'],
      { a: 8000, b: 8192, c: '1.5K', d: 7, e: 1000 },
    ],
    ['appended words', ['.a+=x,y', '.a+=1'], { a: ['x', 'y', '1'] }],
    ['lists one behind the other', ['.a=[1]', '.a=[2]'], { a: [1, 2] }],
    ['the last value of a key', ['.a=1', '.a=2'], { a: 2 }],
  ])('read dotted spellings as vLLM does: %s', (_, dotted, expected) => {
    const items = dotted.map((each) => `--speculative-config${each}`);
    expect(facts(...items).speculativeConfig.value).toEqual(expected);
  });

  it('drop a whole JSON beside dotted spellings, before or after them', () => {
    const before = facts('-sc={"method":"mtp"}', '--speculative-config.model=x');
    const after = facts('--speculative-config.model=x', '-sc={"method":"mtp"}');
    expect(before.speculativeConfig.value).toEqual({ model: 'x' });
    expect(after.speculativeConfig.value).toEqual({ model: 'x' });
  });

  it('resolve a suffix of a bare number inside JSON, but not inside text', () => {
    const { value } = facts('--kv-transfer-config={"kv_buffer_size":80m,"engine_id":"80m"}').kvTransferConfig;
    expect(value).toEqual({ kv_buffer_size: 80e6, engine_id: '80m' });
  });

  it('skip flags that the release does not know', () => {
    expect(facts('--frobnicate=1').flags).toEqual([]);
  });

  it('name flags that no decision reads', () => {
    expect(facts('--seed=1').flags).toEqual(['--seed']);
  });

  it('are plain JSON', () => {
    const all = facts('--max-model-len=8k', '-tp=2', '-sc={"method":"mtp"}', '--no-enable-lora');
    expect(JSON.parse(JSON.stringify(all))).toEqual(all);
  });

  it('have names that the compiler checks', () => {
    // @ts-expect-error -- a misspelt name
    const name: FactName = 'maxModelLne';
    expect(FACTS).not.toHaveProperty(name);
  });

  it.each(Object.entries(FACTS))('read %s in the format of its flag', (_, { flag, read }) => {
    const value = read({
      origin: 'extraArgs[0]',
      isDefault: false,
      text: '1',
      opposite: false,
      values: [],
      object: {},
    });
    const kind = flagRows().find(({ name }) => name === flag)?.kind;
    expect(KINDS[typeof value]).toContain(kind);
  });

  it('have one flag each', () => {
    const flags = Object.values(FACTS).map(({ flag }) => flag);
    expect(flags.filter((flag, index) => flags.indexOf(flag) !== index)).toEqual([]);
  });
});

describe('a fact', () => {
  const off = { value: false, isSet: true, origin: 'engine.enableLora', isDefault: false };

  it('is used when it is set, and is not a switch that is off', () => {
    expect(isUsed(off)).toBe(false);
    expect(isUsed({ ...off, value: true })).toBe(true);
    expect(isUsed({ isSet: false, origin: '--seed', isDefault: false })).toBe(false);
    expect(isUsed({ isSet: true, origin: 'extraArgs[0]', isDefault: false })).toBe(true);
  });

  it('has no user value where the library set it', () => {
    const share = { value: 0.92, isSet: true, origin: 'engine.gpuMemoryUtilization (by default)', isDefault: true };
    expect(userValue(share)).toBeUndefined();
    expect(userValue({ ...share, isDefault: false })).toBe(0.92);
  });
});
