import { ALERT_OPTIONS } from '../alerts/alert-shape';
import { labelMap } from '../shapes/label-shapes';
import type { Shape } from '../shapes/shape';
import { instance, listOf } from '../shapes/shape';

/** Optional properties of what is promised and watched. */
export const OBSERVABILITY: Record<string, Shape> = {
  objectives: listOf(instance('Objective', 'an Objective, for example Objective.errorRate({ below: 0.005 })')),
  monitor: instance('Monitor', 'a Monitor, for example Monitor.pods()'),
  monitoringLabels: labelMap(),
  alerts: ALERT_OPTIONS,
  dashboards: instance(
    'Dashboards',
    'Dashboards.configMap(), Dashboards.grafanaOperator({ ... }) or Dashboards.none()',
  ),
  tracing: instance('Tracing', 'a Tracing, for example Tracing.otlp({ endpoint: "http://otel.observability:4317" })'),
  price: instance('Price', 'a Price, for example Price.perGpuHour(1.86)'),
};
