import type { Catalogue } from '../catalogue/catalogue';
import type { ReleasedField } from '../catalogue/released';
import { boundsInWords, isWithin } from './bounds';
import { asCode, asFloat, asInt, isBoolean } from './pydantic';

/** A type without items: what it allows in words, and whether a value fits. */
interface Scalar {
  readonly allowed: (field: ReleasedField, catalogue: Catalogue) => string;
  readonly fits: (value: unknown, field: ReleasedField, catalogue: Catalogue) => boolean;
}

type ReadNumber = (value: unknown) => number | undefined;

/** A number within the bounds of its key; before the bounds were measured, any number. */
const numeric = (what: string, read: ReadNumber): Scalar => ({
  allowed: ({ bounds }) => [what, boundsInWords(bounds)].filter((each) => each !== '').join(' '),
  fits: (value, { bounds }, catalogue) => {
    const number = read(value);
    return number !== undefined && (!catalogue.hasMeasuredFields || isWithin(number, bounds));
  },
});

/** One of the choices, after vLLM changed the text. Any text when no choices are known. */
const oneOf = (read: (text: string) => string): Scalar => ({
  allowed: ({ choices }) => `one of ${choices.join(', ')}`,
  fits: (value, { choices }) => typeof value === 'string' && (choices.length === 0 || choices.includes(read(value))),
});

const upper = (text: string) => text.toUpperCase();
const backends = (catalogue: Catalogue) => catalogue.flag('--attention-backend')?.flag.choices ?? [];

/** The types by their name in `FieldRow.type`. */
export const SCALARS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ['any', { allowed: () => 'any value', fits: () => true }],
  ['null', { allowed: () => 'null', fits: (value) => value === null }],
  ['bool', { allowed: () => 'true or false', fits: isBoolean }],
  ['text', { allowed: () => 'text', fits: (value) => typeof value === 'string' }],
  ['int', numeric('a whole number', asInt)],
  ['code', numeric('a whole number', asCode)],
  ['float', numeric('a number', asFloat)],
  ['words', oneOf((text) => text)],
  ['folded', oneOf((text) => text.toLowerCase().replaceAll('-', '_'))],
  ['names', oneOf(upper)],
  [
    'numbers',
    {
      allowed: ({ choices }) => `one of ${choices.join(', ')}`,
      fits: (value, { choices }) => choices.includes(String(asCode(value))),
    },
  ],
  [
    'backend',
    {
      allowed: ({ choices }, catalogue) => `one of ${[...choices, ...backends(catalogue)].join(', ')}`,
      fits: (value, { choices }, catalogue) => {
        if (typeof value !== 'string') return false;
        const known = backends(catalogue);
        return known.length === 0 || known.includes(upper(value)) || choices.includes(value.toLowerCase());
      },
    },
  ],
]);
