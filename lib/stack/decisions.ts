import { RECOMMENDED } from '../engine/command-line/recommended-arguments';
import { inGibibytes } from '../units/mebibytes';
import type { Decided, Decision } from '../defaults/decision';
import type { StackPlan } from '../plan/stack-plan';
import type { MeshPlan } from '../workload/mesh/mesh-plan';

const seconds = (value: number): string => `${value} s`;
const size = (mib: number): string => inGibibytes(mib, 2);
const tokens = (value: number): string => `${value} tokens`;
const plain = (value: number): string => String(value);

/** What a recipe set, and the decided numbers of a plan, in the order in which they affect a pod. */
export function decisionsOf(
  { basis, device, weights, memory, timing, resources }: StackPlan,
  mesh?: MeshPlan,
): Decision[] {
  const rows: [what: string, decided: Decided | undefined, unit: (value: number) => string][] = [
    ['size of the weights', weights.size, size],
    ['load rate', weights.loadRate, (value) => `${value} MiB/s`],
    [device.onCpu ? 'KV cache' : 'KV cache of a GPU', memory.cache, size],
    ['KV cache capacity', memory.capacity, tokens],
    ['largest context', memory.largestContext, tokens],
    ['sequences of full length', memory.sequences, plain],
    ['memory margin', memory.margin, size],
    ['CPU request in cores', resources.cpu, plain],
    ['compute threads', resources.threads, plain],
    ['memory request', resources.memory, size],
    ['memory limit', resources.memoryLimit, size],
    ['shared memory', resources.sharedMemory, size],
    ['ephemeral storage', resources.ephemeralStorage, size],
    ['download volume', resources.download, size],
    ['time to start', timing.startup, seconds],
    ['startup budget', timing.startupBudget, seconds],
    ['progress deadline', timing.progressDeadline, seconds],
    ['wait before SIGTERM', timing.preStopDelay, seconds],
    ['shutdown timeout', timing.shutdownTimeout, seconds],
    ['drain of the sidecar', mesh?.proxyDrain, seconds],
    ['termination grace period', timing.terminationGracePeriod, seconds],
  ];
  const recommended = basis.commandLine.args
    .filter(({ origin }) => origin === RECOMMENDED)
    .map(({ flag, values: [value = 'on'] }) => ({ what: flag, value, reason: `recipe of ${basis.model.id}` }));
  const numbers = rows.flatMap(([what, decided, unit]) =>
    decided === undefined ? [] : [{ what, value: unit(decided.value), reason: decided.reason }],
  );
  return [...recommended, ...numbers];
}
