import { error } from '../preflight/finding';
import { jsonObject } from '../shapes/json-shape';
import { annotationMap, labelKey, labelMap, labelValue } from '../shapes/label-shapes';
import type { Shape } from '../shapes/shape';
import { flag, instance, integer, listOf, oneOf } from '../shapes/shape';
import type { OptionalShapes } from '../shapes/struct';
import { structOf } from '../shapes/struct';
import { OWNED_POD_LABELS } from './kinds/workload-kinds';
import type { DisruptionBudget, ExtraVolume, NetworkAccess, Toleration, TopologySpread } from './pod/pod-options';
import { TaintEffect } from './pod/pod-options';
import { namespace, objectName } from './pod/pod-shapes';
import { RDMA_SHAPE } from './pod/rdma';
import type { RdmaOptions } from './pod/rdma-options';

/**
 * How the pods of a stack live in the cluster.
 */
export interface WorkloadProps {
  /**
   * Taints that the pods tolerate, besides the one that is named after their accelerator.
   *
   * @default - only the accelerator's: `nvidia.com/gpu`
   */
  readonly tolerations?: Toleration[];

  /**
   * PriorityClass of the pods. Serving should rank above batch work, which then makes room.
   *
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;

  /**
   * RuntimeClass of the pods, for nodes whose default runtime does not know GPUs: often `nvidia`.
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
   * How replicas spread. An empty list packs them wherever they fit.
   *
   * @default - over zones, where possible; nodes are packed, because a replica takes whole GPUs
   */
  readonly topologySpread?: TopologySpread[];

  /**
   * How many replicas a node drain may take away at once.
   *
   * @default - one, so that a drain is slow but never blocked
   */
  readonly disruptionBudget?: DisruptionBudget;

  /**
   * Who may send traffic to the pods.
   *
   * @default - pods of the own namespace, and those of namespace `monitoring`
   */
  readonly network?: NetworkAccess;

  /**
   * Network devices for remote direct memory access, over which the KV cache moves between pods.
   *
   * @default - none
   */
  readonly rdma?: RdmaOptions;

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
   * What no property says, in Kubernetes' own spelling, merged over the finished pod template. Items of lists are merged
   * by their `name`, mounts by their `mountPath`; other lists are replaced, and `null` removes a field. What the checks
   * rely on (image, arguments, grace period, the labels of the selector) cannot be overridden here.
   *
   * @default - nothing is overridden
   */
  readonly podTemplateOverrides?: { [key: string]: any };
}

const namespaces = listOf(namespace);
const labels = labelMap({ owned: OWNED_POD_LABELS });

const spreads = listOf(structOf<TopologySpread>({ topologyKey: labelKey }, { maxSkew: integer(1), required: flag }));

/** Rules of which no two are for one key and equally strict: Kubernetes refuses those. */
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
        const problem = `spreads over "${topologyKey}" as an earlier rule does, which Kubernetes refuses`;
        findings.push(error('topology-key-twice', `${subject}[${index}]`, problem, 'keep one of them'));
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
    { clientNamespaces: namespaces, monitoringNamespaces: namespaces, ownNamespace: flag, policy: flag },
  ),
  rdma: RDMA_SHAPE,
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
