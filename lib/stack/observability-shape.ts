import { ALERT_OPTIONS } from '../alerts/alert-shape';
import type { Price } from '../cost/price';
import type { Dashboards } from '../dashboards/dashboards';
import type { Monitor } from '../monitoring/monitor';
import type { Objective } from '../objectives/objective';
import type { GatewayTraffic } from '../routing/traffic/gateway-traffic';
import { labelMap } from '../shapes/label-shapes';
import { instance, listOf } from '../shapes/shape';
import type { OptionalShapes } from '../shapes/struct';
import type { Tracing } from '../tracing/tracing';
import type { ObservabilityProps } from './observability-props';

/** Optional properties of objectives and monitoring. */
export const OBSERVABILITY: OptionalShapes<ObservabilityProps> = {
  objectives: listOf(
    instance<Objective>('Objective', 'an Objective, for example Objective.errorRate({ below: 0.005 })'),
  ),
  monitor: instance<Monitor>('Monitor', 'a Monitor, for example Monitor.pods()'),
  monitoringLabels: labelMap(),
  alerts: ALERT_OPTIONS,
  dashboards: instance<Dashboards>(
    'Dashboards',
    'Dashboards.configMap(), Dashboards.grafanaOperator({ ... }) or Dashboards.none()',
  ),
  gatewayTraffic: instance<GatewayTraffic>(
    'GatewayTraffic',
    'a GatewayTraffic, for example GatewayTraffic.envoyGateway({ route: "chat" })',
  ),
  tracing: instance<Tracing>(
    'Tracing',
    'a Tracing, for example Tracing.otlp({ endpoint: "http://otel.observability:4317" })',
  ),
  price: instance<Price>('Price', 'a Price, for example Price.perGpuHour(1.86)'),
};
