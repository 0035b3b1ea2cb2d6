import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { didYouMean } from '../../preflight/nearest';
import type { Fields } from '../catalogue/catalogue';
import type { ReleasedField } from '../catalogue/released';
import type { Json } from '../catalogue/rows';
import { explain, isChoice } from './choices';
import type { Context, KnownArgument } from './context';
import { whatToDo, whenItExists } from './missing';
import { showValue } from './show-value';

/** Checks one key of a JSON flag and, when given, its value. */
export function checkField(argument: KnownArgument, key: string, value: Json | undefined, context: Context): Finding[] {
  const fields = context.catalogue.fields(argument.spelled.flag.name);
  if (fields === undefined) return [];
  const field = fields.known.get(key);
  if (field === undefined) return [unknownKey(argument, key, fields, context)];
  return value === undefined ? [] : checkValue(argument, field, value, fields, context);
}

/** vLLM refuses unknown keys where the keys are closed; before, it ignored them. */
const severity = ({ closed }: Fields) => (closed ? error : warning);

function unknownKey({ origin, spelled }: KnownArgument, key: string, fields: Fields, { catalogue }: Context): Finding {
  const { name } = spelled.flag;
  const { text } = catalogue.release;
  const reason = catalogue.missingField(name, key);
  if (reason) {
    const id = reason.goneIn === undefined ? 'json-key-too-new' : 'json-key-removed';
    const problem = `the key "${key}" of ${name} ${whenItExists(reason)}, and the pinned version is ${text}`;
    return severity(fields)(id, origin, problem, whatToDo(reason));
  }
  const problem = `${name} of vLLM ${text} has no key "${key}"${didYouMean(key, fields.known.keys())}`;
  return severity(fields)('unknown-json-key', origin, problem, `give one of ${[...fields.known.keys()].join(', ')}`);
}

/** What a value must be, in words and as a test: as tolerant as pydantic, which also reads numbers from text. */
interface SimpleType {
  readonly allowed: string;
  readonly fits: (value: Json) => boolean;
}

const matches = (regex: RegExp) => (value: Json) => typeof value !== 'object' && regex.test(String(value));

const SIMPLE_TYPES: readonly (readonly [RegExp, SimpleType])[] = [
  [/^bool$/, { allowed: 'true or false', fits: matches(/^(true|false|t|f|yes|no|y|n|on|off|[01])$/i) }],
  [/^int$/, { allowed: 'a whole number', fits: matches(/^[+-]?\d+(\.0*)?$/) }],
  [/^float$/, { allowed: 'a number', fits: matches(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i) }],
  [/^(str|Path)$/, { allowed: 'text', fits: (value) => typeof value === 'string' }],
  [/^(list|set)\[[^|]*\]$/, { allowed: 'a list', fits: Array.isArray }],
  [
    /^dict(\[[^|]*\])?$/,
    { allowed: 'an object', fits: (value) => typeof value === 'object' && value !== null && !Array.isArray(value) },
  ],
];

function checkValue(
  argument: KnownArgument,
  field: ReleasedField,
  value: Json,
  fields: Fields,
  context: Context,
): Finding[] {
  const { origin, spelled } = argument;
  const is = `the key "${field.name}" of ${spelled.flag.name} is ${showValue(field.name, value)}`;
  const isOptional = / \| None$/.test(field.type);
  if (value === null && isOptional) return [];
  if (field.choices.length > 0) return checkListed(origin, is, field, value, fields, context);
  const type = field.type.replace(/ \| None$/, '');
  const simple = SIMPLE_TYPES.find(([pattern]) => pattern.test(type))?.[1];
  if (simple === undefined || simple.fits(value)) return [];
  return [severity(fields)('wrong-json-value', origin, is, `give ${simple.allowed}${isOptional ? ' or null' : ''}`)];
}

function checkListed(
  origin: string,
  is: string,
  field: ReleasedField,
  value: Json,
  fields: Fields,
  { catalogue }: Context,
): Finding[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (isChoice(text, field)) return [];
  const { problem, fix } = explain(is, text, field, catalogue.release);
  const isOpen = /\bstr\b/.test(field.type);
  return [
    isOpen
      ? warning('unlisted-choice', origin, problem, fix)
      : severity(fields)('wrong-json-value', origin, problem, fix),
  ];
}
