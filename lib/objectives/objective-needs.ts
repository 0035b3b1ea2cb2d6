import { Catalogue } from '../engine/catalogue/catalogue';
import type { HistogramBound } from '../engine/command-line/histogram-bounds';
import { countsEngineErrors, metricOf } from '../engine/metric-roles';
import type { Release } from '../engine/release';
import { histogramOf } from './latency-roles';
import type { Objective } from './objective';

/** What the engine must expose so that promises can be measured. */
export interface ObjectiveNeeds {
  /** vLLM's own metrics, without the suffixes of histograms; those that the release has. */
  readonly metrics: readonly string[];
  readonly bounds: readonly HistogramBound[];
}

function errorMetrics(catalogue: Catalogue): string[] {
  const answered = metricOf('http', catalogue);
  return countsEngineErrors(catalogue) ? [answered, metricOf('finished', catalogue)] : [answered];
}

/** What promises need of the engine. It is known before the plan of the engine, which uses it. */
export function objectiveNeeds(objectives: readonly Objective[], release: Release): ObjectiveNeeds {
  const catalogue = Catalogue.of(release);
  const metrics = new Set<string>();
  const bounds: HistogramBound[] = [];
  objectives.forEach(({ _spec: spec }, index) => {
    if ('target' in spec) {
      if (spec.kind === 'error-rate') errorMetrics(catalogue).forEach((name) => metrics.add(name));
      return;
    }
    const metric = histogramOf(spec.kind);
    if (catalogue.metric(metric) === undefined) return;
    metrics.add(metric);
    bounds.push({ metric, seconds: spec.within, subject: `objectives[${index}].within` });
  });
  return { metrics: [...metrics], bounds };
}
