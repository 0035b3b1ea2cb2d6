import type { Manifest } from './cluster';

const labels = { app: 'vllm' };
const metadata = { name: 'vllm' };

const template = {
  metadata: { labels },
  spec: {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'engine',
        image: 'docker.io/vllm/vllm-openai:v0.11.0',
        resources: { requests: { cpu: '4' }, limits: { cpu: '8', 'nvidia.com/gpu': '1' } },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    ],
  },
};
const workload = { selector: { matchLabels: labels }, template };

/** Objects that every server accepts. A test breaks one of them in one place, so that it is refused for one reason. */
export const soundObjects = {
  ConfigMap: { apiVersion: 'v1', kind: 'ConfigMap', metadata },
  Service: { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: labels, ports: [{ port: 8000 }] } },
  Deployment: { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: workload },
  Rollout: {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata,
    spec: { ...workload, strategy: { canary: { steps: [{ setWeight: 5 }] } } },
  },
  LeaderWorkerSet: {
    apiVersion: 'leaderworkerset.x-k8s.io/v1',
    kind: 'LeaderWorkerSet',
    metadata,
    spec: { leaderWorkerTemplate: { size: 2, leaderTemplate: template, workerTemplate: template } },
  },
  ScaledObject: {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata,
    spec: {
      scaleTargetRef: { name: 'vllm' },
      minReplicaCount: 1,
      maxReplicaCount: 4,
      triggers: [
        { type: 'prometheus', metadata: { serverAddress: 'http://prometheus', query: 'up', threshold: '30' } },
      ],
    },
  },
  PodMonitor: {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata,
    spec: { selector: { matchLabels: labels }, podMetricsEndpoints: [{ port: 'http', interval: '15s' }] },
  },
  HTTPRoute: {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata,
    spec: { parentRefs: [{ name: 'public' }], rules: [{ backendRefs: [{ name: 'vllm', port: 8000 }] }] },
  },
} satisfies Record<string, Manifest>;

/** One mistake in a sound object. */
export interface Mistake {
  readonly in: keyof typeof soundObjects;
  /** JSON pointer without its first slash. */
  readonly at: string;
  /** Undefined removes the field. */
  readonly put: unknown;
}

/** The object with `put` at the place `at`. */
export function withMistake(sound: Manifest, { at, put }: Mistake): Manifest {
  const broken = JSON.parse(JSON.stringify(sound)) as Manifest; // copies the parts that objects share
  const keys = at.split('/').map((key) => key.replaceAll('~1', '/'));
  const last = keys.pop() ?? '';
  const parent = keys.reduce((node, key) => node[key] as Record<string, unknown>, broken as Record<string, unknown>);
  parent[last] = put;
  return broken;
}
