import type { Duration, Size } from 'cdk8s';
import { MIB_PER_GIB, mebibytesOf } from '../units/mebibytes';
import type { LifecycleOptions } from './lifecycle-options';
import type { PodResources } from './resource-options';
import type { ResourceSettings } from './resource-plan';
import type { TimingSettings } from './times';

const seconds = (duration: Duration | undefined) => duration?.toSeconds();
const mib = (size: Size | undefined) => size && mebibytesOf(size);

/** Times that the user set, in seconds. */
export function timingSettings(lifecycle: LifecycleOptions = {}): TimingSettings {
  return {
    startupBudget: seconds(lifecycle.startupBudget),
    progressDeadline: seconds(lifecycle.progressDeadline),
    preStopDelay: seconds(lifecycle.preStopDelay),
    drainTimeout: seconds(lifecycle.drainTimeout),
    terminationGracePeriod: seconds(lifecycle.terminationGracePeriod),
  };
}

/** Resources besides CPU, memory and disk, as Kubernetes names them. */
function otherResources({ extended, hugePages2Mi: small, hugePages1Gi: large }: PodResources) {
  return {
    ...extended,
    ...(small && { 'hugepages-2Mi': `${mebibytesOf(small)}Mi` }),
    ...(large && { 'hugepages-1Gi': `${mebibytesOf(large) / MIB_PER_GIB}Gi` }),
  };
}

/** Resources that the user set, in cores and MiB. */
export function resourceSettings(resources: PodResources = {}): ResourceSettings {
  return {
    cpu: resources.cpu,
    cpuLimit: resources.cpuLimit,
    memory: mib(resources.memory),
    memoryLimit: mib(resources.memoryLimit),
    sharedMemory: mib(resources.sharedMemory),
    ephemeralStorage: mib(resources.ephemeralStorage),
    guaranteed: resources.guaranteed,
    others: otherResources(resources),
  };
}
