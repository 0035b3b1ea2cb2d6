import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { Json } from '../catalogue/rows';
import type { Context, KnownArgument } from './context';
import { checkField } from './json-keys';
import { showValue } from './show-value';

type JsonObject = Readonly<Record<string, Json>>;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parse = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
};

/** Checks the value of a JSON flag: the whole JSON, or the one key of a dotted spelling. */
export function checkJson(argument: KnownArgument, text: string, context: Context): Finding[] {
  const { flag, path, append } = argument.spelled;
  if (flag.also.includes(text)) return [];
  if (path.length === 0) return checkWhole(argument, text, context);
  const [key = ''] = path;
  // What is not JSON after a dotted key is text to vLLM. An item to append and an inner key do not show the type.
  const value = append || path.length > 1 ? undefined : (parse(text) ?? text);
  return checkField(argument, key, value, context);
}

function checkWhole(argument: KnownArgument, text: string, context: Context): Finding[] {
  const { origin, spelled } = argument;
  const { name, type } = spelled.flag;
  const value = parse(text);
  const isText = type === 'dict|str' && !text.trimStart().startsWith('{');
  if (isText) return [];
  const what = type === 'list' ? 'a JSON list' : 'a JSON object';
  if (value === undefined) {
    return [
      error('invalid-json', origin, `${name} is ${showValue(name, text)}, which is not valid JSON`, `give ${what}`),
    ];
  }
  if (type === 'list' ? !Array.isArray(value) : !isObject(value)) {
    return [error('wrong-json', origin, `${name} is ${showValue(name, text)}, which is not ${what}`, `give ${what}`)];
  }
  return isObject(value)
    ? Object.entries(value).flatMap(([key, each]) => checkField(argument, key, each, context))
    : [];
}
