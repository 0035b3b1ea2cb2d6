import { Catalogue } from '../engine/catalogue/catalogue';
import type { MetricRole } from '../engine/metric-roles';
import { metricOf } from '../engine/metric-roles';
import type { Release } from '../engine/release';
import type { Matcher, MetricScope } from '../metrics/promql';
import { series } from '../metrics/promql';

/** The series of a stack, and the release that exposes them. */
export interface EngineScope extends MetricScope {
  readonly release: Release;
}

/** The engine's series for a role, with its name in the release; `part` is a part of a histogram, such as `_bucket`. */
export function engineSeries(
  role: MetricRole,
  scope: EngineScope,
  part = '',
  more: Readonly<Record<string, Matcher>> = {},
): string {
  return series(metricOf(role, Catalogue.of(scope.release)) + part, scope, more);
}
