import type { Toleration } from '../../accelerator/toleration';
import type { Finding } from '../../preflight/finding';

/** What a platform is, whatever its mode. */
export interface PlatformContext {
  /** Names of objects begin with it. */
  readonly name: string;
  /** Namespace of its objects; undefined when neither the platform nor its chart has one. */
  readonly namespace: string | undefined;
  /** The platform emits its namespace too, where pods may use the nodes. */
  readonly createNamespace: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** Labels of monitors and rules besides; undefined when they are not set. */
  readonly monitoringLabels: Readonly<Record<string, string>> | undefined;
}

/** A placement by kind of GPU, as the name of its factory. */
export type PlacementByGpu = 'gke' | 'gpuFeatureDiscovery';

/** What every mode decides. Plain JSON data, as all of the plan. */
export interface ModePlan extends PlatformContext {
  /** It has objects in a namespace. */
  readonly needsNamespace: boolean;
  /** Taints of GPU nodes that stacks do not tolerate by default. */
  readonly tolerations: readonly Toleration[];
  /** A placement that works on the platform's nodes, if there is one. */
  readonly placement?: PlacementByGpu;
  /** Options that contradict each other. The plan holds the decisions, so these findings cannot be made from it. */
  readonly optionFindings: readonly Finding[];
}

/** One mode: how it makes its plan, its findings and its manifests. */
export interface Mode<Arguments extends readonly unknown[], Plan extends ModePlan> {
  readonly plan: (context: PlatformContext, ...args: Arguments) => Plan;
  readonly findings: (plan: Plan) => Finding[];
  /** In the order in which they are applied. */
  readonly manifests: (plan: Plan) => object[];
}
