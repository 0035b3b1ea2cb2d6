/** Suffixes of vLLM's integers: lower case is decimal, upper case binary (vllm/engine/arg_utils.py). */
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

type Reader = (text: string) => number | undefined;

/** As Python reads a number: with blanks around it, and single underscores between digits. */
const plain = (text: string): string => text.trim().replace(/(?<=\d)_(?=\d)/g, '');

const pattern =
  (regex: RegExp): Reader =>
  (text) =>
    regex.test(plain(text)) ? Number(plain(text)) : undefined;
const whole = pattern(/^[+-]?\d+$/);
const real = pattern(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i);

/** `8k` is 8000, `8K` is 8192; a fraction only with the decimal, lower-case suffixes. */
const suffixed: Reader = (text) => {
  const [, digits = '', fraction = '', suffix = ''] = /^(\d+)(\.\d+)?([kmgt])$/i.exec(text.trim()) ?? [];
  const factor = SUFFIXES[suffix];
  if (factor === undefined) return whole(text);
  const isBinary = suffix !== suffix.toLowerCase();
  return isBinary && fraction !== '' ? undefined : Math.trunc(Number(digits + fraction) * factor);
};

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['int', whole],
  ['float', real],
  ['int+suffix', suffixed],
]);

/** A number as vLLM reads it for a type of flags, or for any type when `type` is unset; undefined for other text. */
export function readNumber(text: string, type?: string): number | undefined {
  return type === undefined ? (suffixed(text) ?? real(text)) : READERS.get(type)?.(text);
}
