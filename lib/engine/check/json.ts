import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { FlagName } from '../catalogue/flag-name';
import type { JsonObject } from '../command-line/json-value';
import { dottedObject, isJsonObject, readJson, withKeysOf } from '../command-line/json-value';
import type { Context, KnownArgument } from './context';
import type { Place } from './json-keys';
import { checkKeys, missingKeys } from './json-keys';
import { showValue } from './show-value';

/** What a flag accepts in place of JSON, measured with vLLM 0.32.0: an empty text or `None`, or the JSON null. */
const UNSET: Readonly<Partial<Record<FlagName, 'empty' | 'null' | 'empty null'>>> = {
  '--custom-histogram-buckets': 'empty null',
  '--default-chat-template-kwargs': 'null',
  '--default-mm-loras': 'empty null',
  '--diffusion-config': 'empty null',
  '--ec-transfer-config': 'empty',
  '--engram-config': 'empty',
  '--kv-events-config': 'empty',
  '--kv-transfer-config': 'empty',
  '--limit-mm-per-prompt': 'null',
  '--media-io-kwargs': 'null',
  '--mm-processor-kwargs': 'empty null',
  '--pooler-config': 'empty',
  '--quantization-config': 'empty',
  '--reasoning-config': 'empty',
  '--speculative-config': 'empty null',
  '--watermark-config': 'empty null',
  '--weight-transfer-config': 'empty',
};

/** The flag whose JSON may be text instead; the parser also takes text for others, and the engine then refuses it. */
const OR_TEXT: FlagName = '--pt-load-map-location';

/** Checks the value of a JSON flag: the whole JSON, or the key of a dotted spelling. */
export function checkJson(argument: KnownArgument, text: string, context: Context): Finding[] {
  const { flag, path, append } = argument.spelled;
  if (flag.also.includes(text)) return [];
  if (path.length > 0) return checkObject(argument, dottedObject(path, append, text), context);
  return checkWhole(argument, text, context);
}

function checkWhole(argument: KnownArgument, text: string, context: Context): Finding[] {
  const { origin, spelled } = argument;
  const { name, type } = spelled.flag;
  const unset = UNSET[name] ?? '';
  const isUnset =
    (unset.includes('empty') && /^(None)?$/.test(text)) || (unset.includes('null') && text.trim() === 'null');
  if (isUnset || (name === OR_TEXT && !/^\s*\{.*\}\s*$/s.test(text))) return [];

  const json = readJson(text);
  const what = type === 'list' ? 'a JSON list' : 'a JSON object';
  const is = `${name} is ${showValue(name, text)}`;
  if (json === undefined) return [error('invalid-json', origin, `${is}, which is not valid JSON`, `give ${what}`)];
  const { value } = json;
  if (type === 'list' ? !Array.isArray(value) : !isJsonObject(value)) {
    return [error('wrong-json', origin, `${is}, which is not ${what}`, `give ${what}`)];
  }
  if (!isJsonObject(value)) return [];
  return [...missingKeys(placeOf(argument, context), value), ...checkObject(argument, value, context)];
}

/** Finds what is wrong with the dotted spellings of one flag together. */
export function checkDotted(args: readonly KnownArgument[], context: Context): Finding[] {
  const dotted = args.filter(({ spelled, values }) => spelled.path.length > 0 && values.length === 1);
  return [...new Set(dotted.map(({ spelled }) => spelled.flag.name))].flatMap((name) => {
    const own = dotted.filter(({ spelled }) => spelled.flag.name === name);
    const [first] = own;
    const object = Object.fromEntries(own.map(({ spelled }) => [spelled.path[0] ?? '', true]));
    return first === undefined ? [] : missingKeys(placeOf(first, context), object);
  });
}

const placeOf = ({ origin, spelled }: KnownArgument, context: Context): Place => ({
  origin,
  flag: spelled.flag.name,
  path: '',
  closed: true,
  context,
});

function checkObject(argument: KnownArgument, value: JsonObject, context: Context): Finding[] {
  const { name } = argument.spelled.flag;
  return checkKeys(placeOf(argument, context), name, withKeysOf(name, value));
}
