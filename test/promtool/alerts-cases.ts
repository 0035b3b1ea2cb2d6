import { COST_CASES } from './alerts-cases-cost';
import { ENGINE_CASES } from './alerts-cases-engine';
import { GPU_CASES } from './alerts-cases-gpu';
import { POD_CASES } from './alerts-cases-pods';
import { SCALING_CASES } from './alerts-cases-scaling';
import { START_CASES } from './alerts-cases-starts';
import type { AlertCase } from './alerts-case';
import { STATES } from './alerts-case';

export const CASES: readonly AlertCase[] = [
  { title: 'a stack that does well', at: 45 },
  {
    title: 'a stack of a fixed size that does well',
    stack: 'fixed',
    without: [/horizontalpodautoscaler.*"keda-hpa-vllm-scaler"/],
    at: 45,
    silent: ['VllmAutoscalerConflict'],
  },
  { title: 'a stack that does well, without kube-state-metrics', without: [STATES], at: 30 },
  ...POD_CASES,
  ...START_CASES,
  ...ENGINE_CASES,
  ...SCALING_CASES,
  ...GPU_CASES,
  ...COST_CASES,
];
