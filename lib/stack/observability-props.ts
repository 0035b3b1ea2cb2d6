import type { AlertOptions } from '../alerts/alert-options';
import type { Price } from '../cost/price';
import type { Dashboards } from '../dashboards/dashboards';
import type { Monitor } from '../monitoring/monitor';
import type { Objective } from '../objectives/objective';
import type { Tracing } from '../tracing/tracing';

/**
 * What a stack promises, and how it is watched.
 *
 * A stack is watched as soon as it has an objective, scales by KEDA or says one of `monitor`, `monitoringLabels`,
 * `alerts`, `dashboards` and `price`: Prometheus then scrapes it, and it has alerts and a dashboard. The cluster needs the
 * Prometheus Operator for that.
 */
export interface ObservabilityProps {
  /**
   * What clients are promised. Recording rules, burn-rate alerts and lines in the dashboard follow from it.
   *
   * @default - nothing is promised
   */
  readonly objectives?: Objective[];

  /**
   * How Prometheus scrapes the pods.
   *
   * @default Monitor.pods()
   */
  readonly monitor?: Monitor;

  /**
   * Labels by which Prometheus finds monitors and rules. The Prometheus of kube-prometheus-stack looks for
   * `{ release: '<name of its Helm release>' }` and silently passes over what lacks it.
   *
   * `{}` is for a Prometheus that selects all of them.
   *
   * @default - none, with a warning
   */
  readonly monitoringLabels?: { [label: string]: string };

  /**
   * Changes to the alerts, their labels and runbooks; `{ enabled: false }` for none, where you have your own.
   *
   * @default - every alert that the stack can have, as `docs/runbooks` lists them
   */
  readonly alerts?: AlertOptions;

  /**
   * How the dashboard of the stack reaches Grafana.
   *
   * @default Dashboards.configMap()
   */
  readonly dashboards?: Dashboards;

  /**
   * Where the engine sends traces.
   *
   * @default - there are no traces
   */
  readonly tracing?: Tracing;

  /**
   * What the accelerator costs, for records and panels of cost.
   *
   * @default - cost is not recorded
   */
  readonly price?: Price;
}
