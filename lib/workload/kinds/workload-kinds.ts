import type { WorkloadFacts } from '../../plan/workload-facts';
import { DEPLOYMENT } from './deployment';
import { ROLLOUT } from './rollout';
import type { WorkloadKind } from './workload-kind';

/** Every kind that a stack can have, by its name in Kubernetes. */
const KINDS = { Deployment: DEPLOYMENT, Rollout: ROLLOUT } as const satisfies Readonly<Record<string, WorkloadKind>>;

export type WorkloadKindName = keyof typeof KINDS;

export const WORKLOAD_KINDS: Readonly<Record<WorkloadKindName, WorkloadKind>> = KINDS;

/** The kind of a stack, unless its delivery needs another. */
export const DEFAULT_KIND: WorkloadKindName = 'Deployment';

/** The kind for canaries and blue-green rollouts. */
export const ROLLOUT_KIND: WorkloadKindName = 'Rollout';

/** Labels that controllers add to pods, one value for each revision, of all kinds that a stack can have. */
export const REVISION_LABELS: readonly string[] = Object.values(KINDS).map(({ facts }) => facts.revisionLabel);

/** Facts about a workload for the rest of the stack. */
export function workloadFacts(kind: WorkloadKindName, name: string): WorkloadFacts {
  return { ...WORKLOAD_KINDS[kind].facts, name };
}

/** The workload as a scaler refers to it. */
export function scaleTarget(kind: WorkloadKindName, name: string, namespace: string | undefined) {
  const { facts, currentReplicas } = WORKLOAD_KINDS[kind];
  const selected = `{namespace="${namespace ?? ''}",${facts.exporter.nameLabel}="${name}"}`;
  // Not vLLM's own series: they end with the last replica.
  const noReplicas = `sum(${currentReplicas}${selected}) == 0`;
  return { apiVersion: facts.apiVersion, kind: facts.kind, name, noReplicas, workload: workloadFacts(kind, name) };
}
