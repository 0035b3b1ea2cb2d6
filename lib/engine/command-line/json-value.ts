import type { FlagName } from '../catalogue/flag-name';
import type { ReleasedFlag } from '../catalogue/released';
import type { JsonObject } from '../../shapes/json-object';
import { isJsonObject } from '../../shapes/json-object';
import { readNumber } from './read-number';

/** A string of JSON, a bare number with a suffix (`80m`), or a word that Python reads as a number. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|\b\d+(?:\.\d+)?[kmgt]\b|\bInfinity\b|\bNaN\b/gi;

/** JSON.parse has no NaN. */
const NAN = '\\u0000NaN';
const withNaN = (_: string, value: unknown): unknown => (value === '\u0000NaN' ? NaN : value);

/** Whether vLLM resolves suffixes in the JSON of a flag: it does where a class reads it, not where a plain dict does. */
const hasSuffixes = ({ type }: Pick<ReleasedFlag, 'type'>): boolean => !/^(dict|list)/.test(type);

/**
 * JSON as vLLM reads it for a flag: a number may have a suffix (vllm/engine/arg_utils.py,
 * _expand_json_human_readable_numbers). Undefined for text that is no JSON.
 */
export function readJson(text: string, flag: Pick<ReleasedFlag, 'type'>): { readonly value: unknown } | undefined {
  const asNumber = (token: string): string => {
    if (token === 'Infinity') return '1e999';
    if (token === 'NaN') return `"${NAN}"`;
    const isNumber = hasSuffixes(flag) && !token.startsWith('"');
    return isNumber ? String(readNumber(token, 'int+suffix') ?? token) : token;
  };
  try {
    return { value: JSON.parse(text.replace(STRING_OR_NUMBER, asNumber), withNaN) as unknown };
  } catch {
    return undefined;
  }
}

/**
 * The value of one key behind a dot: JSON where it is JSON, else a number where it is one (`8k`), else text
 * (vllm/utils/argparse_utils.py, parse_args).
 */
function dottedValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return readNumber(text, 'int+suffix') ?? text;
  }
}

/** The dict that one dotted spelling makes: `--x.a.b=1` is `{a: {b: 1}}`, and `--x.a+=v,w` is `{a: ['v', 'w']}`. */
export function dottedObject(path: readonly string[], append: boolean, text: string): JsonObject {
  const value = append ? text.split(',') : dottedValue(text);
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as JsonObject;
}

/** Two dicts as vLLM's parser joins the dotted spellings of one flag: dicts key by key, lists one behind the other. */
export function joined(first: JsonObject, second: JsonObject): JsonObject {
  const both = Object.entries(second).map(([key, value]) => [key, joinedValue(first[key], value)] as const);
  return { ...first, ...Object.fromEntries(both) };
}

function joinedValue(first: unknown, second: unknown): unknown {
  if (isJsonObject(first) && isJsonObject(second)) return joined(first, second);
  return Array.isArray(first) && Array.isArray(second) ? [...(first as unknown[]), ...(second as unknown[])] : second;
}

/** The flag whose keys may have dashes (vllm/engine/arg_utils.py, create_speculative_config). */
const WITH_DASHES: FlagName = '--speculative-config';

/** The dict of a flag with its keys as vLLM reads them. */
export function withKeysOf(flag: FlagName, object: JsonObject): JsonObject {
  if (flag !== WITH_DASHES) return object;
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key.replaceAll('-', '_'), value]));
}
