import { COST_CASES } from './alerts-cases-cost';
import { ENGINE_CASES } from './alerts-cases-engine';
import { GATEWAY_CASES } from './alerts-cases-gateway';
import { GPU_CASES } from './alerts-cases-gpu';
import { POD_CASES } from './alerts-cases-pods';
import { ROLLOUT_CASES } from './alerts-cases-rollout';
import { SCALING_CASES } from './alerts-cases-scaling';
import { START_CASES } from './alerts-cases-starts';
import type { AlertCase } from './alerts-case';
import { STATES } from './alerts-case';

export const CASES: readonly AlertCase[] = [
  { title: 'a healthy stack', at: 45 },
  {
    title: 'a healthy stack of a fixed size',
    stack: 'fixed',
    without: [/horizontalpodautoscaler.*"keda-hpa-vllm-scaler"/],
    at: 45,
    silent: ['VllmAutoscalerConflict'],
  },
  { title: 'a healthy stack without kube-state-metrics', without: [STATES], at: 30 },
  ...POD_CASES,
  ...GATEWAY_CASES,
  ...START_CASES,
  ...ROLLOUT_CASES,
  ...ENGINE_CASES,
  ...SCALING_CASES,
  ...GPU_CASES,
  ...COST_CASES,
];
