import type { Release } from '../release';
import { atLeast, minorOf } from '../release';
import type { FlagName } from './flag-name';
import type { ReleasedField, ReleasedFlag, ReleasedMetric, ReleasedRoute } from './released';
import { releasedField, releasedFlag, releasedMetric, releasedRoute } from './released';
import { apiKeyPrefixRows, flagRows, jsonSchema, measuredSince, metricRows, routeRows, variableRows } from './load';
import { hasQuirk } from './quirks';
import type { VariableRow } from './rows';
import type { Absence } from './span';
import { absence, asOf, firstOf, holds } from './span';
import type { Spelling } from './spellings';
import { inverseSince, normalise, spellingsOf } from './spellings';
import { Table } from './table';

/** What a flag as the user spelled it means. */
export interface SpelledFlag extends Spelling {
  /** The key of a dotted spelling: `--x.a.b` is `['a', 'b']`. Empty for the whole flag. */
  readonly path: readonly string[];
  /** Whether it appends to a list: `--x.a+`. */
  readonly append: boolean;
}

/** The keys of a JSON flag, or of a class inside one. */
export interface Fields {
  readonly known: ReadonlyMap<string, ReleasedField>;
  /** What every other key is, where keys are free. */
  readonly free?: ReleasedField;
  /** Whether vLLM refuses other keys. */
  readonly closed: boolean;
}

/** What one release of vLLM understands and exposes. A release newer than the tables is read as their newest. */
export class Catalogue {
  private static readonly made = new Map<string, Catalogue>();

  /** The catalogue of a release; made once. */
  public static of(release: Release): Catalogue {
    const made = Catalogue.made.get(release.text) ?? new Catalogue(release);
    Catalogue.made.set(release.text, made);
    return made;
  }

  private readonly flagTable = once(() => new Table(flagRows(), this.release));
  private readonly variableTable = once(() => new Table(variableRows(), this.release));
  private readonly metricTable = once(() => new Table(metricRows(), this.release));
  private readonly releasedFlags = once(() =>
    this.flagTable()
      .all()
      .map((row) => releasedFlag(row, this.release)),
  );
  private readonly spelled = once(() => {
    const spellings = spellingsOf(this.releasedFlags(), flagRows(), this.release);
    return new Map([...spellings].map(([name, spelling]) => [name, { ...spelling, path: [], append: false }] as const));
  });
  private readonly releasedRoutes = once(() => {
    const present = routeRows().filter((row) => holds(row.in, this.release));
    return present.map((row) => releasedRoute(row, this.release));
  });

  private constructor(public readonly release: Release) {}

  /** The minor of the release. */
  public get minor(): string {
    return minorOf(this.release);
  }

  /** All flags, sorted by name. */
  public flags(): readonly ReleasedFlag[] {
    return this.releasedFlags();
  }

  /** Every spelling accepted in full, without the dotted forms. */
  public spellings(): string[] {
    return [...this.spelled().keys()];
  }

  /** What a spelling means; only full spellings, although vLLM's parser also accepts unambiguous prefixes. */
  public flag(spelling: string): SpelledFlag | undefined {
    const spelled: ReadonlyMap<string, SpelledFlag> = this.spelled();
    // Nearly every look-up is of the name as the table has it, and each stack makes hundreds of them.
    const exact = spelled.get(spelling) ?? spelled.get(normalise(spelling));
    if (exact) return exact;
    const [head = '', ...path] = normalise(spelling).split('.');
    const dotted = path.length > 0 && !path.includes('') ? spelled.get(head) : undefined;
    if (dotted?.flag.kind !== 'json') return undefined;
    const append = spelling.endsWith('+');
    return { ...dotted, path: path.map((key) => key.replace(/\+$/, '')), append };
  }

  /** Whether this release has a flag; for text of a user, use `flag`. */
  public hasFlag(name: FlagName): boolean {
    return this.flag(name) !== undefined;
  }

  /** Why a flag or one of its other spellings is not in this release, or undefined when no release has it. */
  public missingFlag(spelling: string): Absence | undefined {
    const [name = ''] = normalise(spelling).split('.');
    if (this.spelled().has(name)) return undefined;
    const byName = this.flagTable().absence(name) ?? this.flagTable().absence(name.replace(/^--no-/, '--'));
    return byName ?? this.missingAlias(name) ?? this.missingInverse(name);
  }

  private missingAlias(name: string): Absence | undefined {
    const row = flagRows().find((each) => each.aliases?.[name] !== undefined);
    const span = row?.aliases?.[name];
    if (row === undefined || span === undefined) return undefined;
    return this.flagTable().absence(row.name) ?? { ...absence(span, this.release), replacedBy: row.name };
  }

  private missingInverse(name: string): Absence | undefined {
    const comesIn = inverseSince(name, this.spelled());
    return comesIn === undefined ? undefined : { comesIn };
  }

  /**
   * The keys of a JSON flag or of a class inside one, or undefined when any key is allowed, or the keys are not known for
   * this release.
   */
  public fields(name: string): Fields | undefined {
    const rows = jsonSchema()[name];
    if (rows === undefined || (!name.startsWith('--') && !this.hasMeasuredFields)) return undefined;
    if (!rows.some((row) => atLeast(this.release, firstOf(row.in) ?? '0'))) return undefined;
    const present = rows
      .filter((row) => holds(row.in, this.release))
      .map((row) => releasedField(asOf(row, this.release), this.release));
    const known = new Map(present.filter((field) => field.name !== '*').map((field) => [field.name, field] as const));
    const free = present.find((field) => field.name === '*');
    return { known, free, closed: hasQuirk(this.release, 'closed-json-keys') };
  }

  /** Whether bounds, nested keys and the names of values are known for this release, and not only keys and their types. */
  public get hasMeasuredFields(): boolean {
    return atLeast(this.release, measuredSince());
  }

  /** Why a key of a JSON flag, or of a class inside one, is not in this release, or undefined when no release has it. */
  public missingField(owner: string, name: string): Absence | undefined {
    const row = jsonSchema()[owner]?.find((each) => each.name === name);
    return row?.in === undefined ? undefined : absence(row.in, this.release);
  }

  /** An environment variable. */
  public env(name: string): VariableRow | undefined {
    return this.variableTable().get(name);
  }

  /** All environment variables, sorted by name. */
  public variables(): readonly VariableRow[] {
    return this.variableTable().all();
  }

  /** Why a variable is not in this release, or undefined when no release has it. */
  public missingEnv(name: string): Absence | undefined {
    return this.variableTable().absence(name);
  }

  /** A metric by its name in /metrics, without the suffixes of a histogram. */
  public metric(name: string): ReleasedMetric | undefined {
    const row = this.metricTable().get(name);
    return row && releasedMetric(row, this.release);
  }

  /** All metrics, sorted by name. */
  public metrics(): readonly ReleasedMetric[] {
    return this.metricTable()
      .all()
      .map((row) => releasedMetric(row, this.release));
  }

  /** Why a metric is not in this release, or undefined when no release has it. */
  public missingMetric(name: string): Absence | undefined {
    return this.metricTable().absence(name);
  }

  /** All HTTP routes, sorted by path. */
  public routes(): readonly ReleasedRoute[] {
    return this.releasedRoutes();
  }

  /** The path prefixes that `--api-key` guards. */
  public apiKeyPrefixes(): readonly string[] {
    const held = Object.entries(apiKeyPrefixRows()).filter(([minor]) => atLeast(this.release, minor));
    return held[held.length - 1]?.[1] ?? [];
  }
}

/** Makes a value on first use and keeps it. */
function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
