import type { Placement } from '../accelerator/placement';
import type { Toleration } from '../accelerator/toleration';
import type { Finding } from '../preflight/finding';

/** What a mode needs to know about its platform. */
export interface PlatformContext {
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly monitoringLabels: Record<string, string>;
  /** The platform emits its namespace too, where pods may use the nodes. */
  readonly createNamespace: boolean;
}

/** What a mode decided, and the manifests of it. */
export interface PlatformPlan {
  readonly objects: readonly object[];
  readonly findings: readonly Finding[];
  /** Taints of GPU nodes that stacks do not tolerate by themselves. */
  readonly tolerations: readonly Toleration[];
  /** A placement that works on the platform's nodes, if there is one. */
  readonly placement?: Placement;
}
