import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { ReleasedFlag } from '../catalogue/released';
import { readNumber } from '../command-line/read-number';
import { boundsInWords, isWithin } from './bounds';
import type { KnownArgument } from './context';
import { showValue } from './show-value';

/** What a number of each type may be, in words. */
const ALLOWED: Readonly<Record<string, string>> = {
  int: 'a whole number',
  float: 'a number',
  'int+suffix': 'a whole number, or one such as 8k (8000) or 8K (8192)',
};

/** Checks a value of a flag that accepts a number. */
export function checkNumber({ origin, spelled }: KnownArgument, value: string): Finding[] {
  const { flag } = spelled;
  const allowed = ALLOWED[flag.type];
  if (allowed === undefined || flag.also.includes(value)) return [];
  const number = readNumber(value, flag.type);
  const is = `${flag.name} is ${showValue(flag.name, value)}`;
  if (number === undefined) return [error('not-a-number', origin, is, `give ${allowed}${also(flag)}`)];
  if (isWithin(number, flag.bounds)) return [];
  return [error('out-of-bounds', origin, is, `give ${allowed}, ${boundsInWords(flag.bounds)}${also(flag)}`)];
}

const also = ({ also: words }: ReleasedFlag) => (words.length === 0 ? '' : `, or one of ${words.join(', ')}`);
