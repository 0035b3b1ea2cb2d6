import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { FlagFact } from '../catalogue/facts';
import type { Bounds } from '../catalogue/rows';
import type { KnownArgument } from './context';
import { quote } from './context';

/** `8k` is 8000, `8K` is 8192; a fraction only with the decimal, lower-case suffixes. */
const SUFFIXES: Readonly<Record<string, number>> = {
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  K: 2 ** 10,
  M: 2 ** 20,
  G: 2 ** 30,
  T: 2 ** 40,
};

/** How one type of number is read; undefined when the text is none. */
interface NumberType {
  readonly allowed: string;
  readonly read: (text: string) => number | undefined;
}

const pattern = (regex: RegExp) => (text: string) => (regex.test(text) ? Number(text) : undefined);
const integer = pattern(/^[+-]?\d+$/);

const TYPES: Readonly<Record<string, NumberType>> = {
  int: { allowed: 'a whole number', read: integer },
  float: { allowed: 'a number', read: pattern(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i) },
  'int+suffix': { allowed: 'a whole number, or one such as 8k (8000) or 8K (8192)', read: suffixed },
};

function suffixed(text: string): number | undefined {
  const [, digits, fraction, suffix = ''] = /^(\d+)(\.\d+)?([kmgt])$/i.exec(text) ?? [];
  const factor = SUFFIXES[suffix];
  if (digits === undefined || factor === undefined) return integer(text);
  const isBinary = suffix !== suffix.toLowerCase();
  return isBinary && fraction !== undefined ? undefined : Number(digits + (fraction ?? '')) * factor;
}

/** Checks a value of a flag that takes a number. */
export function checkNumber({ origin, spelled }: KnownArgument, value: string): Finding[] {
  const { flag } = spelled;
  const type = TYPES[flag.type];
  if (type === undefined || flag.also.includes(value)) return [];
  const number = type.read(value);
  const is = `${flag.name} is ${quote(value)}`;
  if (number === undefined) return [error('not-a-number', origin, is, `give ${type.allowed}${also(flag)}`)];
  if (isWithin(number, flag.bounds)) return [];
  return [error('out-of-bounds', origin, is, `give ${type.allowed}, ${inWords(flag.bounds)}${also(flag)}`)];
}

const also = ({ also: words }: FlagFact) => (words.length === 0 ? '' : `, or one of ${words.join(', ')}`);

const isWithin = (number: number, { min, max, above, below }: Bounds) =>
  !(
    (min !== undefined && number < min) ||
    (max !== undefined && number > max) ||
    (above !== undefined && number <= above) ||
    (below !== undefined && number >= below)
  );

/** Limits in words: `greater than 0 and at most 1`. */
function inWords({ min, max, above, below }: Bounds): string {
  const parts = [
    min !== undefined && `at least ${min}`,
    above !== undefined && `greater than ${above}`,
    max !== undefined && `at most ${max}`,
    below !== undefined && `less than ${below}`,
  ];
  return parts.filter((part) => part !== false).join(' and ');
}
