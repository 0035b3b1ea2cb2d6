import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { FlagName } from '../catalogue/flag-name';
import type { ReleasedFlag } from '../catalogue/released';
import { readJson, withKeysOf } from '../command-line/json-value';
import type { JsonObject } from '../../shapes/json-object';
import { isJsonObject } from '../../shapes/json-object';
import type { Context, KnownArgument } from './context';
import type { Place } from './place';
import { ownerOf } from './loader-keys';
import { checkKeys } from './json-keys';
import { missingKeys } from './key-findings';
import { showValue } from './show-value';

/** The flag whose JSON may be text instead; the parser also takes text for others, and the engine then refuses it. */
const OR_TEXT: FlagName = '--pt-load-map-location';

/** Checks the whole JSON of a flag. */
export function checkJson(argument: KnownArgument, text: string, context: Context): Finding[] {
  const { origin, spelled } = argument;
  const { flag } = spelled;
  const { name } = flag;
  if (isText(text, flag)) return [];

  const what = flag.type === 'list' ? 'a JSON list' : 'a JSON object';
  const is = `${name} is ${showValue(name, text)}`;
  const json = readJson(text, flag);
  if (json === undefined) return [error('invalid-json', origin, `${is}, which is not valid JSON`, repair(text, what))];
  const { value } = json;
  if (flag.type === 'list' ? !Array.isArray(value) : !isJsonObject(value)) {
    return [error('wrong-json', origin, `${is}, which is not ${what}`, `give ${what}`)];
  }
  return isJsonObject(value) ? checkObject(argument, value, context) : [];
}

/** What to do about a text that is nearly JSON: a dict of Python, a comma too many, or `key=value`. */
function repair(text: string, what: string): string {
  if (/^\s*[[{][\s\S]*'/.test(text) && !text.includes('"')) return `write it with double quotes: give ${what}`;
  if (/,\s*[}\]]/.test(text)) return `remove the comma before the bracket: give ${what}`;
  const [, key, value] = /^\s*([\w-]+)=([^=,\s]+)\s*$/.exec(text) ?? [];
  if (key === undefined || value === undefined) return `give ${what}`;
  const written = /^(\d+|true|false)$/.test(value) ? value : JSON.stringify(value);
  return `give ${what}: {"${key}": ${written}}`;
}

/** Whether a text that is no object or list is accepted. */
function isText(text: string, { name, type, also }: ReleasedFlag): boolean {
  if (also.includes(text) || (name === OR_TEXT && !/^\s*\{.*\}\s*$/s.test(text))) return true;
  // Origins, methods and headers: Starlette searches the one text for the star.
  return type === 'list' && text.trim() === '"*"';
}

/** Checks the keys of a JSON flag, and that those are there which vLLM needs. */
export const checkObject = (argument: KnownArgument, value: JsonObject, context: Context): Finding[] => [
  ...missingKeys(placeOf(argument, context), value),
  ...checkSomeKeys(argument, value, context),
];

/** Checks the keys of a JSON flag that are here; others may be set elsewhere. */
export function checkSomeKeys(argument: KnownArgument, value: JsonObject, context: Context): Finding[] {
  const { name } = argument.spelled.flag;
  return checkKeys(placeOf(argument, context), ownerOf(name, context), withKeysOf(name, value));
}

const placeOf = ({ origin, spelled }: KnownArgument, context: Context): Place => ({
  origin,
  flag: spelled.flag.name,
  path: '',
  closed: true,
  context,
});
