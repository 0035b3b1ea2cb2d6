import type { GpuPlatformMode } from './gpu-platform-mode';

/**
 * What a cluster has to make GPUs available to pods.
 */
export interface GpuPlatformProps {
  /** Who makes GPUs available. */
  readonly mode: GpuPlatformMode;

  /**
   * Namespace of the platform's pods. They use folders of the nodes, and some are privileged, so it must be one where Pod
   * Security allows that, and not `default`.
   *
   * @default - the namespace of the chart
   */
  readonly namespace?: string;

  /**
   * Emit the namespace too, with Pod Security `privileged` enforced.
   *
   * @default false
   */
  readonly createNamespace?: boolean;

  /**
   * Labels of every object.
   *
   * @default - those of Kubernetes' recommendation
   */
  readonly labels?: { [key: string]: string };

  /**
   * Labels of monitors and rules, besides `labels`: those by which a Prometheus finds them, for example
   * `{ release: 'kube-prometheus-stack' }`. `{}` is for a Prometheus that takes all.
   *
   * @default - none, with a warning where there is a monitor or a rule
   */
  readonly monitoringLabels?: { [key: string]: string };

  /**
   * Findings that are known and accepted: their id, and why. Errors cannot be accepted.
   *
   * @default - none
   */
  readonly acknowledge?: { [id: string]: string };
}
