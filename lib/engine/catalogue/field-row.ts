import type { Bounds, Row, Words } from './rows';

/**
 * One key of a JSON flag, or of a class inside one.
 *
 * `type` has the types of which one must fit, with ` | ` between them:
 * - `bool int float text null any`: as pydantic reads them, `code`: a whole number that is not text, `switch`: a boolean and nothing else,
 *   `nonzero`: a number other than 0
 * - `words` and `numbers`: one of the choices, `folded`: the same after lower case and underscores, `names`: after upper case
 * - `backend`: a choice of `--attention-backend` or of the key, in any case, `quantization`: one of
 *   `--quantization` in any case, `parser`: a choice of `--reasoning-parser`
 * - `list(x)`, `filled(x)`: a list with one item or more, `distinct(x)`: the same, each once,
 *   `dict(x)`, `some(x)`: a dict with one key or more, `tuple(x y z)`
 * - `PassConfig` or the name of a flag: an object with the keys that the table has under this name
 * - `custom-ops`, `bounds`, `qualified`: see field-rules.ts of the check
 */
export interface FieldRow extends Pick<Row, 'name' | 'in' | 'before'>, Bounds {
  readonly type: string;
  readonly choices?: Words;
  readonly required?: boolean;
  /** vLLM fills it, and refuses it when it is set. */
  readonly computed?: boolean;
}

/** The keys of flags and of classes inside them, by name. */
export type JsonSchema = Readonly<Record<string, readonly FieldRow[]>>;
