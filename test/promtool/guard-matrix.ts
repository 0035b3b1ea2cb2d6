import type { Delivery as Deliveries } from '../../lib';
import { CanaryRouter, Delivery, Guard, Objective, Scaling, VllmVersion } from '../../lib';
import { Duration } from 'cdk8s';
import { type Manifest, manifestsWith } from '../support/stack';

/** A stack whose guards are checked as PromQL. */
export interface Guarded {
  readonly title: string;
  readonly name: string;
  readonly vllm: string;
  readonly delivery: Deliveries;
  readonly objectives: Objective[];
}

const DELIVERIES = {
  canary: Delivery.canary({ router: CanaryRouter.istio() }),
  'canary that is compared': Delivery.canary({
    router: CanaryRouter.istio(),
    analysis: { window: Duration.seconds(90), minRequests: 1000 },
    compareWithStable: { maxLatencyRatio: 1.25 },
  }),
  'blue-green rollout with a guard of its own': Delivery.blueGreen({
    guards: [
      Guard.custom({
        name: 'kv-cache',
        query: 'max(vllm:kv_cache_usage_perc{namespace="llm",rollouts_pod_template_hash="{{args.canary}}"})',
        maximum: 0.9,
      }),
    ],
  }),
};

const OBJECTIVES = {
  errors: [Objective.errorRate({ below: 0.0001 })],
  latencies: [
    Objective.timeToFirstToken({ percentile: 99.99, within: Duration.millis(60) }),
    Objective.endToEnd({ percentile: 50, within: Duration.seconds(30) }),
  ],
};

/** Two names that begin alike, and one so long that pods cut it. */
const NAMES = ['vllm', 'vllm-b', `vllm-${'x'.repeat(50)}`];
const RELEASES = ['0.10.0', '0.12.0', '0.18.0', '0.32.0'];

/** Without a promise of latency there is nothing to compare, and it is refused. */
const isRefused = (delivery: Deliveries, objectives: readonly Objective[]): boolean =>
  delivery === DELIVERIES['canary that is compared'] && objectives === OBJECTIVES.errors;

const STACKS: readonly Guarded[] = Object.entries(DELIVERIES).flatMap(([kind, delivery]) =>
  Object.entries(OBJECTIVES)
    .filter(([, objectives]) => !isRefused(delivery, objectives))
    .flatMap(([promises, objectives]) =>
      RELEASES.map((vllm) => ({
        title: `a ${kind} with objectives of ${promises}, of vLLM ${vllm}`,
        name: 'vllm',
        vllm,
        delivery,
        objectives,
      })),
    ),
);

export const GUARDED: readonly Guarded[] = [
  ...STACKS,
  ...NAMES.map((name) => ({
    title: `a canary called ${name}`,
    name,
    vllm: '0.32.0',
    delivery: DELIVERIES['canary that is compared'],
    objectives: [...OBJECTIVES.errors, ...OBJECTIVES.latencies],
  })),
];

export function guardedBy({ name, vllm, delivery, objectives }: Guarded): Manifest[] {
  const warnings = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const scaling = Scaling.fixed(4);
    return manifestsWith({ name, vllmVersion: VllmVersion.of(vllm), scaling, delivery, objectives });
  } finally {
    warnings.mockRestore();
  }
}
