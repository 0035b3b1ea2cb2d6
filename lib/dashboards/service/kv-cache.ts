import type { MetricRole } from '../../engine/metric-roles';
import type { Row } from '../grafana/layout';
import type { Panel, Query } from '../grafana/panel';
import { timeseries } from '../grafana/timeseries';
import { UNIT } from '../grafana/units';
import { aggregate, max, ratio, sumRate } from '../panel-queries';
import type { ServiceScope } from './scope';

function hitRate(hit: MetricRole, query: MetricRole, legend: string, scope: ServiceScope): Query[] {
  const [found, asked] = [scope.name(hit), scope.name(query)];
  if (found === undefined || asked === undefined) return [];
  return [{ expr: ratio(sumRate(scope.chosen(found)), sumRate(scope.chosen(asked))), legend }];
}

function use(scope: ServiceScope): readonly Panel[] {
  return scope.with(['kvCacheUse'], (usage) => [
    timeseries({
      title: 'KV cache in use',
      about:
        'Share of KV blocks that running requests hold. Full is normal under load. Full with a queue means too little memory: add replicas, shorten max-model-len or use a smaller KV cache type. If the maximum is far above the mean, the load is not balanced.',
      unit: UNIT.share,
      max: 1,
      queries: [
        { expr: max(usage), legend: 'fullest engine' },
        { expr: aggregate('avg', usage), legend: 'mean' },
      ],
    }),
  ]);
}

function hits(scope: ServiceScope): readonly Panel[] {
  const queries = [
    ...hitRate('prefixHits', 'prefixQueries', 'in the GPU', scope),
    ...hitRate('externalHits', 'externalQueries', 'through the connector', scope),
  ];
  return [
    timeseries({
      title: 'Prefix cache hits',
      about:
        'Share of prompt tokens whose KV blocks were in a cache already. When it falls, conversations reach other replicas than before, or the cache is too small to keep them: route by prefix or session.',
      unit: UNIT.share,
      max: 1,
      queries,
    }),
  ];
}

/** Where tokens of prompts came from: one panel for each metric that a release may have. */
function sources(scope: ServiceScope): readonly Panel[] {
  const computed = scope.with(['promptTokensBySource'], (tokens) => [
    timeseries({
      title: 'Prompt tokens by source',
      about:
        'Tokens of prompts that were computed, found in the cache or fetched from elsewhere. If `local_compute` is high although prompts repeat, the cache does not help: see the hits.',
      unit: UNIT.tokensPerSecond,
      stacked: true,
      queries: [{ expr: sumRate(tokens, 'source'), legend: '{{source}}' }],
    }),
  ]);
  const cached = scope.with(['cachedTokensBySource'], (tokens) => [
    timeseries({
      title: 'Cached prompt tokens by place',
      about:
        'Tokens of prompts that were not computed again, by where their KV blocks lay. If few come from `device` and many from slower places, the cache in the GPU is too small.',
      unit: UNIT.tokensPerSecond,
      stacked: true,
      queries: [{ expr: sumRate(tokens, 'source'), legend: '{{source}}' }],
    }),
  ]);
  return [...computed, ...cached];
}

function offload(scope: ServiceScope): readonly Panel[] {
  const moved = scope.with(['offloadLoaded', 'offloadStored'], (loaded, stored) => [
    timeseries({
      title: 'KV blocks moved to and from the host',
      about:
        'Bytes of KV blocks that are written to host memory and read back. If much is stored and little is loaded, offloading costs bandwidth and saves nothing.',
      unit: UNIT.bytesPerSecond,
      queries: [
        { expr: sumRate(loaded), legend: 'loaded' },
        { expr: sumRate(stored), legend: 'stored' },
      ],
    }),
  ]);
  const held = scope.with(['offloadUse'], (usage) => [
    timeseries({
      title: 'Host cache in use',
      about:
        'Share of host memory for KV blocks in use. Full is normal after a while. If it is full with few hits, add host memory or turn offloading off.',
      unit: UNIT.share,
      max: 1,
      queries: [{ expr: max(usage, 'pod'), legend: '{{pod}}' }],
    }),
  ]);
  return [...moved, ...held];
}

/** The memory that limits how many requests run at once. */
export function kvCacheRow(scope: ServiceScope): Row {
  return { title: 'KV cache', panels: [...use(scope), ...hits(scope), ...sources(scope), ...offload(scope)] };
}
