import { shape } from '../shapes/shape';

interface Field {
  readonly from: number;
  readonly to: number;
  readonly names: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Minute, hour, day of month, month, day of week, as robfig/cron reads them for KEDA: Sunday is 0, 7 is refused. */
const FIELDS: readonly Field[] = [
  { from: 0, to: 59, names: [] },
  { from: 0, to: 23, names: [] },
  { from: 1, to: 31, names: [] },
  { from: 1, to: 12, names: MONTHS },
  { from: 0, to: 6, names: DAYS },
];

function number(text: string, { from, names }: Field): number {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return from + named;
  return /^\d+$/.test(text) ? Number(text) : NaN;
}

/** One item of a field's list: `*`, `5`, `1-5`, each with or without a step, as in `*` + `/15`. */
function isItem(item: string, field: Field): boolean {
  const [range = '', step, ...moreSteps] = item.split('/');
  if (moreSteps.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === '*' || range === '?') return true;
  const [first = '', last = first, ...moreBounds] = range.split('-');
  const [low, high] = [number(first, field), number(last, field)];
  return moreBounds.length === 0 && low >= field.from && low <= high && high <= field.to;
}

/** A time that KEDA's cron trigger accepts. */
export const cron = shape<string>(
  'a cron expression of five fields, for example "0 8 * * 1-5"; Sunday is 0',
  (value) => {
    const fields = typeof value === 'string' ? value.split(' ') : [];
    return (
      fields.length === FIELDS.length &&
      FIELDS.every((field, index) => fields[index]?.split(',').every((item) => isItem(item, field)))
    );
  },
);

/**
 * A time zone that the KEDA operator finds among its files. File names begin with a capital letter, and no file is
 * named `+02:00`. JavaScript accepts lower case and offsets, so both are checked here.
 */
export const timeZone = shape<string>('an IANA time zone, for example "Europe/Berlin"', (value) => {
  if (typeof value !== 'string' || !/^[A-Z]/.test(value)) return false;
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
    return known === value || known.toLowerCase() !== value.toLowerCase();
  } catch {
    return false;
  }
});
