import type { AlertOptions } from '../alerts/alert-options';
import type { Price } from '../cost/price';
import type { Dashboards } from '../dashboards/dashboards';
import type { Monitor } from '../monitoring/monitor';
import type { Objective } from '../objectives/objective';
import type { GatewayTraffic } from '../routing/traffic/gateway-traffic';
import type { Tracing } from '../tracing/tracing';

/**
 * Objectives of a stack, and how it is monitored.
 *
 * A stack is monitored as soon as it has an objective, scales with KEDA, is delivered by a Rollout, or sets one of `monitor`, `monitoringLabels`,
 * `alerts`, `dashboards`, `gatewayTraffic` and `price`. Prometheus then scrapes it, and it has alerts and a dashboard. The
 * cluster needs the Prometheus Operator for that.
 */
export interface ObservabilityProps {
  /**
   * Objectives for clients. Each adds recording rules, burn-rate alerts and lines in the dashboard.
   *
   * @default - no objectives
   */
  readonly objectives?: Objective[];

  /**
   * How Prometheus scrapes the pods.
   *
   * @default Monitor.pods()
   */
  readonly monitor?: Monitor;

  /**
   * Labels by which Prometheus finds monitors and rules. The Prometheus of kube-prometheus-stack selects
   * `{ release: '<name of its Helm release>' }` and ignores other objects without an error.
   *
   * Use `{}` for a Prometheus that selects all objects.
   *
   * @default - none, with a warning
   */
  readonly monitoringLabels?: { [label: string]: string };

  /**
   * Changes to the alerts, their labels and runbooks; `{ enabled: false }` for no alerts, if you have your own.
   *
   * @default - every alert that applies to the stack; `docs/runbooks` lists them
   */
  readonly alerts?: AlertOptions;

  /**
   * How Grafana gets the dashboard of the stack.
   *
   * @default Dashboards.configMap()
   */
  readonly dashboards?: Dashboards;

  /**
   * Which requests at the gateway are for this stack: for a row in the dashboard, for `Objective.errorRate` with
   * `atGateway`, and for `Signal.gatewayRequests`. Prometheus must scrape the proxies of the gateway.
   *
   * @default - those of `routes`, at Envoy Gateway and Istio; otherwise the gateway is not watched
   */
  readonly gatewayTraffic?: GatewayTraffic;

  /**
   * Where the engine sends traces.
   *
   * @default - no traces
   */
  readonly tracing?: Tracing;

  /**
   * Price of the accelerator, for records and panels of cost.
   *
   * @default - cost is not recorded
   */
  readonly price?: Price;
}
