import type { FlagName } from '../catalogue/flag-name';
import type { ReleasedField } from '../catalogue/released';
import { boundsInWords, isWithin } from './bounds';
import type { Choices } from './choices';
import { isChoice } from './choices';
import type { Context } from './context';
import { asCode, asFloat, asInt, isBoolean } from './pydantic';

/** A type without items. */
export interface Scalar {
  readonly fits: (value: unknown, field: ReleasedField, context: Context) => boolean;
  /** What fits, in words. */
  readonly allowed: (field: ReleasedField) => string;
  /** The words of which it is one, when it is, and a text as it is compared with them. */
  readonly listed?: {
    readonly of: (field: ReleasedField, context: Context) => Choices;
    readonly as: (text: string) => string;
  };
}

const simple = (allowed: string, fits: (value: unknown) => boolean): Scalar => ({ allowed: () => allowed, fits });

/** A number within the bounds of its key; before the bounds were measured, any number. */
const numeric = (what: string, read: (value: unknown) => number | undefined): Scalar => ({
  allowed: ({ bounds }) => [what, boundsInWords(bounds)].filter((each) => each !== '').join(', '),
  fits: (value, { bounds }, { catalogue }) => {
    const number = read(value);
    return number !== undefined && (!catalogue.hasMeasuredFields || isWithin(number, bounds));
  },
});

type Listed = NonNullable<Scalar['listed']>;

const own: Listed['of'] = (field) => ({ ...field, fold: false });

/** The choices of a flag, and those of the key. */
const ofFlag =
  (flag: FlagName): Listed['of'] =>
  ({ choices }, { catalogue }) => {
    const known = catalogue.flag(flag)?.flag;
    const all = known?.choices.length ? [...choices, ...known.choices] : [];
    return { choices: all, allChoices: known?.allChoices, fold: false };
  };

/** One of a list of words, after vLLM changed the text. Any text when the list is not known. */
const oneOf = (of: Listed['of'], as: Listed['as'] = (text) => text): Scalar => ({
  allowed: ({ choices }) => `one of ${choices.join(', ')}`,
  fits: (value, field, context) => typeof value === 'string' && isChoice(as(value), of(field, context)),
  listed: { of, as },
});

const upper = (text: string) => text.toUpperCase();
const parser = oneOf(ofFlag('--reasoning-parser'));

/** The types by their name in `FieldRow.type`. */
export const SCALARS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ['any', simple('any value', () => true)],
  ['null', simple('null', (value) => value === null)],
  ['bool', simple('true or false', isBoolean)],
  ['switch', simple('true or false', (value) => typeof value === 'boolean')],
  ['text', simple('text', (value) => typeof value === 'string')],
  ['int', numeric('a whole number', asInt)],
  ['code', numeric('a whole number', asCode)],
  ['float', numeric('a number', asFloat)],
  ['nonzero', simple('a number other than 0', (value) => (asFloat(value) ?? 0) !== 0)],
  ['words', oneOf(own)],
  ['folded', oneOf(own, (text) => text.toLowerCase().replaceAll('-', '_'))],
  ['names', oneOf(own, upper)],
  ['numbers', { ...oneOf(own), fits: (value, { choices }) => choices.includes(String(asCode(value))) }],
  ['backend', oneOf(ofFlag('--attention-backend'), upper)],
  ['quantization', oneOf(ofFlag('--quantization'), (text) => text.toLowerCase())],
  [
    'parser',
    {
      ...parser,
      fits: (value, field, context) => context.hasParserPlugin || value === '' || parser.fits(value, field, context),
    },
  ],
]);
