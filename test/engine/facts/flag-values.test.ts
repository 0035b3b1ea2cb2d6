import { parseExtraArgs } from '../../../lib/engine/command-line/arguments';
import { Catalogue } from '../../../lib/engine/catalogue/catalogue';
import { parseRelease } from '../../../lib/engine/release';
import { FlagValues } from '../../../lib/engine/facts/flag-values';

function said(...extraArgs: string[]): FlagValues {
  const catalogue = Catalogue.of(parseRelease('0.33.0'));
  return new FlagValues(parseExtraArgs(extraArgs, catalogue).arguments, catalogue);
}

describe('the values of flags', () => {
  it.each(['--tensor-parallel-size=2', '--tensor_parallel_size=2', '-tp=2'])('have one name: %s', (item) => {
    expect(said(item).number('--tensor-parallel-size')).toBe(2);
    expect(said(item).names()).toEqual(['--tensor-parallel-size']);
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
    expect(said(`--max-model-len=${text}`).number('--max-model-len')).toBe(number);
  });

  it('tell what was turned on, turned off, and not said', () => {
    const on = said('--enable-prefix-caching');
    expect([on.isOn('--enable-prefix-caching'), on.isOff('--enable-prefix-caching')]).toEqual([true, false]);
    expect(said('--no-enable-prefix-caching').isOff('--enable-prefix-caching')).toBe(true);
    expect(said('--disable-prefix-caching').isOff('--enable-prefix-caching')).toBe(true);
    expect([said().isOn('--enable-lora'), said().isOff('--enable-lora'), said().has('--enable-lora')]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('are those of the last one, as for the parser', () => {
    const twice = said('--max-num-seqs=1', '--max_num_seqs=2', '--enable-lora', '--no-enable-lora');
    expect(twice.number('--max-num-seqs')).toBe(2);
    expect(twice.isOff('--enable-lora')).toBe(true);
  });

  it('name who said them', () => {
    expect(said('--seed=1').origin('--seed')).toBe('extraArgs[0]');
    expect(said().origin('--seed')).toBe('--seed');
  });

  it('join the keys of a JSON flag, dotted ones included', () => {
    const flags = said('--speculative-config.method=ngram', '--speculative-config.num_speculative_tokens=4');
    expect(flags.object('--speculative-config')).toEqual({ method: 'ngram', num_speculative_tokens: '4' });
    expect(said('-sc={"method":"mtp"}').object('--speculative-config')).toEqual({ method: 'mtp' });
    expect(said('-sc={broken').object('--speculative-config')).toEqual({});
    expect(said().object('--speculative-config')).toBeUndefined();
  });

  it('leave out flags that the release does not know', () => {
    expect(said('--frobnicate=1').names()).toEqual([]);
  });
});
