import type { Finding } from '../../preflight/finding';
import { warning } from '../../preflight/finding';
import type { FieldType } from '../catalogue/field-type';
import type { ReleasedField } from '../catalogue/released';
import { explain } from './choices';
import { FIELD_RULES } from './field-rules';
import { SCALARS } from './field-scalars';
import type { Place } from './place';
import { severityOf } from './place';
import { showValue } from './show-value';

/** Types of which only the form of the keys was known before their values were measured. */
const MEASURED = /^(--|[A-Z]|names|code|nonzero|parser)/;

/** Checks a value without keys or items of its own. */
export function checkScalar(
  place: Place,
  field: ReleasedField,
  value: unknown,
  members: readonly FieldType[],
): Finding[] {
  if (!members.some((member) => fits(member, value, field, place))) return [wrongValue(place, field, value, members)];
  return isOpen(members) ? checkListed(place, field, value) : [];
}

function fits({ name }: FieldType, value: unknown, field: ReleasedField, { context }: Place): boolean {
  const rule = FIELD_RULES.get(name);
  if (!context.catalogue.hasMeasuredFields && (rule !== undefined || MEASURED.test(name))) return true;
  if (rule !== undefined) return rule(value) === undefined;
  return SCALARS.get(name)?.fits(value, field, context) === true;
}

const isOpen = (members: readonly FieldType[]) =>
  members.some(({ name }) => name === 'words') && members.some(({ name }) => name === 'text');

/** Warns about a text outside an open list: only a plugin can know it. */
function checkListed({ origin, flag, path, context }: Place, field: ReleasedField, value: unknown): Finding[] {
  if (typeof value !== 'string' || field.choices.includes(value)) return [];
  const is = `the key "${path}" of ${flag} is ${showValue(path, value)}`;
  const { problem, fix } = explain(is, value, { ...field, fold: false }, context.catalogue.release);
  return [warning('unlisted-choice', origin, problem, fix)];
}

function wrongValue(place: Place, field: ReleasedField, value: unknown, members: readonly FieldType[]): Finding {
  const { origin, flag, path, context } = place;
  const is = `the key "${path}" of ${flag} is ${showValue(path, value)}`;
  const severity = severityOf(place);
  const names = members.map(({ name }) => name);
  const rule = names.map((name) => FIELD_RULES.get(name)?.(value)).find((fix) => fix !== undefined);
  if (rule !== undefined) return severity('wrong-json-value', origin, is, rule);
  const listed = names.map((name) => SCALARS.get(name)?.listed).find((each) => each !== undefined);
  if (listed !== undefined && (typeof value !== 'object' || value === null)) {
    const text = typeof value === 'string' ? listed.as(value) : JSON.stringify(value);
    const { problem, fix } = explain(is, text, listed.of(field, context), context.catalogue.release);
    return severity('wrong-json-value', origin, problem, fix);
  }
  return severity('wrong-json-value', origin, is, `give ${allowed(field, members)}`);
}

/** What fits, in words: `text or null`. */
function allowed(field: ReleasedField, members: readonly FieldType[]): string {
  const words = members.map(({ name, inner }) => {
    if (name === 'list') return 'a list';
    if (name === 'filled') return 'a list with one item or more';
    if (name === 'distinct') return 'a list with one item or more, each once';
    if (name === 'some') return 'an object with one key or more';
    if (name === 'tuple') return `a list of ${(inner ?? '').split(' ').length} whole numbers`;
    return SCALARS.get(name)?.allowed(field) ?? 'an object';
  });
  return [...new Set(words)].join(' or ');
}
