import type { k8s } from 'cdk8s-plus-28';
import type { EnvironmentVariable } from '../../engine/environment';
import type { StackPlan } from '../../plan/stack-plan';
import type { Plain } from '../../emit/kube-manifest';
import { cores, mebibytes } from '../../emit/quantity';
import { RESTRICTED_CONTAINER, restrictedPod } from '../../emit/restricted';
import { SPREAD_KEY } from '../kinds/spread-key';
import { ENGINE_CONTAINER } from './pod-template-overrides';
import { probes } from './probes';
import { volumes } from './volumes';
import type { WorkloadPlan } from '../workload-plan';

function environmentVariable({ name, value, field, secret }: EnvironmentVariable): Plain<k8s.EnvVar> {
  if (field !== undefined) return { name, valueFrom: { fieldRef: { fieldPath: field } } };
  if (secret === undefined) return { name, value };
  return { name, valueFrom: { secretKeyRef: { name: secret.secretName, key: secret.key } } };
}

function resources({ plan: { resources: plan, device }, rdma }: WorkloadPlan): Plain<k8s.ResourceRequirements> {
  const devices = {
    ...(device.claim || device.onCpu ? {} : { [device.resourceName]: device.count }),
    ...(rdma ? { [rdma.resourceName]: rdma.count } : {}),
    ...plan.others,
  };
  return {
    requests: {
      ...devices,
      cpu: cores(plan.cpu.value),
      memory: mebibytes(plan.memory.value),
      'ephemeral-storage': mebibytes(plan.ephemeralStorage.value),
    },
    limits: {
      ...devices,
      ...(plan.cpuLimit === undefined ? {} : { cpu: cores(plan.cpuLimit) }),
      memory: mebibytes(plan.memoryLimit.value),
    },
  };
}

/** The wait before SIGTERM; none when it is 0. */
function preStop({ timing }: StackPlan): Plain<k8s.Lifecycle> | undefined {
  const { value } = timing.preStopDelay;
  return value > 0 ? { preStop: { exec: { command: ['sleep', String(value)] } } } : undefined;
}

/** The engine's container. The image's entry point stays, so that vLLM is process 1 and gets SIGTERM. */
function engineContainer(workload: WorkloadPlan, volumeMounts: k8s.VolumeMount[]): Plain<k8s.Container> {
  const { plan } = workload;
  return {
    name: ENGINE_CONTAINER,
    image: plan.image,
    imagePullPolicy: 'IfNotPresent',
    args: [...plan.args],
    env: plan.environment.map(environmentVariable),
    // The default protocol, which the schema of a Rollout adds, and Argo CD would report as a difference.
    ports: [{ name: 'http', containerPort: plan.port, protocol: 'TCP' }],
    resources: resources(workload),
    ...probes(plan),
    lifecycle: preStop(plan),
    securityContext: {
      ...RESTRICTED_CONTAINER,
      capabilities: { ...RESTRICTED_CONTAINER.capabilities, add: workload.rdma?.ipcLock ? ['IPC_LOCK'] : undefined },
    },
    volumeMounts,
  };
}

/** One label with one value is a selector; several values need an affinity. */
function placement({ nodeLabels }: StackPlan): Pick<k8s.PodSpec, 'nodeSelector' | 'affinity'> {
  const entries = Object.entries(nodeLabels);
  const exact = entries.flatMap(([key, [value, ...others]]) =>
    value !== undefined && others.length === 0 ? [[key, value] as const] : [],
  );
  const oneOf = entries.filter(([, values]) => values.length > 1);
  const matchExpressions = oneOf.map(([key, values]) => ({ key, operator: 'In', values: [...values] }));
  return {
    nodeSelector: exact.length > 0 ? Object.fromEntries(exact) : undefined,
    affinity:
      oneOf.length > 0
        ? {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
            },
          }
        : undefined,
  };
}

/** Undefined when there are none: an empty list would be a difference to what Kubernetes stores. */
function tolerations({ tolerations: all }: WorkloadPlan): k8s.Toleration[] | undefined {
  if (all.length === 0) return undefined;
  return all.map(({ key, value, effect }) => ({
    key,
    operator: value === undefined ? 'Exists' : 'Equal',
    value,
    effect,
  }));
}

function topologySpread({ topologySpread: rules, selector }: WorkloadPlan): k8s.TopologySpreadConstraint[] {
  return rules.map(({ topologyKey, maxSkew = 1, required = false }) => ({
    topologyKey,
    maxSkew,
    whenUnsatisfiable: required ? 'DoNotSchedule' : 'ScheduleAnyway',
    labelSelector: { matchLabels: { ...selector } },
    // Each revision spreads separately: old pods that are about to terminate do not affect new ones.
    matchLabelKeys: [SPREAD_KEY],
  }));
}

/** The pod template of a workload of any kind. */
export function podTemplate(workload: WorkloadPlan): Plain<k8s.PodTemplateSpec> {
  const { plan, user } = workload;
  const { volumes: podVolumes, volumeMounts } = volumes(workload);
  return {
    metadata: { labels: { ...workload.podLabels }, annotations: optionalMap(workload.podAnnotations) },
    spec: {
      serviceAccountName: plan.names.serviceAccount,
      automountServiceAccountToken: false,
      // A Service named "vllm" would inject VLLM_PORT=tcp://…, and vLLM would fail.
      enableServiceLinks: false,
      securityContext: {
        ...restrictedPod(user.own?.uid),
        runAsGroup: user.own?.gid,
        fsGroup: user.own?.gid,
        supplementalGroups: user.supplementalGroups.length > 0 ? [...user.supplementalGroups] : undefined,
        // Changing the owner of every file of a large model would add minutes to each start.
        fsGroupChangePolicy: 'OnRootMismatch',
      },
      ...placement(plan),
      tolerations: tolerations(workload),
      topologySpreadConstraints: topologySpread(workload),
      priorityClassName: workload.priorityClassName,
      runtimeClassName: workload.runtimeClassName,
      imagePullSecrets:
        workload.imagePullSecrets.length > 0 ? workload.imagePullSecrets.map((name) => ({ name })) : undefined,
      terminationGracePeriodSeconds: plan.timing.terminationGracePeriod.value,
      containers: [engineContainer(workload, volumeMounts)],
      volumes: podVolumes,
    },
  };
}

/** A copy, or undefined when it is empty. */
export function optionalMap(map: Readonly<Record<string, string>>): Record<string, string> | undefined {
  return Object.keys(map).length > 0 ? { ...map } : undefined;
}
