import type { Unit } from './units';

/** A query and the name of its series. */
export interface Query {
  readonly expr: string;
  /** With labels in braces: `{{pod}}`. */
  readonly legend: string;
}

/** A value on a panel at which the colour changes. */
export interface Bound {
  readonly value: number;
  readonly color: Color;
}

export type Color = 'green' | 'yellow' | 'orange' | 'red';

/** What every kind of panel is made of. */
export interface PanelText {
  readonly title: string;
  /** What it shows, and what to do when it is bad. The metrics that it reads are added. */
  readonly about: string;
  readonly unit: Unit;
  /** Of 24 columns. */
  readonly width?: number;
}

/** A panel before it has a number and a place, as Grafana's JSON but for these. */
export interface Panel {
  readonly type: 'timeseries' | 'stat' | 'bargauge' | 'table' | 'heatmap';
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly fieldConfig: { readonly defaults: object; readonly overrides: readonly object[] };
  readonly options: object;
  readonly targets: readonly Target[];
  readonly transformations?: readonly object[];
}

/** A query as a panel holds it; it asks the data source of the panel. */
export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly format: 'time_series' | 'table' | 'heatmap';
  /** One point in time; a range when absent. */
  readonly instant?: true;
  readonly legendFormat?: string;
}

/** The Prometheus that the reader chooses. */
export const DATASOURCE = { type: 'prometheus', uid: '${datasource}' } as const;

/** Names of the metrics and records that a query reads: each selector has braces. */
export function metricsOf(expr: string): string[] {
  const code = expr.replace(/"(\\.|[^"\\])*"/g, '""');
  return Array.from(code.matchAll(/([A-Za-z_:][\w:]*)\{/g), ([, name = '']) => name);
}

/** The description of a panel: the text about it, and the metrics that it reads. */
export function descriptionOf(about: string, queries: readonly { readonly expr: string }[]): string {
  const metrics = new Set(queries.flatMap(({ expr }) => metricsOf(expr)));
  return `${about}\n\nReads ${[...metrics].map((metric) => `\`${metric}\``).join(', ')}.`;
}

/** Grafana's names of queries: A, B, … */
export const refId = (index: number): string => String.fromCharCode('A'.charCodeAt(0) + index);

/** Queries of one kind as targets. */
export function targets(queries: readonly Query[], format: Target['format'], instant = false): Target[] {
  return queries.map(({ expr, legend }, index) => ({
    refId: refId(index),
    expr,
    format,
    ...(instant ? { instant: true as const } : {}),
    legendFormat: legend,
  }));
}

/** Steps of a scale of colours; the first one is for what lies below all bounds. */
export function thresholds(base: Color, bounds: readonly Bound[]) {
  const rising = [...bounds].sort((a, b) => a.value - b.value);
  return {
    mode: 'absolute',
    steps: [{ color: base, value: null }, ...rising.map(({ color, value }) => ({ color, value }))],
  };
}
