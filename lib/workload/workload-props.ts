import type { RdmaOptions } from './pod/rdma-options';
import type { DisruptionBudget, ExtraVolume, NetworkAccess, Toleration, TopologySpread } from './pod/pod-options';

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
