import { ALERTS } from '../../defaults';
import { GATEWAY_RECORDS } from '../../metrics/gateway-records';
import { series } from '../../metrics/promql';
import type { AlertRow } from '../alert-row';

export const GATEWAY: readonly AlertRow[] = [
  {
    name: 'VllmGatewayMetricsMissing',
    severity: 'warning',
    pending: ALERTS.gatewayMetricsMissing,
    absent: ({ objectives }) =>
      objectives.some(({ kind }) => kind === 'gateway-error-rate')
        ? undefined
        : 'no objective is about the requests at the gateway',
    expr: (watched) => `absent(${series(GATEWAY_RECORDS.answered, watched)})`,
    summary: 'Prometheus has no metrics of the gateway.',
    description: 'The requests at the gateway are not counted, so the alerts of the objective about them cannot fire.',
  },
];
