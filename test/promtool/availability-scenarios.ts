import type { Read, Scenario } from './objective-scenarios';
import { silent } from './objective-scenarios';
import { holds, minutesOf } from './phases';
import type { Series } from './series';

type Metrics = readonly [desired: string, available: string];
export const DEPLOYMENT: Metrics = [
  'kube_deployment_spec_replicas{namespace="llm",deployment="vllm"',
  'kube_deployment_status_replicas_available{namespace="llm",deployment="vllm"',
];
export const ROLLOUT: Metrics = [
  'rollout_info_replicas_desired{namespace="llm",name="vllm"',
  'rollout_info_replicas_available{namespace="llm",name="vllm"',
];
export const HELD: Metrics = [
  'rollout_info_replicas_desired{namespace="argo",exported_namespace="llm",name="vllm"',
  'rollout_info_replicas_available{namespace="argo",exported_namespace="llm",name="vllm"',
];

/** Desired and available replicas by phase. */
type Replicas = readonly (readonly [minutes: number, desired: number | undefined, available?: number])[];

export function availabilities([desired, available]: Metrics): Scenario[] {
  const replicas = (phases: Replicas, more = ''): Series[] => [
    holds(
      `${desired}${more}}`,
      phases.map(([minutes, count]) => [minutes, count]),
    ),
    holds(
      `${available}${more}}`,
      phases.map(([minutes, count, ready = 0]) => [minutes, count === undefined ? count : ready]),
    ),
  ];
  const scenario = (title: string, phases: Replicas, read: Read): Scenario => ({
    title,
    series: replicas(phases),
    minutes: minutesOf(phases),
    ...read,
  });
  return [
    scenario('one replica is enough', [[60, 4, 1]], { ratios: { '5m': 0, '1h': 0, '4w': 0 }, ...silent }),
    scenario('none for an hour', [[60, 2, 0]], { ratios: { '5m': 1, '1h': 1 }, page: true, ticket: true }),
    scenario('none desired, and none available', [[60, 0, 0]], {
      ratios: { '5m': undefined, '1h': undefined, '4w': undefined },
      ...silent,
    }),
    scenario(
      'time at 0 desired replicas does not count',
      [
        [60, 1, 0],
        [600, 0, 0],
      ],
      { ratios: { '5m': undefined, '6h': undefined, '1d': 1, '4w': 1 }, ...silent },
    ),
    scenario(
      'kube-state-metrics is missing',
      [
        [60, 1, 1],
        [30, undefined],
      ],
      { ratios: { '5m': undefined, '4w': 0 }, ...silent },
    ),
    {
      title: 'two kube-state-metrics, and another workload',
      series: [
        ...replicas([[60, 1, 1]], ',instance="a"'),
        ...replicas([[60, 1, 1]], ',instance="b"'),
        ...replicas([[60, 1, 0]]).map(([selector, values]): Series => [selector.replace('"vllm"', '"other"'), values]),
      ],
      minutes: 60,
      ratios: { '5m': 0 },
      ...silent,
    },
  ];
}
