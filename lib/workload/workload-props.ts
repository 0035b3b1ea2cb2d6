import { error } from '../preflight/finding';
import { jsonObject } from '../shapes/json-shape';
import { annotationMap, labelKey, labelMap, labelValue } from '../shapes/label-shapes';
import type { Shape } from '../shapes/shape';
import { flag, instance, integer, listOf, oneOf } from '../shapes/shape';
import type { OptionalShapes } from '../shapes/struct';
import { structOf } from '../shapes/struct';
import { REVISION_LABELS } from './kinds/workload-kinds';
import type { Mesh } from './mesh/mesh';
import type { DisruptionBudget, ExtraVolume, NetworkAccess, Toleration, TopologySpread } from './pod/pod-options';
import { TaintEffect } from './pod/pod-options';
import { range } from './pod/pod-shapes';
import { namespace, objectName } from '../shapes/object-names';
import type { PodUser } from './pod/pod-user';
import { RDMA_SHAPE } from './pod/rdma';
import type { RdmaOptions } from './pod/rdma-options';

/**
 * How the pods of a stack run in the cluster.
 */
export interface WorkloadProps {
  /**
   * Taints that the pods tolerate, besides the taint of their accelerator.
   *
   * @default - only the accelerator's: `nvidia.com/gpu`
   */
  readonly tolerations?: Toleration[];

  /**
   * PriorityClass of the pods. Use a higher priority than batch work, so that Kubernetes preempts batch pods first.
   *
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;

  /**
   * RuntimeClass of the pods, for nodes whose default runtime does not support GPUs: often `nvidia`.
   *
   * @default - the node's default runtime
   */
  readonly runtimeClassName?: string;

  /**
   * Secrets with registry credentials.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * How replicas spread. With an empty list, the scheduler places them anywhere.
   *
   * @default - over zones, if possible; not over nodes, because a replica uses whole GPUs
   */
  readonly topologySpread?: TopologySpread[];

  /**
   * How many replicas a node drain may evict at once.
   *
   * @default - one, so that a drain is slow but never blocked
   */
  readonly disruptionBudget?: DisruptionBudget;

  /**
   * Who may send traffic to the pods.
   *
   * @default - pods of the stack's own namespace, and of the namespace `monitoring`
   */
  readonly network?: NetworkAccess;

  /**
   * The service mesh that the pods are part of. Labels of the pods, NetworkPolicy and the end of a pod follow.
   *
   * @default - none. A mesh that the namespace adds to the pods is not known to the stack
   */
  readonly mesh?: Mesh;

  /**
   * Network devices for remote direct memory access (RDMA), which move the KV cache between pods.
   *
   * @default - none
   */
  readonly rdma?: RdmaOptions;

  /**
   * User and groups of the pods. Use `PodUser.assigned()` on OpenShift, and a supplemental group for GPUs of AMD.
   *
   * @default - `PodUser.vllm()`: user 2000 in group 0
   */
  readonly podUser?: PodUser;

  /**
   * Volumes besides those for weights, caches, temporary files and shared memory.
   *
   * @default - none
   */
  readonly extraVolumes?: ExtraVolume[];

  /**
   * Labels of every object.
   *
   * @default - `app` and the recommended labels of Kubernetes
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of every object.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Labels of the pods, for example a Kueue queue name.
   *
   * @default - those of `labels`
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * Annotations of the pods.
   *
   * @default - none
   */
  readonly podAnnotations?: { [key: string]: string };

  /**
   * Annotations of the ServiceAccount, for example the cloud role that may read the weights.
   *
   * @default - none
   */
  readonly serviceAccountAnnotations?: { [key: string]: string };

  /**
   * Fields of the pod template that have no property, with the names of the Kubernetes API. They are merged over the
   * finished template: items of lists by `name`, mounts by `mountPath`; other lists are replaced, and `null` removes a
   * field. Fields that the checks rely on (image, arguments, grace period, selector labels) cannot be overridden.
   *
   * @default - nothing is overridden
   */
  readonly podTemplateOverrides?: { [key: string]: any };
}

const namespaces = listOf(namespace);
const labels = labelMap({ owned: REVISION_LABELS });

const spreads = listOf(structOf<TopologySpread>({ topologyKey: labelKey }, { maxSkew: integer(1), required: flag }));

/** Topology rules. Kubernetes refuses two rules with the same key and the same `required`. */
const topologySpread: Shape<TopologySpread[]> = {
  allowed: spreads.allowed,
  check: (given, subject, findings) => {
    const before = findings.length;
    spreads.check(given, subject, findings);
    if (findings.length > before) return;
    const seen = new Set<string>();
    (given as TopologySpread[]).forEach(({ topologyKey, required = false }, index) => {
      const rule = `${topologyKey} ${required}`;
      if (seen.has(rule)) {
        const problem = `spreads over "${topologyKey}", as an earlier rule does, and Kubernetes refuses that`;
        findings.push(error('topology-key-twice', `${subject}[${index}]`, problem, 'remove one of them'));
      }
      seen.add(rule);
    });
  },
};

/** All properties of `WorkloadProps`; none is required. */
export const WORKLOAD_OPTIONAL: OptionalShapes<WorkloadProps> = {
  tolerations: listOf(
    structOf<Toleration>({ key: labelKey }, { value: labelValue, effect: oneOf(...Object.values(TaintEffect)) }),
  ),
  priorityClassName: objectName,
  runtimeClassName: objectName,
  imagePullSecrets: listOf(objectName),
  topologySpread,
  disruptionBudget: structOf<DisruptionBudget>({}, { maxUnavailable: integer(1), minAvailable: integer(1) }),
  network: structOf<NetworkAccess>(
    {},
    {
      clientNamespaces: namespaces,
      clientRanges: listOf(range),
      monitoringNamespaces: namespaces,
      ownNamespace: flag,
      policy: flag,
    },
  ),
  mesh: instance<Mesh>('Mesh', 'a Mesh, for example Mesh.istioAmbient()'),
  rdma: RDMA_SHAPE,
  podUser: instance<PodUser>('PodUser', 'a PodUser, for example PodUser.assigned()'),
  extraVolumes: listOf(
    instance<ExtraVolume>('ExtraVolume', 'an ExtraVolume, for example ExtraVolume.fromConfigMap(...)'),
  ),
  labels,
  annotations: annotationMap,
  podLabels: labels,
  podAnnotations: annotationMap,
  serviceAccountAnnotations: annotationMap,
  podTemplateOverrides: jsonObject,
};
