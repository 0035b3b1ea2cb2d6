import type { GpuPlatformMode } from './gpu-platform-mode';

/**
 * Properties of `GpuPlatform`: what makes the GPUs of a cluster available to pods.
 */
export interface GpuPlatformProps {
  /** What makes GPUs available to pods. */
  readonly mode: GpuPlatformMode;

  /**
   * Namespace of the platform's pods. They mount folders of the nodes, and some are privileged, so Pod Security must
   * allow that in the namespace. It cannot be `default`.
   *
   * @default - the namespace of the chart
   */
  readonly namespace?: string;

  /**
   * Also emit the namespace, with Pod Security `privileged`.
   *
   * @default false
   */
  readonly createNamespace?: boolean;

  /**
   * Labels of every object.
   *
   * @default - the labels that Kubernetes recommends
   */
  readonly labels?: { [key: string]: string };

  /**
   * Labels of monitors and rules, in addition to `labels`: those that your Prometheus selects, for example `{ release:
   * 'kube-prometheus-stack' }`. Set `{}` for a Prometheus that selects all.
   *
   * @default - none, with a warning if the platform has a monitor or a rule
   */
  readonly monitoringLabels?: { [key: string]: string };

  /**
   * Findings that are known and accepted: their id, and why. Errors cannot be accepted.
   *
   * @default - none
   */
  readonly acknowledge?: { [id: string]: string };
}
