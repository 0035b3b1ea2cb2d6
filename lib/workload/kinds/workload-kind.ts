import type { FlagName } from '../../engine/catalogue/flag-name';
import type { KindFacts } from '../../plan/workload-facts';
import type { WorkloadPlan } from '../workload-plan';

/** One way to run replicas: the only place that knows what is different about it. */
export interface WorkloadKind {
  /** What the rest of the stack is told. */
  readonly facts: KindFacts;
  /** Series of the replicas that exist, of an exporter that reports 0 after the last one. */
  readonly currentReplicas: string;
  /** Flags that the kind decides, which `extraArgs` may not have, each with what to do instead. */
  readonly ownedFlags: Readonly<Partial<Record<FlagName, string>>>;
  /** A pattern (RE2, anchored by PromQL) of the names of the pods. */
  readonly podPattern: (workload: string) => string;
  readonly manifest: (workload: WorkloadPlan) => object;
}
