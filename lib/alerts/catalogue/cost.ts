import { ALERTS } from '../../defaults';
import { COST_RECORDS, GPU_RECORDS } from '../../metrics/gpu-records';
import { series } from '../../metrics/promql';
import { SLO_RECORDS } from '../../metrics/slo';
import type { AlertRow } from '../alert-row';
import { latencyObjectives, notNvidia } from '../reasons';

const BUSY = 'share of time in which a kernel ran';
const busy = (minutes: number, query: string) => `avg by (namespace, app) (avg_over_time(${query}[${minutes}m]))`;

export const COST: readonly AlertRow[] = [
  {
    name: 'VllmGpuIdlePaidFor',
    severity: 'info',
    pending: ALERTS.idlePaidFor,
    threshold: { value: ALERTS.gpuIdle, unit: BUSY, share: true, reason: 'even a small batch keeps a GPU busy' },
    absent: (watched) => {
      const { min, max } = watched.replicas;
      return notNvidia(watched) ?? (min === max ? `the number of replicas is always ${max}` : undefined);
    },
    expr: (watched, threshold) => {
      const replicas = `count by (namespace, app) (${series('up', watched)})`;
      return `${busy(30, series(GPU_RECORDS.engineActive, watched))} < ${threshold} and ${replicas} > ${watched.replicas.min}`;
    },
    summary: 'The stack has more replicas than it needs.',
    description: 'GPUs worked {{ $value | humanizePercentage }} of the time, with more replicas than the minimum.',
  },
  {
    name: 'VllmGpuStarvedButSlow',
    severity: 'warning',
    pending: ALERTS.starvedButSlow,
    threshold: { value: ALERTS.gpuIdle, unit: BUSY, share: true, reason: 'even a small batch keeps a GPU busy' },
    absent: (watched) =>
      notNvidia(watched) ?? (latencyObjectives(watched).length > 0 ? undefined : 'no objective is set for latency'),
    expr: (watched, threshold) => {
      const burning = latencyObjectives(watched).map(({ id }) =>
        series(SLO_RECORDS.currentBurnRate, watched, { sloth_id: id }),
      );
      const slow = `max(${burning.join(' or ')}) > 1`;
      return `${busy(15, series(GPU_RECORDS.engineActive, watched))} < ${threshold} and on () ${slow}`;
    },
    summary: 'Answers are late while the GPUs have little to do.',
    description: 'GPUs work {{ $value | humanizePercentage }} of the time while a promise about latency is broken.',
  },
  {
    name: 'VllmCostPer1kTokensHigh',
    severity: 'info',
    pending: ALERTS.costHigh,
    threshold: { value: undefined, unit: 'dollars per 1,000 generated tokens', reason: 'only you know your budget' },
    needs: 'price',
    absent: ({ dollarsPerDeviceHour }) => (dollarsPerDeviceHour === undefined ? 'no price is set' : undefined),
    expr: (watched, threshold) => `${series(COST_RECORDS.per1kOutputTokens, watched)} > ${threshold}`,
    summary: 'Tokens cost more than the budget.',
    description: '1,000 generated tokens cost {{ $value | printf "%.4f" }} dollars over the last hour.',
  },
];
