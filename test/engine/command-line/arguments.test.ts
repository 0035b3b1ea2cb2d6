import { parseExtraArgs } from '../../../lib/engine/command-line/arguments';
import { Catalogue } from '../../../lib/engine/catalogue/catalogue';
import { parseRelease } from '../../../lib/engine/release';
import { findingLine } from '../../../lib/preflight/finding';

const catalogue = Catalogue.of(parseRelease('0.32.0'));
const parse = (...extraArgs: string[]) => parseExtraArgs(extraArgs, catalogue);
const pairs = (...extraArgs: string[]) => parse(...extraArgs).arguments.map(({ flag, values }) => [flag, ...values]);
const lines = (...extraArgs: string[]) => parse(...extraArgs).findings.map(findingLine);

describe('extra arguments', () => {
  it('are flags with their values, in one item or in several', () => {
    expect(parse('--max-model-len=8192', '--seed', '1')).toEqual({
      arguments: [
        { origin: 'extraArgs[0]', flag: '--max-model-len', values: ['8192'] },
        { origin: 'extraArgs[1]', flag: '--seed', values: ['1'] },
      ],
      findings: [],
    });
  });

  it('read all items up to the next flag as a list', () => {
    expect(pairs('--served-model-name', 'a', 'b', '--headless')).toEqual([
      ['--served-model-name', 'a', 'b'],
      ['--headless'],
    ]);
  });

  it('read an item that begins with a minus and a digit as a value', () => {
    expect(pairs('--max-model-len', '-1')).toEqual([['--max-model-len', '-1']]);
  });

  it('read an item that only begins like a negative number as a flag', () => {
    expect(pairs('--max-model-len', '-1k')).toEqual([['--max-model-len'], ['-1k']]);
  });

  it('read an empty item after a flag as its value', () => {
    expect(pairs('--fingerprint-value', '', '--headless')).toEqual([['--fingerprint-value', ''], ['--headless']]);
    expect(lines('--headless', '')).toEqual([
      'extraArgs[1]: is empty; remove it, or give a flag or a value [empty-argument]',
    ]);
  });

  it('read an equals sign inside a value as a part of it', () => {
    expect(pairs('--lora-modules=sql=/adapters/sql')).toEqual([['--lora-modules', 'sql=/adapters/sql']]);
  });

  it('are read in short forms, also with the value attached', () => {
    expect(pairs('-tp', '2', '-tp=2', '-O2')).toEqual([
      ['-tp', '2'],
      ['-tp', '2'],
      ['-O', '2'],
    ]);
  });

  it('give all values to a flag that is not known', () => {
    expect(pairs('--nonsense', 'a', 'b')).toEqual([['--nonsense', 'a', 'b']]);
    expect(parseExtraArgs(['--seed', '1', '2'], undefined).arguments[0]?.values).toEqual(['1', '2']);
  });

  it('refuses a value without a flag', () => {
    expect(lines('8192')).toEqual([
      'extraArgs[0]: is "8192", a value that belongs to no flag; put its flag in front of it, or remove it [stray-value]',
    ]);
  });

  it('refuses a flag with a typographic dash', () => {
    expect(lines('—max-num-seqs=64')).toEqual([
      'extraArgs[0]: is "—max-num-seqs=64", a value that belongs to no flag: it begins with a typographic dash; write "--max-num-seqs" with two plain dashes [stray-value]',
    ]);
    expect(lines('--seed', '1', '–enforce-eager')[0]).toContain('write "--enforce-eager" with two plain dashes');
  });

  it('refuses "serve" and the model after it once', () => {
    expect(lines('serve', 'Qwen/Qwen3-8B', '--seed=1')).toEqual([
      'extraArgs[0]: is "serve", a part of the command before the flags; remove it and the model after it: model of the stack is served [pasted-command]',
    ]);
  });

  it('refuses a value after a flag that accepts none', () => {
    expect(lines('--enforce-eager', 'true')).toEqual([
      'extraArgs[1]: is "true", a value that belongs to no flag: --enforce-eager before it accepts no value; remove it, or add its flag [stray-value]',
    ]);
  });

  it('refuses a second value after a flag that accepts one', () => {
    expect(lines('--seed', '1', '2')).toEqual([
      'extraArgs[2]: is "2", a value that belongs to no flag: --seed before it already has "1"; remove it, or add its flag [stray-value]',
    ]);
  });

  it('refuses a further item after the equals form of a list', () => {
    expect(lines('--served-model-name=a', 'b')[0]).toContain('--served-model-name before it already has "a"');
  });

  it('refuses an empty item', () => {
    expect(lines('')).toEqual(['extraArgs[0]: is empty; remove it, or give a flag or a value [empty-argument]']);
  });

  it('refuses a flag and its value in one item', () => {
    expect(lines('--max-model-len 8192')).toEqual([
      'extraArgs[0]: is "--max-model-len 8192": a flag and its value in one item, which vLLM reads as one long flag name; write "--max-model-len=8192" or two items [several-in-one]',
    ]);
  });

  it.each([
    [
      'a token and its flag in one item',
      ['--hf-token s3cr3t'],
      'extraArgs[0]: is --hf-token with a value that is not printed: a flag and its value in one item, which vLLM reads as one long flag name; write "--hf-token=<value>" or two items [several-in-one]',
    ],
    [
      'a key behind another flag in one item',
      ['--seed 1 --api_key=s3cr3t'],
      'is --seed with a value that is not printed',
    ],
    ['a token in one item, by its looks', [`--x hf_${'s3cr3t'.repeat(4)}`], 'is --x with a value that is not printed'],
    [
      'a second value after a token',
      ['--hf-token=s3cr3t', 's3cr3t'],
      'extraArgs[1]: is a value that is not printed, a value that belongs to no flag: --hf-token before it already has a value that is not printed; remove it, or add its flag [stray-value]',
    ],
    ['a token without a flag', [`hf_${'s3cr3t'.repeat(4)}`], 'is a value that is not printed, a value that belongs'],
  ])('refuses %s without printing it', (_, extraArgs, expected) => {
    const [line = ''] = lines(...extraArgs);
    expect(line).toContain(expected);
    expect(line).not.toContain('s3cr3t');
  });
});
