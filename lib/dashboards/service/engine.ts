import type { Row } from '../grafana/layout';
import type { Panel } from '../grafana/panel';
import { timeseries } from '../grafana/timeseries';
import { UNIT } from '../grafana/units';
import { mean, ratio, sum, sumRate } from '../panel-queries';
import type { ServiceScope } from './scope';

function load(scope: ServiceScope): readonly Panel[] {
  const running = scope.with(['running', 'waiting'], (inBatch, queued) => [
    timeseries({
      title: 'Requests in the engines',
      about:
        'Requests in the running batches and in the queues. If the queue does not empty, replicas are missing, or the KV cache is full.',
      unit: UNIT.count,
      queries: [
        { expr: sum(inBatch), legend: 'running' },
        { expr: sum(queued), legend: 'waiting' },
      ],
    }),
  ]);
  const reasons = scope.with(['waitingByReason'], (waiting) => [
    timeseries({
      title: 'Waiting by reason',
      about:
        'Why requests wait. `capacity`: the batch or the KV cache is full, so add replicas. `deferred`: the request waits for something that it needs, such as KV blocks in transfer.',
      unit: UNIT.count,
      stacked: true,
      queries: [{ expr: sum(waiting, 'reason'), legend: '{{reason}}' }],
    }),
  ]);
  return [...running, ...reasons];
}

function throughput(scope: ServiceScope): readonly Panel[] {
  const tokens = scope.with(['promptTokens', 'generationTokens'], (prompt, generated) => [
    timeseries({
      title: 'Tokens',
      about: scope.hasTokens
        ? 'Tokens of prompts and of answers per second. If fewer tokens are generated at the same number of running requests, the batch decodes slower, or preemptions repeat work.'
        : 'Tokens of inputs per second: what the engine works through.',
      unit: UNIT.tokensPerSecond,
      queries: [
        { expr: sumRate(prompt), legend: 'prompt' },
        ...(scope.hasTokens ? [{ expr: sumRate(generated), legend: 'generated' }] : []),
      ],
    }),
  ]);
  const steps = scope.histogram('tokensPerStep', (of) => [
    timeseries({
      title: 'Tokens per step',
      about:
        'Mean tokens that one pass through the model handles. If they are few while requests wait, something other than the GPU slows the engine, such as tokenisation on too few CPU cores.',
      unit: UNIT.tokens,
      queries: [{ expr: mean(of, 'pod'), legend: '{{pod}}' }],
    }),
  ]);
  return [...tokens, ...steps];
}

function trouble(scope: ServiceScope): readonly Panel[] {
  const preempted = scope.with(['preemptions'], (preemptions) => [
    timeseries({
      title: 'Preemptions',
      about:
        'Requests that lost their KV blocks and start over. Steady preemptions waste work: lower max-num-seqs, use a smaller KV cache type, or add replicas.',
      unit: UNIT.perSecond,
      queries: [{ expr: sumRate(preemptions, 'pod'), legend: '{{pod}}' }],
    }),
  ]);
  const rejected = scope.with(['rejections'], (rejections) => [
    timeseries({
      title: 'Rejected requests',
      about:
        'Requests refused because a limit of the queue was reached. Clients get an error and should try again: add replicas, or raise the limit if waiting is better than failing.',
      unit: UNIT.requestsPerSecond,
      stacked: true,
      queries: [{ expr: sumRate(rejections, 'reason'), legend: '{{reason}}' }],
    }),
  ]);
  return [...preempted, ...rejected];
}

function speculation(scope: ServiceScope): readonly Panel[] {
  return scope.with(['acceptedTokens', 'draftTokens'], (accepted, drafted) => [
    timeseries({
      title: 'Accepted draft tokens',
      about:
        'Share of the speculated tokens that the model agreed with. When few are accepted, drafts cost more time than they save: draft fewer tokens, or use another method.',
      unit: UNIT.share,
      max: 1,
      queries: [{ expr: ratio(sumRate(accepted), sumRate(drafted)), legend: 'accepted' }],
    }),
  ]);
}

/** What the engines do. */
export function engineRow(scope: ServiceScope): Row {
  return {
    title: 'Engine',
    panels: [...load(scope), ...throughput(scope), ...trouble(scope), ...speculation(scope)],
  };
}
