import { resourceNameLike } from '../../accelerator/resource-name';
import type { StackPlan } from '../../plan/stack-plan';
import type { Finding } from '../../preflight/finding';
import { error, notice, warning } from '../../preflight/finding';
import { flag, integer } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import { ENGINE_CONTAINER } from './pod-template-overrides';
import type { RdmaOptions } from './rdma-options';
import type { Tree } from './tree';
import { list, tree } from './tree';

export const RDMA_SHAPE = structOf<RdmaOptions>(
  { resourceName: resourceNameLike('rdma/ib') },
  { count: integer(1), ipcLock: flag },
);

/** The network devices of a pod for remote direct memory access, as plain data. */
export interface RdmaPlan {
  readonly resourceName: string;
  readonly count: number;
  readonly ipcLock: boolean;
}

/** Decides the network devices of a pod. */
export function planRdma(options: RdmaOptions | undefined): RdmaPlan | undefined {
  return (
    options && { resourceName: options.resourceName, count: options.count ?? 1, ipcLock: options.ipcLock ?? false }
  );
}

/** Whether the overrides make the engine run as root. */
function runsAsRoot(overrides: Tree): boolean {
  const spec = tree(overrides['spec']);
  const engine = list(spec['containers']).find(({ name }) => name === ENGINE_CONTAINER);
  const ofPod = tree(spec['securityContext'])['runAsUser'];
  return (tree(engine?.['securityContext'])['runAsUser'] ?? ofPod) === 0;
}

/** Problems of the network devices of a stack. */
export function rdmaFindings(
  rdma: RdmaPlan | undefined,
  { device, flags }: Pick<StackPlan, 'device' | 'flags'>,
  overrides: Tree,
): Finding[] {
  if (rdma === undefined) return [];
  const findings: Finding[] = [];
  if (rdma.resourceName === device.resourceName) {
    const problem = `is ${rdma.resourceName}, which is the accelerator`;
    const fix = 'use the resource of the network device, for example "rdma/ib"';
    findings.push(error('rdma-is-accelerator', 'rdma.resourceName', problem, fix));
  }
  if (device.count === 1 && !flags.includes('--kv-transfer-config')) {
    const problem = 'is not used: one GPU without KV transfer sends nothing to other GPUs';
    findings.push(notice('rdma-unused', 'rdma', problem, 'remove it, or set engine.kvTransferConfig'));
  }
  if (!rdma.ipcLock) return findings;
  const level =
    'needs a namespace whose Pod Security level is "privileged": "baseline" and "restricted" refuse IPC_LOCK';
  const root = runsAsRoot(overrides);
  const problem = root ? level : `${level}, and it has no effect: the engine does not run as root`;
  const fix = 'remove it if LimitMEMLOCK of the container runtime is infinity, or acknowledge this finding';
  return [...findings, warning('rdma-ipc-lock', 'rdma.ipcLock', problem, fix)];
}
