import type { Release } from '../release';
import { atLeast } from '../release';
import type { FieldRow } from './field-row';
import type { FlagName } from './flag-name';
import { hasQuirk } from './quirks';
import type { Bounds, FlagKind, FlagRow, Fold, Json, MetricRow, RouteRow, TextForm, Words } from './rows';
import { asOf, wordsAt } from './span';

/** A flag as one release has it. */
export interface ReleasedFlag {
  /** The full name, with dashes: `--max-model-len`. */
  readonly name: FlagName;
  readonly kind: FlagKind;
  /** See `FlagRow.type`; empty for a flag that accepts no value. */
  readonly type: string;
  /** The values that vLLM knows; empty when it accepts any. */
  readonly choices: readonly string[];
  /** Whether other values are refused. */
  readonly closed: boolean;
  /** What of a choice does not matter. */
  readonly fold: Fold;
  readonly form?: TextForm;
  /** The choices that need a package in the image; `*` for all that are not listed. */
  readonly packaged: readonly string[];
  /** Words accepted in addition to the type and the choices. */
  readonly also: readonly string[];
  readonly bounds: Bounds;
  /** Null often means that vLLM decides at start. */
  readonly default: Json;
  /** The minor since which it is deprecated, when it is at this release. */
  readonly deprecated?: string;
  readonly replacedBy?: string;
  readonly note?: string;
  /** The choices of every release, to explain a miss. */
  readonly allChoices?: Words;
}

/** One key of a JSON flag, or of a class inside one, as one release has it. */
export interface ReleasedField {
  readonly name: string;
  /** See `FieldRow.type`. */
  readonly type: string;
  readonly choices: readonly string[];
  readonly bounds: Bounds;
  readonly required: boolean;
  /** vLLM fills it, and refuses it when it is set. */
  readonly computed: boolean;
  readonly allChoices?: Words;
}

/** A metric as one release has it. */
export interface ReleasedMetric {
  readonly name: string;
  readonly type: MetricRow['type'];
  readonly unit?: string;
  readonly labels: readonly string[];
  /** The values of those labels that have a fixed set. */
  readonly labelValues: Readonly<Record<string, readonly string[]>>;
  /** Default upper bounds without +Inf, or how they are made. */
  readonly buckets?: readonly number[] | string;
  /** The key of `--custom-histogram-buckets` that replaces the buckets; absent where that flag does not exist. */
  readonly family?: string;
  /** When the series exist: `always`, or a condition in words. */
  readonly when: string;
  readonly deprecated?: string;
  /** Only exposed with `--show-hidden-metrics-for-version`. */
  readonly hidden: boolean;
  readonly replacedBy?: string;
  readonly note?: string;
}

/** An HTTP route as one release has it. */
export interface ReleasedRoute {
  readonly method: RouteRow['method'];
  readonly path: string;
  /** When it is registered: `always`, or a condition in words. */
  readonly when: string;
  /** The same in the newest release, which names the task of the model; old releases registered every path. */
  readonly newestWhen: string;
  /** Whether `--api-key` applies. */
  readonly guarded: boolean;
  readonly note?: string;
}

/** The minor only if the release has reached it: a deprecation in a later minor does not count yet. */
const since = (minor: string | undefined, release: Release) =>
  minor !== undefined && atLeast(release, minor) ? minor : undefined;

export function releasedFlag(row: FlagRow & { readonly name: FlagName }, release: Release): ReleasedFlag {
  const { name, kind, type = '', closed = false, fold = false, bounds = {}, default: initial = null } = row;
  const deprecated = since(row.deprecated, release);
  const choices = wordsAt(row.choices, release);
  const also = wordsAt(row.also, release);
  const packaged = wordsAt(row.packaged, release);
  const allChoices = row.choices;
  const { form, replacedBy, note } = row;
  return {
    name,
    kind,
    type,
    choices,
    closed,
    fold,
    form,
    packaged,
    also,
    bounds,
    default: initial,
    deprecated,
    replacedBy,
    note,
    allChoices,
  };
}

export function releasedField(row: FieldRow, release: Release): ReleasedField {
  const { name, type, choices, required = false, computed = false } = row;
  return { name, type, choices: wordsAt(choices, release), bounds: row, required, computed, allChoices: choices };
}

export function releasedMetric(row: MetricRow, release: Release): ReleasedMetric {
  const { name, type, unit, buckets, when = 'always', replacedBy, note } = row;
  const labels = wordsAt(row.labels, release);
  const values = Object.entries(row.values ?? {}).map(([label, words]) => [label, wordsAt(words, release)] as const);
  const labelValues = Object.fromEntries(values);
  const family = hasQuirk(release, 'bucket-families') ? row.family : undefined;
  const deprecated = since(row.deprecated, release);
  const hidden = since(row.hidden, release) !== undefined;
  return { name, type, unit, labels, labelValues, buckets, family, when, deprecated, hidden, replacedBy, note };
}

export function releasedRoute(row: RouteRow, release: Release): ReleasedRoute {
  const { method, path, when = 'always', guarded = false, note } = asOf(row, release);
  return { method, path, when, newestWhen: row.when ?? 'always', guarded, note };
}
