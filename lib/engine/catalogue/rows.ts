/**
 * The shape of the tables in data/: what each key of a row means. Keys that do not apply are unset.
 *
 * A row describes the newest minor of the tables. What was different earlier is in `before`, so that a new release
 * is recorded by editing the row and adding one `before` entry.
 *
 * Rows that name flags of `flags.ts` have files of their own, since their type is made from that table: field-row.ts and
 * behaviour-row.ts.
 */

/**
 * When something exists. `0.11..` is from 0.11 on, `..0.28` until 0.28 without it, `0.9..0.13` both; a start or an end
 * may be a patch release (`0.11.1..`). A gap is two spans with a blank between them. Unset: in every release.
 */
export type Span = string;

/** Words with a blank between them, or the same by the span in which they hold. `..` is as long as the row itself. */
export type Words = string | Readonly<Record<Span, string>>;

/** A value as JSON has it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What all rows have. */
export interface Row {
  /** Its name, unique in the table. */
  readonly name: string;
  /** When it exists. */
  readonly in?: Span;
  /** What was different before a minor: `{ '0.14': { default: null } }`. The entry of the nearest later minor counts. */
  readonly before?: Readonly<Record<string, object>>;
}

/**
 * How many values a flag accepts:
 * - `value`: one · `list`: one or more · `repeat`: one, and the flag may be set again · `json`: one JSON text
 * - `optional-value`: one or none · `bool`: none, and `--no-x` is the opposite · `flag`: none, without `--no-x`
 */
export type FlagKind = 'value' | 'list' | 'repeat' | 'json' | 'optional-value' | 'bool' | 'flag';

/** Limits of a number. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
  /** Greater than this, without it. */
  readonly above?: number;
  /** Less than this, without it. */
  readonly below?: number;
}

/** How choices compare: exactly, without case, or without case and dashes. */
export type Fold = boolean | 'case';

/** How vLLM reads a text that is not free, see ../check/text-forms.ts. */
export type TextForm = 'class' | 'cpu-list' | 'device-list' | 'level' | 'version';

/** A flag of `vllm serve`. */
export interface FlagRow extends Row {
  readonly kind: FlagKind;
  /**
   * `str int float bool list dict`, or `int+suffix` (8k is 8000, 8K is 8192), `dict|str` (JSON or text), or the vLLM
   * class that a JSON flag fills. Unset for `bool` and `flag`.
   */
  readonly type?: string;
  /** The values that vLLM knows. */
  readonly choices?: Words;
  /** Whether the parser refuses other values than the choices. */
  readonly closed?: boolean;
  /** What of a choice does not matter: `case`, or true for case and dashes. */
  readonly fold?: Fold;
  /** How another text is read that is not a choice. */
  readonly form?: TextForm;
  /** The choices that vLLM knows only with a package in its image; `*` for all that are not listed. */
  readonly packaged?: Words;
  /** Words accepted in addition to the type and the choices. */
  readonly also?: Words;
  /** As in the newest minor that has the flag. */
  readonly bounds?: Bounds;
  /** Default of the parser. Unset for null, which often means that vLLM decides at start. */
  readonly default?: Json;
  /** Other spellings, and when each is accepted. */
  readonly aliases?: Readonly<Record<string, Span>>;
  /** The minor since which it is deprecated. */
  readonly deprecated?: string;
  readonly replacedBy?: string;
  readonly note?: string;
}

/** What vLLM makes of the value of a variable; `list` is choices with commas between them. */
export type VariableType = 'int' | 'float' | 'json' | 'list';

/** An environment variable that vLLM reads. */
export interface VariableRow extends Row {
  /** How vLLM reads the value, see ../check/variable-values.ts. Unset: as text. */
  readonly type?: VariableType;
  /** The values that vLLM accepts; unset for any. */
  readonly choices?: Words;
  /** What of a choice does not matter. */
  readonly fold?: Fold;
  /** Unset for null. */
  readonly default?: Json;
  /** The default is computed at start, for instance a path under the home folder. */
  readonly computed?: boolean;
  /** Read outside vllm/envs.py, so that `--fail-on-environ-validation` does not know it. */
  readonly outside?: boolean;
  readonly replacedBy?: string;
}

/** A metric of /metrics. A histogram adds `_bucket _sum _count` to its name, a summary `_sum _count`. */
export interface MetricRow extends Row {
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary';
  readonly unit?: string;
  readonly labels?: Words;
  /** The values of a label, where they are a fixed set. */
  readonly values?: Readonly<Record<string, Words>>;
  /** Default upper bounds without +Inf, or how they are made. The same in every release. */
  readonly buckets?: readonly number[] | string;
  /** The key of `--custom-histogram-buckets` (0.32) that replaces the buckets. */
  readonly family?: string;
  /** When the series exist. Unset: always. */
  readonly when?: string;
  readonly deprecated?: string;
  /** The minor since which it is exposed only with `--show-hidden-metrics-for-version`. */
  readonly hidden?: string;
  readonly replacedBy?: string;
  readonly note?: string;
}

/** An HTTP route. Method and path together are unique. */
export interface RouteRow extends Omit<Row, 'name'> {
  readonly method: 'GET' | 'POST' | 'WEBSOCKET';
  readonly path: string;
  /** When it is registered. Unset: always. */
  readonly when?: string;
  /** Whether `--api-key` applies. */
  readonly guarded?: boolean;
  readonly note?: string;
}

/** A minor of vLLM. */
export interface ReleaseRow {
  readonly minor: string;
  /** Its last patch release: the tables describe the minor as of this release. */
  readonly patch: string;
  /** Day of that patch release. */
  readonly released: string;
}

/** Something that vLLM does from a release on, and on which a decision depends. */
export interface QuirkRow {
  /** The first version that does it. */
  readonly since: string;
  readonly what: string;
  readonly source: string;
}
