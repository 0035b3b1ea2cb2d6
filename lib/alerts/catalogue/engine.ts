import { ALERTS } from '../../defaults';
import type { FlagName } from '../../engine/catalogue/flag-name';
import { series } from '../../metrics/promql';
import type { AlertRow } from '../alert-row';
import { BY_ENGINE, rate, total } from '../expressions';

const RUNNING = 'vllm:num_requests_running';
const GENERATED = 'vllm:generation_tokens_total';
const PROMPTS = 'vllm:prompt_tokens_total';
const REJECTED = 'vllm:admission_rejections_total';
const FINISHED = 'vllm:request_success_total';

/** Each makes vLLM refuse what is too much. */
const LIMITS: readonly FlagName[] = ['--max-num-queued-reqs', '--max-num-queued-tokens'];

export const ENGINE: readonly AlertRow[] = [
  {
    name: 'VllmEngineStalled',
    severity: 'critical',
    pending: ALERTS.engineStalled,
    metrics: () => [RUNNING, GENERATED, PROMPTS],
    expr: (watched) => {
      const sum = (query: string) => `sum by ${BY_ENGINE} (${query})`;
      // An embedding model generates nothing, but it reads prompts.
      const tokens = [GENERATED, PROMPTS].map((metric) => sum(rate(series(metric, watched)))).join(' + ');
      return `${sum(series(RUNNING, watched))} > 0 and ${tokens} == 0`;
    },
    summary: 'An engine holds requests and does nothing.',
    description:
      'Engine {{ $labels.engine }} of pod {{ $labels.pod }} holds {{ $value }} requests and has not handled one token for ten minutes.',
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
      reason: 'a cap is for bursts, not for every day',
    },
    metrics: () => [REJECTED, FINISHED],
    absent: ({ flags }) =>
      flags.some((flag) => LIMITS.includes(flag)) ? undefined : `nothing is refused without ${LIMITS.join(' or ')}`,
    expr: (watched, threshold) => {
      const [refused = '', finished = ''] = [REJECTED, FINISHED].map((metric) => total(rate(series(metric, watched))));
      return `${refused} / (${refused} + ${finished} > 0) > ${threshold}`;
    },
    summary: 'vLLM refuses requests because its queue is full.',
    description: '{{ $value | humanizePercentage }} of requests were refused over the last five minutes.',
  },
];
