import type { FieldType } from '../catalogue/field-type';
import { membersOf } from '../catalogue/field-type';
import type { ReleasedField } from '../catalogue/released';
import { isJsonObject } from '../command-line/json-value';
import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { explain } from './choices';
import { FIELD_RULES } from './field-rules';
import { SCALARS } from './field-scalars';
import type { Place } from './json-keys';
import { checkKeys } from './json-keys';
import { showValue } from './show-value';

/** Checks the value of one key, and of all keys and items inside it. */
export function checkFieldValue(place: Place, field: ReleasedField, value: unknown, type = field.type): Finding[] {
  const members = membersOf(type);
  const inside = members.flatMap((member) => insideOf(member, value) ?? [])[0];
  if (inside !== undefined) return inside(place, field);
  if (members.some((member) => fits(member, value, field, place))) {
    return isOpen(members) ? checkListed(place, field, value) : [];
  }
  return [wrongValue(place, field, value, members)];
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

type Inside = (place: Place, field: ReleasedField) => Finding[];

/** The check of the keys or items of a value that has the form of a member; undefined when it has another form. */
function insideOf({ name, inner = 'any' }: FieldType, value: unknown): Inside | undefined {
  if (isJsonObject(value)) {
    const isDict = name === 'dict' || (name === 'some' && Object.keys(value).length > 0);
    if (isDict) return (place, field) => entries(value, place, field, inner);
    if (/^(--|[A-Z])/.test(name)) return (place) => checkKeys(place, name, value);
  }
  if (!Array.isArray(value)) return undefined;
  const isList = name === 'list' || (name === 'filled' && value.length > 0);
  if (isList)
    return (place, field) => value.flatMap((each, at) => checkFieldValue(itemOf(place, at), field, each, inner));
  const items = name === 'tuple' ? inner.split(' ') : [];
  if (items.length === 0 || items.length !== value.length) return undefined;
  return (place, field) => items.flatMap((each, at) => checkFieldValue(itemOf(place, at), field, value[at], each));
}

const itemOf = (place: Place, index: number): Place => ({ ...place, path: `${place.path}[${index}]` });

const entries = (value: object, place: Place, field: ReleasedField, inner: string): Finding[] =>
  Object.entries(value).flatMap(([key, each]) =>
    checkFieldValue({ ...place, path: `${place.path}.${key}` }, field, each, inner),
  );

function fits({ name }: FieldType, value: unknown, field: ReleasedField, { context }: Place): boolean {
  const rule = FIELD_RULES.get(name);
  // Before they were measured, only the form of the keys is known.
  if (
    !context.catalogue.hasMeasuredFields &&
    (rule !== undefined || /^(--|[A-Z]|names|code|nonzero|parser)/.test(name))
  )
    return true;
  if (rule !== undefined) return rule(value) === undefined;
  return SCALARS.get(name)?.fits(value, field, context) === true;
}

function wrongValue(place: Place, field: ReleasedField, value: unknown, members: readonly FieldType[]): Finding {
  const { origin, flag, path, closed, context } = place;
  const is = `the key "${path}" of ${flag} is ${showValue(path, value)}`;
  const severity = closed ? error : warning;
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
    if (name === 'some') return 'an object with one key or more';
    if (name === 'tuple') return `a list of ${(inner ?? '').split(' ').length} whole numbers`;
    return SCALARS.get(name)?.allowed(field) ?? 'an object';
  });
  return [...new Set(words)].join(' or ');
}
