import { GATEWAY_RECORDS } from '../../metrics/gateway-records';
import type { GatewaySeries } from '../../metrics/gateway-series';
import { gatewaySeries } from '../../metrics/gateway-series';
import type { Row } from '../grafana/layout';
import type { Bound, Panel, Query } from '../grafana/panel';
import { timeseries } from '../grafana/timeseries';
import { UNIT } from '../grafana/units';
import { quantile, ratio, sum, sumRate } from '../panel-queries';
import type { ServiceScope } from './scope';

const PERCENTILES = [50, 95, 99];

const recorded = (name: keyof typeof GATEWAY_RECORDS, scope: ServiceScope): string =>
  sum(scope.whole(GATEWAY_RECORDS[name]));

function traffic({ answered, status }: GatewaySeries): Panel {
  return timeseries({
    title: 'Requests at the gateway',
    about:
      'Requests for the stack by the status that clients got, counted when the answer ends. Answers of the gateway itself may be missing: see the requests without a pod.',
    unit: UNIT.requestsPerSecond,
    stacked: true,
    width: 12,
    queries: [{ expr: sumRate(answered, status.label), legend: status.legend }],
  });
}

function failures(scope: ServiceScope): Panel {
  const promised = scope.watched.objectives.filter(({ kind }) => kind === 'gateway-error-rate');
  return timeseries({
    title: 'Failed at the gateway',
    about:
      'Share of requests answered with 5xx, also those that never reached a pod. If the pods report fewer failures, look for missing endpoints, refused connections and timeouts of the route. A stream that breaks after its first byte is no failure here.',
    unit: UNIT.share,
    width: 12,
    queries: [{ expr: ratio(recorded('failed', scope), recorded('answered', scope)), legend: '5xx' }],
    lines: promised.map(({ target }): Bound => ({ value: Number((1 - target).toFixed(9)), color: 'red' })),
  });
}

function durations({ duration }: GatewaySeries, scope: ServiceScope): Panel {
  const engine = scope.name('endToEnd');
  const at = (percentile: number): Query[] => [
    { expr: `0.001 * ${quantile(percentile / 100, duration)}`, legend: `p${percentile} gateway` },
    ...(engine === undefined
      ? []
      : [{ expr: quantile(percentile / 100, (part) => scope.chosen(engine + part)), legend: `p${percentile} vLLM` }]),
  ];
  return timeseries({
    title: 'Duration at the gateway',
    about:
      'Time to the end of the answer at the gateway, and in vLLM. If the gateway is far above vLLM, the network is slow, connections wait, or clients read slowly. The buckets of the gateway are wide: 10 s, 30 s, 60 s, 300 s.',
    unit: UNIT.seconds,
    width: 12,
    queries: PERCENTILES.flatMap(at),
  });
}

function unreached({ own }: GatewaySeries, exclusive: boolean, scope: ServiceScope): Panel {
  const all: Query[] = own === undefined ? [] : [{ expr: recorded('own', scope), legend: 'of all routes' }];
  const attribution =
    own === undefined || exclusive
      ? ''
      : ' They have no route: those while the stack has no available replica are taken as its own. A refused connection is not among them.';
  return timeseries({
    title: 'Requests without a pod',
    about: `Requests answered with 5xx by the gateway itself, most of them because no endpoint was ready.${attribution} If pods are ready, compare the backends of the route with the endpoints of the Service.`,
    unit: UNIT.requestsPerSecond,
    width: 12,
    queries: [{ expr: recorded('unreached', scope), legend: 'of this stack' }, ...all],
  });
}

/** What clients get, whether their requests reach a pod or not; undefined where the gateway is not watched. */
export function gatewayRow(scope: ServiceScope): Row | undefined {
  const { gateway } = scope.watched;
  if (gateway === undefined) return undefined;
  const series = gatewaySeries(gateway, scope.namespace);
  return {
    title: 'Gateway',
    collapsed: true,
    panels: [traffic(series), failures(scope), durations(series, scope), unreached(series, gateway.exclusive, scope)],
  };
}
