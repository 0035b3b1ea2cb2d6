import { ALERTS } from '../../defaults';
import { movedBy } from '../../engine/metric-roles';
import { engineSeries } from '../../plan/engine-series';
import type { AlertRow } from '../alert-row';
import { BY_ENGINE, rate, total } from '../expressions';

/** Flags that make vLLM refuse requests above a limit. */
const LIMITS = movedBy('rejections');

export const ENGINE: readonly AlertRow[] = [
  {
    name: 'VllmEngineStalled',
    severity: 'critical',
    pending: ALERTS.engineStalled,
    reads: ['running', 'generationTokens', 'promptTokens'],
    expr: (watched) => {
      const sum = (query: string) => `sum by ${BY_ENGINE} (${query})`;
      // An embedding model generates nothing, but it reads prompts.
      const handled = (role: 'generationTokens' | 'promptTokens') => sum(rate(engineSeries(role, watched)));
      const tokens = `${handled('generationTokens')} + ${handled('promptTokens')}`;
      return `${sum(engineSeries('running', watched))} > 0 and ${tokens} == 0`;
    },
    summary: 'An engine holds requests and does nothing.',
    description:
      'Engine {{ $labels.engine }} of pod {{ $labels.pod }} holds {{ $value }} requests and has processed no token for ten minutes.',
  },
  {
    name: 'VllmRequestsRefused',
    severity: 'warning',
    pending: ALERTS.sustained,
    threshold: {
      value: ALERTS.rejections,
      unit: 'share of requests',
      share: true,
      zero: true,
      reason: 'a limit is for bursts, not for everyday load',
    },
    reads: ['rejections', 'finished'],
    absent: ({ flags }) =>
      flags.some((flag) => LIMITS.includes(flag)) ? undefined : `vLLM refuses nothing without ${LIMITS.join(' or ')}`,
    expr: (watched, threshold) => {
      const refused = total(rate(engineSeries('rejections', watched)));
      const finished = total(rate(engineSeries('finished', watched)));
      return `${refused} / (${refused} + ${finished} > 0) > ${threshold}`;
    },
    summary: 'vLLM refuses requests because its queue is full.',
    description: '{{ $value | humanizePercentage }} of requests were refused over the last five minutes.',
  },
];
