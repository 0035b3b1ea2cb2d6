import type { Panel, PanelText } from './panel';
import { descriptionOf, targets } from './panel';

/** How many observations fell into each bucket over time. */
export interface HeatmapOptions extends PanelText {
  /** One series for each bucket, with the label `le`. */
  readonly expr: string;
}

/** A panel of a histogram over time. */
export function heatmap({ title, about, unit, expr, width = 8 }: HeatmapOptions): Panel {
  const queries = [{ expr, legend: '{{le}}' }];
  return {
    type: 'heatmap',
    title,
    description: descriptionOf(about, queries),
    width,
    height: 8,
    fieldConfig: { defaults: { unit, custom: { scaleDistribution: { type: 'linear' } } }, overrides: [] },
    options: {
      calculate: false,
      cellGap: 1,
      cellValues: { unit: 'short' },
      color: {
        mode: 'scheme',
        scheme: 'Oranges',
        steps: 64,
        exponent: 0.5,
        scale: 'exponential',
        fill: 'orange',
        reverse: false,
      },
      exemplars: { color: 'rgba(255,0,255,0.7)' },
      // Buckets without observations stay empty.
      filterValues: { le: 1e-9 },
      legend: { show: true },
      rowsFrame: { layout: 'auto' },
      showValue: 'never',
      tooltip: { mode: 'single', showColorScale: false, yHistogram: true },
      yAxis: { axisPlacement: 'left', reverse: false, unit },
    },
    targets: targets(queries, 'heatmap'),
  };
}
