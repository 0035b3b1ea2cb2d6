import { AccessMode } from '../../model/access-mode';
import type { Finding } from '../../preflight/finding';
import { error, notice, warning } from '../../preflight/finding';
import type { ClaimsPlan, ClaimUse, MountingPods } from './claim-use';

/** What is known about a claim. */
export interface KnownClaim {
  readonly modes: readonly AccessMode[];
  /** Whether its volume is surely attached to one node only. */
  readonly isBlock: boolean;
  /** Whether its pods all run on the node of the volume anyway. */
  readonly isLocal?: boolean;
}

const { READ_WRITE_ONCE_POD, READ_ONLY_MANY, READ_WRITE_MANY } = AccessMode;

/** The pods that mount a claim at the same time, in words. */
function podsInWords({ replicas, replicasProperty, peak }: MountingPods): string {
  if (replicas > 1) return `${replicas} replicas (${replicasProperty})`;
  return `${peak} pods (delivery: a rollout starts the new one before it removes the old one)`;
}

/** Where several pods can mount a claim. */
function several(writes: boolean): string {
  return writes ? READ_WRITE_MANY : `${READ_ONLY_MANY} or ${READ_WRITE_MANY}`;
}

function fewerPods({ replicas, stacks }: MountingPods, writes: boolean): string {
  const claim = `use a volume claim with ${several(writes)}`;
  if (stacks > 1) return `${claim}, or a claim for each stack`;
  return replicas > 1 ? `${claim}, or one replica` : `${claim}, or set delivery to Delivery.inPlace()`;
}

/** Whether the pods of one stack, or of several with the same claim, can mount it as they do. */
export function accessFindings(
  use: ClaimUse,
  pods: MountingPods,
  { modes, isBlock, isLocal = false }: KnownClaim,
): Finding[] {
  const { claim, subject, writes } = use;
  const named = `is the volume claim "${claim}", which is ${modes.join(' and ')}`;
  if (modes.includes(READ_WRITE_MANY) || (!writes && modes.includes(READ_ONLY_MANY))) return [];
  const usable = modes.filter((mode) => mode !== READ_ONLY_MANY);
  if (usable.length === 0) {
    const instead = subject.startsWith('weights') ? 'Weights.fromVolume' : 'readOnly: true in its mounts';
    return [
      error('claim-read-only', subject, `${named}, and the pods write to it`, `use ${READ_WRITE_MANY}, or ${instead}`),
    ];
  }
  if (pods.peak < 2) return [];
  const mounted = `and ${podsInWords(pods)} mount it`;
  if (usable.every((mode) => mode === READ_WRITE_ONCE_POD)) {
    const problem = `${named}, ${mounted}: the second pod stays Pending`;
    return [error('claim-one-node', subject, problem, fewerPods(pods, writes))];
  }
  if (isLocal) return [];
  if (isBlock && pods.onNodesOfTheirOwn) {
    const problem = `${named}, ${mounted}; each needs the GPUs of a whole node, and the volume is attached to one node`;
    return [error('claim-one-node', subject, problem, fewerPods(pods, writes))];
  }
  const problem = `${named}, ${mounted}: a pod on another node than the first stays in ContainerCreating`;
  const fix = `${fewerPods(pods, writes)}; acknowledge this finding if all pods run on one node`;
  return [warning('claim-one-node', subject, problem, fix)];
}

/** Findings about the claims whose mode the user set; a notice for those of unknown mode that several pods mount. */
export function claimFindings({ uses, pods }: ClaimsPlan): Finding[] {
  return uses.flatMap((use) => {
    const { claim, subject, writes, accessMode } = use;
    if (accessMode !== undefined) return accessFindings(use, pods, { modes: [accessMode], isBlock: false });
    if (pods.peak < 2 || subject.startsWith('podTemplateOverrides')) return [];
    const problem = `is the volume claim "${claim}", which ${podsInWords(pods)} mount: with ReadWriteOnce they would all have to run on one node`;
    const fix = `use a volume claim with ${several(writes)}, and set accessMode or make it in this app, so that this is checked`;
    return [notice('claim-access-open', subject, problem, fix)];
  });
}
