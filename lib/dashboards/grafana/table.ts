import type { Bound, Color, Panel } from './panel';
import { descriptionOf, refId, targets, thresholds } from './panel';
import type { Unit } from './units';
import { UNIT } from './units';

/** A column of values. */
export interface ValueColumn {
  readonly title: string;
  readonly expr: string;
  readonly unit: Unit;
  /** Colours of the text: below all bounds, and from each on. */
  readonly base?: Color;
  readonly bounds?: readonly Bound[];
}

/** A table: rows are joined by the labels that all queries have. */
export interface TableOptions {
  readonly title: string;
  readonly about: string;
  readonly width?: number;
  /** Labels that become columns, each with its title. */
  readonly labels: Readonly<Record<string, string>>;
  readonly columns: readonly ValueColumn[];
  /** Title of the column that comes first when it is sorted, from small to large. */
  readonly sortBy: string;
}

/** Grafana calls the values of a lone query `Value`, those of several ones after them. */
const fieldName = (index: number, count: number): string => (count === 1 ? 'Value' : `Value #${refId(index)}`);

function override({ title, unit, base = 'green', bounds = [] }: ValueColumn): object {
  const colors = [
    { id: 'custom.cellOptions', value: { type: 'color-text' } },
    { id: 'thresholds', value: thresholds(base, bounds) },
  ];
  return {
    matcher: { id: 'byName', options: title },
    properties: [{ id: 'unit', value: unit }, ...(bounds.length > 0 ? colors : [])],
  };
}

/** A panel of the newest values as a table. */
export function table({ title, about, labels, columns, sortBy, width = 24 }: TableOptions): Panel {
  const names = columns.map((column, index) => [fieldName(index, columns.length), column.title] as const);
  const renameByName = { ...labels, ...Object.fromEntries(names) };
  const indexByName = Object.fromEntries(Object.keys(renameByName).map((name, index) => [name, index]));
  return {
    type: 'table',
    title,
    description: descriptionOf(about, columns),
    width,
    height: 8,
    fieldConfig: {
      defaults: {
        unit: UNIT.none,
        custom: { align: 'auto', cellOptions: { type: 'auto' }, inspect: false, filterable: true },
        thresholds: thresholds('green', []),
      },
      overrides: columns.map(override),
    },
    options: { cellHeight: 'sm', frameIndex: 0, showHeader: true, sortBy: [{ displayName: sortBy, desc: false }] },
    transformations: [
      { id: 'merge', options: {} },
      { id: 'organize', options: { excludeByName: { Time: true }, indexByName, renameByName } },
    ],
    targets: targets(
      columns.map(({ expr }) => ({ expr, legend: '' })),
      'table',
      true,
    ),
  };
}
