import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { isUnsetValue } from '../command-line/unset-value';
import type { Context, KnownArgument } from './context';
import { checkChoice } from './choices';
import { json } from './load';
import { checkLoraModules } from './lora-modules';
import { checkNumber } from './numbers';
import { showValue, showValues } from './show-value';

/** Checks the number of values of a flag, and each value. */
export function checkValues(argument: KnownArgument, context: Context): Finding[] {
  const wrong = checkCount(argument);
  if (wrong) return [wrong];
  if (argument.spelled.flag.name === '--lora-modules') return checkLoraModules(argument, context.servedNames);
  return argument.values.flatMap((value) => checkValue(argument, value, context));
}

function checkValue(argument: KnownArgument, value: string, context: Context): Finding[] {
  const { flag } = argument.spelled;
  // Dotted spellings are checked together.
  if (argument.spelled.path.length > 0 || isUnsetValue(value, flag)) return [];
  if (flag.kind === 'json') return json().checkJson(argument, value, context);
  if (flag.type === 'bool') return checkBoolean(argument, value);
  if (isEmptyItem(argument, value)) return [emptyItem(argument, value)];
  const wrongNumber = checkNumber(argument, value);
  return wrongNumber.length > 0 ? wrongNumber : checkChoice(argument, value, context);
}

/** vLLM reads these two as null, which no list of texts may have (vllm/engine/arg_utils.py, optional_type). */
const isEmptyItem = ({ spelled: { flag } }: KnownArgument, value: string) =>
  flag.kind === 'list' && flag.type === 'str' && flag.default === null && (value === '' || value === 'None');

const emptyItem = ({ origin, spelled }: KnownArgument, value: string): Finding =>
  error(
    'unknown-choice',
    origin,
    `${spelled.flag.name} has the item ${showValue(spelled.flag.name, value)}`,
    'remove it',
  );

function checkBoolean({ origin, spelled }: KnownArgument, value: string): Finding[] {
  if (/^(true|false)$/i.test(value)) return [];
  return [
    error(
      'unknown-choice',
      origin,
      `${spelled.flag.name} is ${showValue(spelled.flag.name, value)}`,
      'give true or false',
    ),
  ];
}

function checkCount({ origin, spelled, flag: written, values }: KnownArgument): Finding | undefined {
  const { kind, name } = spelled.flag;
  const given = showValues(name, values);
  if (kind === 'bool' || kind === 'flag') {
    if (values.length === 0) return undefined;
    const off = kind === 'bool' ? `or --no-${name.slice(2)} to turn it off` : 'or remove it';
    return error(
      'unexpected-value',
      origin,
      `${written} accepts no value, but has ${given}`,
      `write ${name} to turn it on, ${off}`,
    );
  }
  if (values.length === 0 && kind !== 'optional-value') {
    return error('missing-value', origin, `${written} needs a value, but has none`, `write ${written}=<value>`);
  }
  if (values.length > 1 && kind !== 'list') {
    return error('too-many-values', origin, `${written} accepts one value, but has ${given}`, 'give one');
  }
  return undefined;
}
