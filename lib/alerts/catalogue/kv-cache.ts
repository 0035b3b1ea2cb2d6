import { ALERTS } from '../../defaults';
import { Catalogue } from '../../engine/catalogue/catalogue';
import { series } from '../../metrics/promql';
import type { AlertRow } from '../alert-row';
import { BY_ENGINE, kvCacheUse, rate } from '../expressions';

const WAITING = 'vllm:num_requests_waiting';
const PREEMPTED = 'vllm:num_preemptions_total';
const FINISHED = 'vllm:request_success_total';

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
    metrics: (catalogue) => [kvCacheUse(catalogue), WAITING],
    expr: (watched, threshold) => {
      const mean = (metric: string) => `avg_over_time(${series(metric, watched)}[5m])`;
      const used = `max by ${BY_ENGINE} (${mean(kvCacheUse(Catalogue.of(watched.release)))})`;
      return `${used} > ${threshold} and sum by ${BY_ENGINE} (${mean(WAITING)}) > 0`;
    },
    summary: 'The KV cache is full, and requests wait for room in it.',
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
      reason: 'each computes a prompt again',
    },
    metrics: () => [PREEMPTED, FINISHED],
    expr: (watched, threshold) => {
      const [preempted, finished] = [PREEMPTED, FINISHED].map(
        (metric) => `sum by (namespace, pod) (${rate(series(metric, watched))})`,
      );
      return `${preempted} / (${finished} > 0) > ${threshold}`;
    },
    summary: 'Running requests lose their place in the KV cache.',
    description: 'Pod {{ $labels.pod }} preempts {{ $value | humanize }} times for each request that it finishes.',
  },
];
