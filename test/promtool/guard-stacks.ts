import { Duration } from 'cdk8s';
import { CanaryRouter, Delivery, GatewayTraffic, Objective, Scaling, VllmVersion } from '../../lib';
import { type Manifest, manifestsWith } from '../support/stack';
import { HASHES } from './guard-series';
import type { Conditions } from './guard-verdict';

/** A metric of an AnalysisTemplate as Argo Rollouts measures it, with the hashes of both versions. */
export interface Measured extends Conditions {
  readonly name: string;
  readonly query: string;
}

/** Releases and flags by which the queries differ. */
export const STACKS = {
  newest: { vllm: '0.32.0', limited: false },
  'with a limit on the queue': { vllm: '0.32.0', limited: true },
  'of vLLM 0.12': { vllm: '0.12.0', limited: false },
  'of vLLM 0.10': { vllm: '0.10.0', limited: false },
} as const;
export type StackName = keyof typeof STACKS;

/** Each kind of objective that becomes a guard. */
const OBJECTIVES = [
  Objective.timeToFirstToken({ percentile: 95, within: Duration.seconds(1) }),
  Objective.interTokenLatency({ percentile: 95, within: Duration.millis(50) }),
  Objective.endToEnd({ percentile: 90, within: Duration.seconds(30) }),
  Objective.errorRate({ below: 0.005 }),
  Objective.errorRate({ below: 0.01, atGateway: true }),
];

/** The metrics of all templates among some objects, with the name of each template. */
export const measuredBy = (manifests: readonly Manifest[]): (Measured & { readonly template: string })[] =>
  manifests
    .filter(({ kind }) => kind === 'AnalysisTemplate')
    .flatMap(({ metadata, spec }) =>
      spec.metrics.map(({ name, provider, ...conditions }: Manifest) => ({
        ...conditions,
        template: metadata.name,
        name,
        query: Object.entries(HASHES).reduce(
          (query: string, [version, hash]) => query.replaceAll(`{{args.${version}}}`, hash),
          provider.prometheus.query,
        ),
      })),
    );

/** The guards and faults of a canary, as a stack emits them. */
export function guardsOf(name: StackName): Measured[] {
  const { vllm, limited } = STACKS[name];
  const warnings = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const manifests = manifestsWith({
      vllmVersion: VllmVersion.of(vllm),
      engine: limited ? { maxNumQueuedReqs: 100 } : {},
      scaling: Scaling.fixed(4),
      gatewayTraffic: GatewayTraffic.istio(),
      objectives: OBJECTIVES.filter((_, index) => vllm === '0.32.0' || index !== 1),
      delivery: Delivery.canary({ router: CanaryRouter.istio(), compareWithStable: { maxLatencyRatio: 1.5 } }),
    });
    return measuredBy(manifests);
  } finally {
    warnings.mockRestore();
  }
}
