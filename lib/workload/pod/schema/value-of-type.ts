import type { Finding } from '../../../preflight/finding';
import { error } from '../../../preflight/finding';
import { nearest } from '../../../preflight/nearest';
import { show } from '../../../shapes/show';
import { quantityValue } from '../quantity-value';
import { listed } from './words';
import type { FieldType } from './pod-types';

const INT32 = 2 ** 31 - 1;

type Leaf = Exclude<FieldType, { is: 'map' | 'list' | 'object' }>;

const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);

function fits(value: unknown, type: Leaf): boolean {
  switch (type.is) {
    case 'text':
    case 'time':
      return typeof value === 'string';
    case 'word':
      // An empty text counts as unset.
      return typeof value === 'string' && (value === '' || type.words.includes(value));
    case 'flag':
      return typeof value === 'boolean';
    case 'int32':
      return isInteger(value) && Math.abs(value) <= INT32;
    case 'int64':
      return isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'quantity':
      return (typeof value === 'string' || typeof value === 'number') && quantityValue(value) !== undefined;
    case 'number or name':
      return typeof value === 'string' || isInteger(value);
    case 'any':
      return true;
  }
}

/** `16GB`, `1.5 Gi`, `500 MB` and `2gi`, as Kubernetes writes them. */
function asQuantity(value: unknown): string | undefined {
  const [, digits, letter = '', binary = ''] =
    typeof value === 'string' ? (/^\s*(\d+(?:\.\d+)?)\s*([kmgtpe])?(i)?(?:b|bytes)?\s*$/i.exec(value) ?? []) : [];
  if (digits === undefined) return undefined;
  const upper = letter.toUpperCase();
  const suffix = binary ? `${upper}i` : upper === 'K' ? 'k' : upper;
  return `"${digits}${suffix}"`;
}

/** The number of seconds in `30s`, `5m` or `1h`. */
function secondsOf(value: unknown): number | undefined {
  const [, digits, unit = ''] = typeof value === 'string' ? (/^(\d+) ?(s|sec|m|min|h)$/.exec(value) ?? []) : [];
  return digits === undefined ? undefined : Number(digits) * ({ m: 60, min: 60, h: 3600 }[unit] ?? 1);
}

function fixFor(value: unknown, type: Leaf): string {
  switch (type.is) {
    case 'text':
    case 'time':
      return ['number', 'boolean'].includes(typeof value) ? `write it in quotes: "${String(value)}"` : 'give a string';
    case 'word': {
      const meant = typeof value === 'string' ? nearest(value, type.words) : undefined;
      return meant === undefined ? `give one of ${type.words.filter(Boolean).join(', ')}` : `write "${meant}"`;
    }
    case 'flag':
      return /^(true|false)$/i.test(String(value))
        ? `write ${String(value).toLowerCase()} without quotes`
        : 'give true or false';
    case 'int32':
    case 'int64': {
      const seconds = secondsOf(value);
      if (seconds !== undefined) return `give the number of seconds: ${seconds}`;
      return /^-?\d+$/.test(String(value)) && typeof value === 'string'
        ? `write ${value} without quotes`
        : 'give a whole number';
    }
    case 'quantity': {
      const meant = asQuantity(value);
      return meant === undefined ? 'give a quantity such as 2, "500m" or "16Gi"' : `write ${meant}`;
    }
    case 'number or name':
      return 'give a number or a name';
    default:
      return 'give a number';
  }
}

/** A value that a field of a simple type cannot have. */
export function leafFindings(value: unknown, type: Leaf, subject: string): Finding[] {
  if (fits(value, type)) return [];
  const allowed =
    type.is === 'word' && typeof value === 'string'
      ? `, and Kubernetes knows ${listed(type.words.filter(Boolean))}`
      : '';
  return [error('wrong-value', subject, `is ${show(value)}${allowed}`, fixFor(value, type))];
}
