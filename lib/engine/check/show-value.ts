import { looksSecret } from '../../secrets/looks-secret';

/** Flags whose values are secrets, by the abbreviations that vLLM's parser accepts for them, without dashes. */
const SECRET_FLAG = /^(apik|hft|sslkeyfilep)/;

const NOT_PRINTED = 'a value that is not printed';
const LONGEST = 80;

/** Whether a value must not be printed, by its flag in any spelling or by its text: messages end up in build logs. */
export function isWithheld(flag: string, value: string): boolean {
  const key = flag.slice(flag.lastIndexOf('.') + 1);
  const name = key.replace(/^-+/, '').replaceAll('-', '_');
  return SECRET_FLAG.test(name.replaceAll('_', '').toLowerCase()) || looksSecret(name, value);
}

/** The value of a flag or of a key as messages show it: quoted, cut when it is long, and never a secret. */
export function showValue(flag: string, value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  if (isWithheld(flag, typeof value === 'string' ? value : text)) return NOT_PRINTED;
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 3)}...`;
}

/** All values of a flag as messages show them. */
export function showValues(flag: string, values: readonly string[]): string {
  const anySecret = values.some((value) => isWithheld(flag, value));
  return anySecret ? NOT_PRINTED : values.map((value) => showValue(flag, value)).join(' ');
}
