import type { Release } from '../release';
import type { Row } from './rows';
import type { Absence } from './span';
import { absence, asOf, holds } from './span';

/** The rows of one table that exist at a release, as they were then. */
export class Table<R extends Row & { readonly replacedBy?: string }> {
  private readonly present: ReadonlyMap<string, R>;

  public constructor(
    private readonly rows: readonly R[],
    private readonly release: Release,
  ) {
    const present = rows.filter((row) => holds(row.in, release));
    this.present = new Map(present.map((row) => [row.name, asOf(row, release)]));
  }

  /** All rows, in the order of the table. */
  public all(): R[] {
    return [...this.present.values()];
  }

  /** All names, in the order of the table. */
  public names(): string[] {
    return [...this.present.keys()];
  }

  public get(name: string): R | undefined {
    return this.present.get(name);
  }

  /** Why a release does not have a name; undefined when it has it, or when no release has it. */
  public absence(name: string): Absence | undefined {
    if (this.present.has(name)) return undefined;
    const row = this.rows.find((each) => each.name === name);
    return row?.in === undefined ? undefined : withReplacement(absence(row.in, this.release), row.replacedBy);
  }
}

/** A replacement is named for what was removed, not for what a later release adds. */
function withReplacement(reason: Absence, replacedBy: string | undefined): Absence {
  return reason.goneIn !== undefined && replacedBy !== undefined ? { ...reason, replacedBy } : reason;
}
