import type { Finding } from '../../preflight/finding';
import type { Fields } from '../catalogue/catalogue';
import type { FieldType } from '../catalogue/field-type';
import { membersOf } from '../catalogue/field-type';
import type { ReleasedField } from '../catalogue/released';
import type { JsonObject } from '../../shapes/json-object';
import { isJsonObject } from '../../shapes/json-object';
import { computedKey, unknownKey } from './key-findings';
import type { Place } from './place';
import { itemOf, keyOf } from './place';
import { checkScalar } from './scalar-findings';

/** Checks the keys of a JSON flag, or of a class inside one, and their values. */
export function checkKeys(place: Place, owner: string, value: JsonObject): Finding[] {
  const fields = place.context.catalogue.fields(owner);
  if (fields === undefined) return [];
  const here = { ...place, closed: fields.closed };
  return Object.entries(value).flatMap(([key, each]) => checkKey(keyOf(here, key), owner, key, each, fields));
}

function checkKey(place: Place, owner: string, key: string, value: unknown, fields: Fields): Finding[] {
  const field = fields.known.get(key) ?? fields.free;
  if (field === undefined) return [unknownKey(place, owner, key, fields)];
  return field.computed ? [computedKey(place)] : checkValue(place, field, value);
}

/** Checks the value of one key, and of all keys and items inside it. */
function checkValue(place: Place, field: ReleasedField, value: unknown, type = field.type): Finding[] {
  const members = membersOf(type);
  const inside = members.flatMap((member) => insideOf(member, value) ?? [])[0];
  if (inside !== undefined) return inside(place, field);
  return checkScalar(place, field, value, members);
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
  const isFilled = name === 'filled' || (name === 'distinct' && new Set(value).size === value.length);
  const isList = name === 'list' || (isFilled && value.length > 0);
  if (isList) return (place, field) => value.flatMap((each, at) => checkValue(itemOf(place, at), field, each, inner));
  const items = name === 'tuple' ? inner.split(' ') : [];
  if (items.length === 0 || items.length !== value.length) return undefined;
  return (place, field) => items.flatMap((each, at) => checkValue(itemOf(place, at), field, value[at], each));
}

const entries = (value: object, place: Place, field: ReleasedField, inner: string): Finding[] =>
  Object.entries(value).flatMap(([key, each]) => checkValue(keyOf(place, key), field, each, inner));
