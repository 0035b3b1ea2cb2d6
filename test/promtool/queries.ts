import { Duration } from 'cdk8s';
import { Scaling, Signal, VllmVersion } from '../../lib';
import { find, type Manifest, manifestsWith } from '../support/stack';

/** A trigger's name and its query. */
export type Query = readonly [name: string, query: string];

/** A stack for each form that queries have. */
export interface Stack {
  readonly vllm: string;
  readonly toZero: boolean;
  readonly kvMetric: string;
}

const RENAMED = { '0.32.0': 'vllm:kv_cache_usage_perc', '0.9.0': 'vllm:gpu_cache_usage_perc' };

export const STACKS: readonly Stack[] = Object.entries(RENAMED).flatMap(([vllm, kvMetric]) =>
  [false, true].map((toZero) => ({ vllm, toZero, kvMetric })),
);

export const GATEWAY = { metric: 'vllm:num_incoming_requests_total', cluster: 'httproute/llm/vllm/rule/0' };

const latency = { target: Duration.seconds(2) };
const rate = { perReplica: 10 };

const SIGNALS: readonly Signal[] = [
  Signal.inFlightRequests(),
  Signal.kvCacheUse(),
  Signal.queuedRequests(),
  Signal.requestRate(rate),
  Signal.generatedTokens(rate),
  Signal.promptTokens(rate),
  Signal.queueTime(latency),
  Signal.timeToFirstToken(latency),
  Signal.gatewayRequests({ ...rate, metric: GATEWAY.metric, matchers: { envoy_cluster_name: GATEWAY.cluster } }),
  Signal.gatewayRequests({ ...rate, name: 'quoted', metric: GATEWAY.metric, patterns: { path: '"\\d\n' } }),
];

/** The Prometheus queries of the scalers among some objects. */
export function queriesOf(manifests: readonly Manifest[]): Query[] {
  return manifests
    .filter(({ kind }) => kind === 'ScaledObject')
    .flatMap(({ metadata, spec }) =>
      spec.triggers
        .filter(({ type }: Manifest) => type === 'prometheus')
        .map((trigger: Manifest) => [`${metadata.name}/${trigger.name}`, trigger.metadata.query]),
    );
}

/** The queries of every signal, as a stack emits them. */
export function signalQueries({ vllm, toZero }: Stack): Query[] {
  const warnings = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const scaling = Scaling.keda({ maxReplicas: 4, signals: [...SIGNALS], scaleToZero: toZero ? {} : undefined });
    const scaler = find(manifestsWith({ vllmVersion: VllmVersion.of(vllm), scaling }), 'ScaledObject');
    return queriesOf([scaler]).map(([name, query]) => [name.replace(/^.*\//, ''), query]);
  } finally {
    warnings.mockRestore();
  }
}
