import type { Bound, Color, Panel, PanelText, Query } from './panel';
import { descriptionOf, targets, thresholds } from './panel';

/** The last values, as numbers or bars. */
export interface ValuesOptions extends PanelText {
  readonly queries: readonly Query[];
  /** Colour below all bounds. */
  readonly base?: Color;
  readonly bounds?: readonly Bound[];
  readonly decimals?: number;
  readonly height?: number;
}

const REDUCE = { calcs: ['lastNotNull'], fields: '', values: false };

const fields = ({ unit, base = 'green', bounds = [], decimals }: ValuesOptions, more: object = {}) => ({
  defaults: {
    unit,
    ...(decimals === undefined ? {} : { decimals }),
    ...more,
    color: { mode: 'thresholds' },
    thresholds: thresholds(base, bounds),
  },
  overrides: [],
});

/** A panel of large numbers. */
export function stat(options: ValuesOptions): Panel {
  const { title, about, queries, width = 4, height = 4 } = options;
  return {
    type: 'stat',
    title,
    description: descriptionOf(about, queries),
    width,
    height,
    fieldConfig: fields(options),
    options: {
      colorMode: 'value',
      graphMode: 'area',
      justifyMode: 'auto',
      orientation: 'auto',
      reduceOptions: REDUCE,
      showPercentChange: false,
      textMode: 'auto',
      wideLayout: true,
    },
    targets: targets(queries, 'time_series'),
  };
}

/** A panel of one bar for each series, from 0 to 1. */
export function bars(options: ValuesOptions): Panel {
  const { title, about, queries, width = 8, height = 8 } = options;
  return {
    type: 'bargauge',
    title,
    description: descriptionOf(about, queries),
    width,
    height,
    fieldConfig: fields(options, { min: 0, max: 1 }),
    options: {
      displayMode: 'basic',
      maxVizHeight: 300,
      minVizHeight: 16,
      minVizWidth: 8,
      namePlacement: 'auto',
      orientation: 'horizontal',
      reduceOptions: REDUCE,
      showUnfilled: true,
      sizing: 'auto',
      valueMode: 'color',
    },
    targets: targets(queries, 'time_series', true),
  };
}
