import { DASHBOARD } from '../../defaults';
import type { Bound, Panel, PanelText, Query } from './panel';
import { descriptionOf, targets, thresholds } from './panel';

/** Curves over time. */
export interface TimeseriesOptions extends PanelText {
  readonly queries: readonly Query[];
  /** Upper end of the axis, where the values have one. */
  readonly max?: number;
  /** Whether values may be below 0, where the axis ends otherwise. */
  readonly signed?: boolean;
  /** Whether the curves add up. */
  readonly stacked?: boolean;
  /** Lines across the panel. */
  readonly lines?: readonly Bound[];
}

/**
 * A panel of curves over time. A setting that Grafana's own panel has by default is absent: thin lines in the classic
 * palette, nothing stacked, no lines across (grafana/grafana public/app/plugins/panel/timeseries/config.ts, which
 * packages/grafana-data/src/panel/getPanelOptionsWithDefaults.ts merges below what a dashboard has).
 */
export function timeseries(options: TimeseriesOptions): Panel {
  const { title, about, unit, queries, width = 8, max, signed = false, stacked = false, lines = [] } = options;
  return {
    type: 'timeseries',
    title,
    description: descriptionOf(about, queries),
    width,
    height: 8,
    fieldConfig: {
      defaults: {
        unit,
        ...(signed ? {} : { min: 0 }),
        ...(max === undefined ? {} : { max }),
        custom: {
          fillOpacity: stacked ? 40 : 8,
          showPoints: 'never',
          // A scrape that is missed leaves no hole, an idle service does.
          spanNulls: DASHBOARD.gap,
          ...(stacked ? { stacking: { mode: 'normal', group: 'A' } } : {}),
          ...(lines.length > 0 ? { thresholdsStyle: { mode: 'line' } } : {}),
        },
        ...(lines.length > 0 ? { thresholds: thresholds('green', lines) } : {}),
      },
      overrides: [],
    },
    options: {
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
    targets: targets(queries, 'time_series'),
  };
}
