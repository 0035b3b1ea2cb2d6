import { CPU, RESOURCES } from '../defaults';
import type { Decided } from '../defaults/decision';
import { decide } from '../defaults/decision';
import { inGibibytes, wholeGib } from '../units/mebibytes';
import { atStartOf, sumOf, withParts } from './host-needs';
import type { Minimums, ResourceInput } from './resource-plan';

/** Ranks of one engine that talk to each other through `/dev/shm`; on CPU a single one is a process of its own too. */
const hasWorkers = ({ devices, dataParallelSize, onCpu }: ResourceInput): boolean =>
  onCpu || devices > dataParallelSize;

/** Decides the size of `/dev/shm`. */
export function sharedMemory({ settings, devices, host, onCpu }: ResourceInput): Decided {
  return decide(settings.sharedMemory, 'resources.sharedMemory', () => {
    const base =
      devices === 1
        ? { value: onCpu ? CPU.sharedMemory : RESOURCES.sharedMemory, reason: 'one worker process' }
        : {
            value: Math.max(RESOURCES.minSharedMemoryOfWorkers, devices * RESOURCES.sharedMemoryPerGpu),
            reason: `${inGibibytes(RESOURCES.sharedMemoryPerGpu)} for each of ${devices} workers, at least ${inGibibytes(RESOURCES.minSharedMemoryOfWorkers)}`,
          };
    const parts = host.sharedMemory;
    if (parts.length === 0) return base;
    const reason = [`${inGibibytes(base.value)} for the processes`, ...withParts(parts)].join(', ');
    return { value: wholeGib(base.value + sumOf(parts)), reason };
  });
}

/** What of it the engine needs. */
export function minimumSharedMemory(input: ResourceInput): Pick<Minimums, 'sharedMemory' | 'sharedMemoryAtStart'> {
  const parts = input.host.sharedMemory;
  const queues = hasWorkers(input) ? RESOURCES.queues : 0;
  const exact = queues + sumOf(parts);
  // Semaphores are there too, and vLLM wants the exact size of its region to be free.
  const value = parts.length > 0 ? wholeGib(exact + RESOURCES.semaphores) : exact;
  const words = [...(queues > 0 ? [`${queues} MiB for the queues of the workers`] : []), ...withParts(parts)];
  const largest = Math.max(queues > 0 ? RESOURCES.largestQueue : 0, atStartOf(parts));
  return {
    sharedMemory: { value, reason: words.join(', ') },
    sharedMemoryAtStart: input.checksSharedMemory ? largest : 0,
  };
}
