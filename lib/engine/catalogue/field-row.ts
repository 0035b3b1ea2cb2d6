import type { FlagName } from './flag-name';
import type { Json, Row, Words } from './rows';

/** One key of a JSON flag. */
export interface FieldRow extends Row {
  readonly flag: FlagName;
  /** As Python has it: `int | None`, `list[str]`, `Literal[2, 3]`. */
  readonly type: string;
  readonly choices?: Words;
  readonly fold?: boolean;
  readonly default?: Json;
}
