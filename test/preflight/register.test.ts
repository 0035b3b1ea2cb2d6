import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { error, notice, warning } from '../../lib/preflight/finding';
import { isRegistered, REGISTER, REGISTERED_IDS } from '../../lib/preflight/register';
import type { Section } from '../../lib/preflight/register/section';

const LIB = resolve(__dirname, '../../lib');

/** The code of lib/ without the register, each `${…}` as the variable part of an id. */
const CODE = readdirSync(LIB, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith(join('preflight', 'register')))
  .map((file) => readFileSync(join(LIB, file), 'utf8').replace(/\$\{[^}]*\}/g, '<version>'))
  .join('\n');

const SECTIONS: readonly Section[] = REGISTER;
const listsOf = ({ errors = {}, warnings = {}, notices = {} }: Section) => [errors, warnings, notices];

describe('the register', () => {
  it.each([...REGISTERED_IDS])('has %s, which a check reports', (id) => {
    expect(["'", '`'].some((quote) => CODE.includes(quote + id + quote))).toBe(true);
  });

  it.each([...REGISTERED_IDS])('has %s in one section only, with one meaning', (id) => {
    const lists = SECTIONS.map((section) => listsOf(section).filter((list) => Object.hasOwn(list, id)));
    const homes = lists.filter((each) => each.length > 0);
    expect(homes).toHaveLength(1);
    expect(new Set(homes.flat().map((list) => list[id])).size).toBe(1);
  });

  it('has ids in kebab-case, and meanings that are sentences', () => {
    const meanings = SECTIONS.flatMap(listsOf).flatMap((list) => Object.entries(list));
    const odd = meanings.filter(
      ([id, text]) => !/^[a-z0-9<>]+(-[a-z0-9<>]+)*$/.test(id) || !/^[A-Za-z].*\.$/.test(text),
    );
    expect(odd).toEqual([]);
  });

  it('knows an id with a variable part', () => {
    expect(['vllm-0.32.0-changes', 'vllm-changes', '0.32.0-changes'].map(isRegistered)).toEqual([true, false, false]);
  });
});

describe('the compiler', () => {
  it('refuses an id that is not registered, and one of another severity', () => {
    // @ts-expect-error -- misspelt
    const misspelt = warning('cpu-limt', 'subject', 'problem', 'fix');
    // @ts-expect-error -- a warning
    const tooSevere = error('cpu-limit', 'subject', 'problem', 'fix');
    // @ts-expect-error -- another pattern
    const otherPattern = warning('vllm-changes', 'subject', 'problem', 'fix');
    expect([misspelt, tooSevere, otherPattern]).toHaveLength(3);
  });

  it('accepts an id with each of its severities, and one with a variable part', () => {
    const both = [error('no-metrics', 's', 'p', 'f'), warning('no-metrics', 's', 'p', 'f')];
    const others = [notice('revision-open', 's', 'p', 'f'), warning('vllm-0.32.0-changes', 's', 'p', 'f')];
    expect([...both, ...others].every(({ id }) => isRegistered(id))).toBe(true);
  });
});
