import type { WorkloadKind } from './workload-kind';

/** Flags that kinds with one pod for each replica decide. */
export function singleNodeFlags(kind: string): WorkloadKind['ownedFlags'] {
  const oneNode = `remove it: a ${kind} runs each replica on one node`;
  return {
    '--nnodes': oneNode,
    '--node-rank': oneNode,
    '--master-addr': oneNode,
    '--master-port': oneNode,
    '--data-parallel-address': oneNode,
    '--data-parallel-start-rank': oneNode,
    '--data-parallel-rank': `remove it: all pods of a ${kind} have the same arguments, so all would have the same rank`,
  };
}
