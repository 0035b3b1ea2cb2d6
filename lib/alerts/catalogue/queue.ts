import { ALERTS } from '../../defaults';
import { engineSeries } from '../../plan/engine-series';
import type { AlertRow } from '../alert-row';
import { rate, total } from '../expressions';

export const QUEUE: readonly AlertRow[] = [
  {
    name: 'VllmQueueGrowing',
    severity: 'warning',
    // By then a scaler has added replicas.
    pending: {
      of: ({ scaler, startupBudget }) => (scaler ? startupBudget : ALERTS.queueGrowing),
      words: 'startup budget, 5 min without a scaler',
    },
    threshold: {
      value: ALERTS.queued,
      unit: 'waiting requests per engine',
      zero: true,
      reason: 'the target of production-stack',
    },
    reads: ['waiting'],
    expr: (watched, threshold) => {
      const waiting = `avg by (namespace, app) (${engineSeries('waiting', watched)})`;
      return `min_over_time(${waiting}[5m:1m]) > ${threshold} and deriv(${waiting}[10m:1m]) > 0`;
    },
    summary: 'The queue of waiting requests grows.',
    description: 'At least {{ $value | humanize }} requests per engine wait, and the queue still grows.',
  },
  {
    name: 'VllmQueueTimeHigh',
    severity: 'warning',
    pending: ALERTS.sustained,
    threshold: { value: ALERTS.queueTime, unit: 's', reason: 'most clients allow a few seconds to the first token' },
    reads: ['queueTime'],
    // The mean: the smallest bucket is 0.3 s, so percentiles below it are invented.
    expr: (watched, threshold) => {
      const [sum, count] = ['_sum', '_count'].map((part) => total(rate(engineSeries('queueTime', watched, part))));
      return `${sum} / (${count} > 0) > ${threshold}`;
    },
    summary: 'Requests wait too long in the queue.',
    description: 'Requests waited {{ $value | humanizeDuration }} on average over the last five minutes.',
  },
];
