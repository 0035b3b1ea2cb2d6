import { ALERTS } from '../../defaults';
import { engineSeries } from '../../plan/engine-series';
import type { AlertRow } from '../alert-row';
import { BY_ENGINE, rate } from '../expressions';

export const KV_CACHE: readonly AlertRow[] = [
  {
    name: 'VllmKvCacheSaturated',
    severity: 'warning',
    pending: ALERTS.sustained,
    threshold: {
      value: ALERTS.kvCacheUse,
      unit: 'share of the KV cache',
      share: true,
      reason: 'a full cache is normal under load',
    },
    reads: ['kvCacheUse', 'waiting'],
    expr: (watched, threshold) => {
      const mean = (role: 'kvCacheUse' | 'waiting') => `avg_over_time(${engineSeries(role, watched)}[5m])`;
      const used = `max by ${BY_ENGINE} (${mean('kvCacheUse')})`;
      return `${used} > ${threshold} and sum by ${BY_ENGINE} (${mean('waiting')}) > 0`;
    },
    summary: 'The KV cache is full, and requests wait for space in it.',
    description:
      'Engine {{ $labels.engine }} of pod {{ $labels.pod }} uses {{ $value | humanizePercentage }} of its KV cache.',
  },
  {
    name: 'VllmPreemptions',
    severity: 'warning',
    pending: ALERTS.sustained,
    threshold: {
      value: ALERTS.preemptions,
      unit: 'preemptions per request',
      zero: true,
      reason: 'each one computes a prompt again',
    },
    reads: ['preemptions', 'finished'],
    expr: (watched, threshold) => {
      const perPod = (role: 'preemptions' | 'finished') =>
        `sum by (namespace, pod) (${rate(engineSeries(role, watched))})`;
      return `${perPod('preemptions')} / (${perPod('finished')} > 0) > ${threshold}`;
    },
    summary: 'Running requests lose their place in the KV cache.',
    description: 'Pod {{ $labels.pod }} preempts {{ $value | humanize }} times for each request that it finishes.',
  },
];
