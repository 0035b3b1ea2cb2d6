import type { GatewaySeries, GatewayTrafficPlan } from '../metrics/gateway-series';
import { gatewaySeries } from '../metrics/gateway-series';
import type { WorkloadScope } from './workload-series';
import { ofWorkload } from './workload-series';

/** Between two points of a subquery: kube-prometheus-stack scrapes kube-state-metrics as often. */
const STEP = '30s';

/** Rates of a gateway, each as one expression with one element while the gateway is scraped. */
export class GatewayRates {
  /** @param range of the rates, as PromQL writes it: `5m` */
  public constructor(
    private readonly series: GatewaySeries,
    private readonly range: string,
  ) {}

  /** An expression, or 0 while it has no element and the gateway is scraped: a counter before its first request. */
  public orZero(expr: string): string {
    return `(${expr} or 0 * sum(${this.series.presence}))`;
  }

  /** Requests per second of a selector. */
  public of(selected: string): string {
    return this.orZero(`sum(rate(${selected}[${this.range}]))`);
  }

  /** Answers of 5xx that the gateway gave itself, for any route; undefined where it counts them for their route. */
  public own(): string | undefined {
    const { own } = this.series;
    if (own === undefined) return undefined;
    return this.orZero(`clamp_min(sum(rate(${own.all}[${this.range}])) - ${this.of(own.routed)}, 0)`);
  }

  /**
   * Those among `own` that count for a stack: all of them if it had no available replica at any time of the range, since a
   * rate looks back as far. Other stacks behind the same proxies may have caused some of them. No element without
   * kube-state-metrics, unless the proxies serve no other stack.
   */
  public ofStack(own: string, { exclusive }: GatewayTrafficPlan, { workload, namespace }: WorkloadScope): string {
    if (exclusive) return own;
    const available = ofWorkload(workload.availableReplicas, { workload, namespace });
    return `${own} * max_over_time((max(${available}) == bool 0)[${this.range}:${STEP}])`;
  }
}

/** Requests per second that arrive for a stack, whether it has a replica or not. */
export function arrivals(gateway: GatewayTrafficPlan, scope: WorkloadScope, range: string): string {
  const series = gatewaySeries(gateway, scope.namespace);
  const rates = new GatewayRates(series, range);
  const own = rates.own();
  const arrived = rates.of(series.arrived);
  return own === undefined ? arrived : `${arrived} + ${rates.ofStack(own, gateway, scope)}`;
}
