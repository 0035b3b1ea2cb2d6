import type { AlertCase } from './alerts-case';
import { steady } from './alerts-series';

const labels = { gateway_envoyproxy_io_owning_gateway_name: 'public', envoy_http_conn_manager_prefix: 'http-10080' };
const stack = 'behind a gateway';

export const GATEWAY_CASES: readonly AlertCase[] = [
  { title: 'a gateway that is not scraped', stack, at: 30, fires: { VllmGatewayMetricsMissing: [{}] } },
  {
    title: 'a gateway that is scraped, before its first request',
    stack,
    series: [steady('envoy_http_downstream_rq_total', labels, 0)],
    at: 30,
    silent: ['VllmGatewayMetricsMissing'],
  },
  {
    title: 'another Gateway that is scraped',
    stack,
    series: [
      steady('envoy_http_downstream_rq_total', { ...labels, gateway_envoyproxy_io_owning_gateway_name: 'internal' }, 0),
    ],
    at: 30,
    fires: { VllmGatewayMetricsMissing: [{}] },
  },
];
