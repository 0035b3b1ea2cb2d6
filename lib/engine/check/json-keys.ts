import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { didYouMean } from '../../preflight/nearest';
import type { Fields } from '../catalogue/catalogue';
import type { JsonObject } from '../command-line/json-value';
import type { Context } from './context';
import { checkFieldValue } from './field-value';
import { whatToDo, whenItExists } from './missing';

/** Where a value is inside a JSON flag. */
export interface Place {
  readonly origin: string;
  readonly flag: string;
  /** `pass_config.fuse_norm_quant`, `compile_sizes[0]`; empty for the whole JSON. */
  readonly path: string;
  /** Whether vLLM refuses what does not fit; before, it ignored it. */
  readonly closed: boolean;
  readonly context: Context;
}

const inside = (place: Place, key: string): Place => ({
  ...place,
  path: place.path === '' ? key : `${place.path}.${key}`,
});
const severity = ({ closed }: Place) => (closed ? error : warning);

/** Checks the keys of a JSON flag, or of a class inside one, and their values. */
export function checkKeys(place: Place, owner: string, value: JsonObject): Finding[] {
  const fields = place.context.catalogue.fields(owner);
  if (fields === undefined) return [];
  const here = { ...place, closed: fields.closed };
  return Object.entries(value).flatMap(([key, each]) => checkKey(inside(here, key), owner, key, each, fields));
}

/** Finds the keys that a JSON flag needs and does not have. */
export function missingKeys({ origin, flag, context }: Place, value: JsonObject): Finding[] {
  const fields = [...(context.catalogue.fields(flag)?.known.values() ?? [])];
  const absent = fields.filter(({ name, required }) => required && !(name in value));
  return absent.map(({ name }) => {
    const problem = `${flag} has no key "${name}", which vLLM needs`;
    return error('missing-json-key', origin, problem, `add "${name}"`);
  });
}

function checkKey(place: Place, owner: string, key: string, value: unknown, fields: Fields): Finding[] {
  const field = fields.known.get(key) ?? fields.free;
  if (field === undefined) return [unknownKey(place, owner, key, fields)];
  return field.computed ? [computedKey(place)] : checkFieldValue(place, field, value);
}

function computedKey(place: Place): Finding {
  const problem = `the key "${place.path}" of ${place.flag} is filled by vLLM, which refuses it when it is set`;
  return severity(place)('unknown-json-key', place.origin, problem, 'remove it');
}

function unknownKey(place: Place, owner: string, key: string, fields: Fields): Finding {
  const { origin, flag, path, context } = place;
  const { text } = context.catalogue.release;
  const reason = context.catalogue.missingField(owner, key);
  if (reason) {
    const id = reason.goneIn === undefined ? 'json-key-too-new' : 'json-key-removed';
    const problem = `the key "${path}" of ${flag} ${whenItExists(reason)}, and the pinned version is ${text}`;
    return severity(place)(id, origin, problem, whatToDo(reason));
  }
  const settable = [...fields.known.values()].filter(({ computed }) => !computed).map(({ name }) => name);
  const problem = `${flag} of vLLM ${text} has no key "${path}"${didYouMean(key, settable)}`;
  return severity(place)('unknown-json-key', origin, problem, `give one of ${settable.join(', ')}`);
}
