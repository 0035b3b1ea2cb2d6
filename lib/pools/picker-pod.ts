import type { k8s } from 'cdk8s-plus-28';
import { PICKER } from '../defaults';
import type { Plain } from '../emit/kube-manifest';
import { cores, mebibytes } from '../emit/quantity';
import { RESTRICTED_CONTAINER, restrictedPod } from '../emit/restricted';
import type { PickerPlan, PoolPlan } from './pool-plan';

export const CONFIG_FILE = 'picker.yaml';
const CONFIG_FOLDER = '/config';

/** Flags of the picker (llm-d/llm-d-router pkg/epp/server/options.go). */
function flags({ name, picker }: PoolPlan): string[] {
  return [
    `--pool-name=${name}`,
    '--pool-namespace=$(NAMESPACE)',
    '--pool-group=inference.networking.k8s.io',
    `--config-file=${CONFIG_FOLDER}/${CONFIG_FILE}`,
    `--grpc-port=${PICKER.grpcPort}`,
    `--grpc-health-port=${PICKER.healthPort}`,
    `--metrics-port=${PICKER.metricsPort}`,
    `--secure-serving=${picker.servesTls}`,
    // With it, the picker needs cluster-wide rights to check tokens.
    '--metrics-endpoint-auth=false',
    // Profiles would be on the port of the metrics.
    '--enable-pprof=false',
    '--tracing=false',
    '--zap-encoder=json',
    ...(picker.leaderElection ? ['--ha-enable-leader-election'] : []),
  ];
}

/** With leader election the two probes ask for different services, and only the leader is ready. */
function probes({ leaderElection }: PickerPlan): Pick<Plain<k8s.Container>, 'livenessProbe' | 'readinessProbe'> {
  const asks = (service: string) => ({
    grpc: { port: PICKER.healthPort, service: leaderElection ? service : 'inference-extension' },
  });
  return {
    livenessProbe: {
      ...asks('liveness'),
      initialDelaySeconds: PICKER.livenessPeriod,
      periodSeconds: PICKER.livenessPeriod,
    },
    readinessProbe: {
      ...asks('readiness'),
      periodSeconds: PICKER.readinessPeriod,
      failureThreshold: PICKER.readinessFailures,
    },
  };
}

/** Without a shell in the image, the kubelet itself waits; the types are older than the field, of Kubernetes 1.30. */
const WAIT = { preStop: { sleep: { seconds: PICKER.preStop } } } as Plain<k8s.Lifecycle>;

/** Replicas on different nodes, if possible. */
function spread({ leaderElection, selector }: PickerPlan): k8s.TopologySpreadConstraint[] | undefined {
  if (!leaderElection) return undefined;
  return [
    {
      topologyKey: 'kubernetes.io/hostname',
      maxSkew: 1,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { ...selector } },
    },
  ];
}

/** The pod of a picker: Pod Security "restricted", and a read-only root file system. */
export function pickerPod(pool: PoolPlan): Plain<k8s.PodSpec> {
  const { names, picker } = pool;
  return {
    serviceAccountName: names.serviceAccount,
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    securityContext: restrictedPod(picker.user),
    topologySpreadConstraints: spread(picker),
    terminationGracePeriodSeconds: picker.terminationGracePeriod,
    containers: [
      {
        name: 'epp',
        image: picker.image,
        imagePullPolicy: 'IfNotPresent',
        args: flags(pool),
        env: [
          // The leader's lease names the pod.
          { name: 'NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
          { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        ],
        ports: [
          { name: 'grpc', containerPort: PICKER.grpcPort },
          { name: 'grpc-health', containerPort: PICKER.healthPort },
          { name: 'metrics', containerPort: PICKER.metricsPort },
        ],
        resources: {
          requests: { cpu: cores(picker.cpu), memory: mebibytes(picker.memory) },
          limits: { memory: mebibytes(picker.memoryLimit) },
        },
        ...probes(picker),
        lifecycle: WAIT,
        securityContext: RESTRICTED_CONTAINER,
        volumeMounts: [{ name: 'config', mountPath: CONFIG_FOLDER, readOnly: true }],
      },
    ],
    volumes: [{ name: 'config', configMap: { name: names.configMap } }],
  };
}
