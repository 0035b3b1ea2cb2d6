import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { Catalogue } from '../catalogue/catalogue';
import type { FlagName } from '../catalogue/flag-name';
import type { FlagKind } from '../catalogue/rows';
import { isWithheld, showValue, showValues } from '../check/show-value';
import { pasted } from './pasted';

/** One flag with its values, and the property that sets it. */
export interface Argument {
  /** What the user wrote: `engine.maxModelLen`, `extraArgs[2]`. */
  readonly origin: string;
  /** The spelling of the flag: `--max-model-len`, `-tp`, `--no-enable-prefix-caching`, `--compilation-config.mode`. */
  readonly flag: string;
  readonly values: readonly string[];
  /** True when the library set it, because the user did not. */
  readonly isDefault?: boolean;
}

/** An argument that the library adds: the compiler checks the name of its flag. */
export interface OwnArgument extends Argument {
  readonly flag: FlagName;
}

/** Arguments read from text, and what is wrong with the text. */
export interface ParsedArguments {
  readonly arguments: readonly Argument[];
  readonly findings: readonly Finding[];
}

/** A negative number is a value, every other item with a dash in front is a flag, as in Python's argparse. */
const isFlag = (item: string) => item.startsWith('-') && !/^-(\d+|\d*\.\d+)$/.test(item);

/** How many of the items after a flag belong to it. */
const ROOM: Readonly<Record<FlagKind, number>> = {
  value: 1,
  repeat: 1,
  json: 1,
  'optional-value': 1,
  list: Infinity,
  bool: 0,
  flag: 0,
};

/**
 * Reads arguments as they are written in a container: `--flag=value`, or `--flag` with its values in the items after it.
 * Without a catalogue, and for a flag that it does not know, all items up to the next flag count as its values.
 */
export function parseExtraArgs(extraArgs: readonly string[], catalogue: Catalogue | undefined): ParsedArguments {
  const parsed: Argument[] = [];
  const findings: Finding[] = [];
  let room = 0;
  let foreign = 0;
  extraArgs.forEach((item, index) => {
    const origin = `extraArgs[${index}]`;
    const last = parsed[parsed.length - 1];
    const other = room > 0 && !isFlag(item) ? undefined : pasted(item, origin, catalogue);
    if (other !== undefined) {
      findings.push(other.finding);
      foreign = other.values;
      room = 0;
    } else if (foreign > 0 && !isFlag(item)) {
      foreign -= 1;
    } else if (item.trim() === '' && room === 0) {
      findings.push(error('empty-argument', origin, 'is empty', 'remove it, or give a flag or a value'));
    } else if (isFlag(item)) {
      const argument = flagOf(item, origin, catalogue);
      room = item.includes('=') || argument.values.length > 0 ? 0 : roomFor(argument.flag, catalogue);
      if (/\s/.test(argument.flag)) findings.push(severalInOne(item, origin));
      else parsed.push(argument);
    } else if (last !== undefined && room > 0) {
      parsed[parsed.length - 1] = { ...last, values: [...last.values, item] };
      room -= 1;
    } else {
      findings.push(stray(item, origin, last));
    }
  });
  return { arguments: parsed, findings };
}

/** Splits `--flag=value`, and `-O2` where `-O` is a short form. */
function flagOf(item: string, origin: string, catalogue: Catalogue | undefined): Argument {
  const at = item.indexOf('=');
  if (at >= 0) return { origin, flag: item.slice(0, at), values: [item.slice(at + 1)] };
  const [, short = '', attached = ''] = /^(-[A-Za-z])([^-].*)$/.exec(item) ?? [];
  const isAttached = short !== '' && !catalogue?.flag(item) && catalogue?.flag(short) !== undefined;
  return isAttached ? { origin, flag: short, values: [attached] } : { origin, flag: item, values: [] };
}

function roomFor(flag: string, catalogue: Catalogue | undefined): number {
  const known = catalogue?.flag(flag);
  return known ? ROOM[known.flag.kind] : Infinity;
}

function severalInOne(item: string, origin: string): Finding {
  const words = item.trim().split(/\s+/);
  const [flag = '', ...values] = words;
  const isSecret = words.some((word) => isWithheld(word.replace(/=.*/, ''), item));
  const is = isSecret ? `${flag} with a value that is not printed` : JSON.stringify(item);
  const problem = `is ${is}: a flag and its value in one item, which vLLM reads as one long flag name`;
  const ends = words.filter((word) => word !== '\\');
  const several = ends.filter(isFlag).length > 1 && !isSecret;
  const instead = several
    ? inItems(ends)
    : `"${flag}=${isSecret ? '<value>' : values.filter((word) => word !== '\\').join(' ')}"`;
  return error('several-in-one', origin, problem, `write ${instead}${several ? '' : ' or two items'}`);
}

/** Words of a shell as items: a flag with the words after it. */
function inItems(words: readonly string[]): string {
  const items: string[] = [];
  for (const word of words) {
    const last = items.length - 1;
    const flag = items[last];
    if (flag === undefined || isFlag(word) || flag.includes('=')) items.push(word);
    else items[last] = `${flag}=${word}`;
  }
  return items.map((item) => JSON.stringify(item)).join(', ');
}

function stray(item: string, origin: string, before: Argument | undefined): Finding {
  const problem = `is ${showValue(before?.flag ?? '', item)}, a value that belongs to no flag`;
  // Text processors make one dash of two.
  const dashed = /^[\u2010-\u2015\u2212]+(\w.*)$/s.exec(item)?.[1];
  if (dashed !== undefined) {
    const flag = `--${dashed.replace(/=.*$/s, '')}`;
    return error(
      'stray-value',
      origin,
      `${problem}: it begins with a typographic dash`,
      `write "${flag}" with two plain dashes`,
    );
  }
  if (before === undefined) return error('stray-value', origin, problem, 'put its flag in front of it, or remove it');
  const taken =
    before.values.length === 0 ? 'accepts no value' : `already has ${showValues(before.flag, before.values)}`;
  return error('stray-value', origin, `${problem}: ${before.flag} before it ${taken}`, 'remove it, or add its flag');
}
