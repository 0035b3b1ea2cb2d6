import type { FlagName } from '../../engine/catalogue/flag-name';
import type { KindFacts } from '../../plan/workload-facts';

/** A kind of workload: all that is decided differently for it. Its manifest is in a file beside it. */
export interface WorkloadKind {
  /** Facts for the rest of the stack. */
  readonly facts: KindFacts;
  /** Series of the current replicas, of an exporter that reports 0 after the last one. */
  readonly currentReplicas: string;
  /** Flags that the kind sets and `extraArgs` must not have, each with what to do instead. */
  readonly ownedFlags: Readonly<Partial<Record<FlagName, string>>>;
  /** A pattern (RE2, anchored by PromQL) of the names of the pods. */
  readonly podPattern: (workload: string) => string;
  /** The same for the pods of one revision; undefined where the name is cut before the hash of the template. */
  readonly podsOfHash: (workload: string, hash: string) => string | undefined;
}
