import { COST_RECORDS } from '../../lib/metrics/gpu-records';
import { SLO_RECORDS } from '../../lib/metrics/slo';
import type { AlertCase } from './alerts-case';
import { gpu, gpuLabels } from './alerts-gpus';
import { SECOND, steady, target } from './alerts-series';

const active = (share: number) => [
  ...gpu(gpuLabels(target(), 'exported'), { active: share }),
  ...gpu(gpuLabels(target(SECOND), 'exported', { UUID: 'GPU-12' }), { active: share }),
];
const burning = (rate: number) =>
  steady(SLO_RECORDS.currentBurnRate, { namespace: 'llm', app: 'vllm', sloth_id: 'llm-vllm-ttft' }, rate);
const cost = (dollars: number) =>
  steady(COST_RECORDS.per1kOutputTokens, { namespace: 'llm', app: 'vllm', model: 'llama' }, dollars);

export const COST_CASES: readonly AlertCase[] = [
  { title: 'more replicas than needed', series: active(0.05), at: 70, fires: { VllmGpuIdlePaidFor: [{}] } },
  { title: 'more replicas than needed for half an hour', series: active(0.05), at: 40, silent: ['VllmGpuIdlePaidFor'] },
  {
    title: 'the minimum of replicas, without work',
    without: [/b9q4z/],
    series: gpu(gpuLabels(target(), 'exported'), { active: 0.01 }),
    at: 75,
    silent: ['VllmGpuIdlePaidFor', 'VllmGpuStarvedButSlow'],
  },
  {
    title: 'a stack of a fixed size without work',
    stack: 'fixed',
    without: [/horizontalpodautoscaler.*"keda-hpa-vllm-scaler"/],
    series: active(0.01),
    at: 75,
    silent: ['VllmGpuIdlePaidFor'],
  },
  {
    title: 'late answers while GPUs have little to do',
    series: [...active(0.2), burning(3)],
    at: 30,
    fires: { VllmGpuStarvedButSlow: [{}] },
  },
  {
    title: 'late answers while GPUs are busy',
    series: [...active(0.9), burning(3)],
    at: 30,
    silent: ['VllmGpuStarvedButSlow'],
  },
  {
    title: 'answers in time while GPUs have little to do',
    series: [...active(0.2), burning(0.5)],
    at: 30,
    silent: ['VllmGpuStarvedButSlow'],
  },
  {
    title: 'tokens above the budget',
    series: [cost(0.002)],
    at: 125,
    fires: { VllmCostPer1kTokensHigh: [{ model: 'llama' }] },
  },
  { title: 'tokens above the budget for an hour', series: [cost(0.002)], at: 60, silent: ['VllmCostPer1kTokensHigh'] },
];
