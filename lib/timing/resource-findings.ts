import type { Finding } from '../preflight/finding';
import { error, notice, warning } from '../preflight/finding';
import { inGibibytes, MIB_PER_GIB } from '../units/mebibytes';
import type { ResourcePlan } from './resource-plan';

/** Problems of the decided resources. */
export function resourceFindings(plan: ResourcePlan): Finding[] {
  return [
    ...(plan.guaranteed ? guaranteedFindings(plan) : cpuFindings(plan)),
    ...memoryFindings(plan),
    ...sharedMemoryFindings(plan),
    ...diskFindings(plan),
  ];
}

function cpuFindings({ cpu: request, cpuLimit: limit }: ResourcePlan): Finding[] {
  if (limit === undefined) return [];
  if (limit < request.value) {
    const problem = `is ${limit} cores, less than the request of ${request.value} cores (${request.reason})`;
    return [
      error('cpu-limit-below-request', 'resources.cpuLimit', problem, 'remove the limit, or lower resources.cpu'),
    ];
  }
  const problem = `is ${limit} cores: the engine core never sleeps, so at this limit Linux throttles it for the rest of each 100 ms`;
  return [warning('cpu-limit', 'resources.cpuLimit', problem, 'remove it; the request already reserves the cores')];
}

/**
 * What the class Guaranteed requires (kubernetes.io, Pod Quality of Service Classes; Control CPU Management Policies).
 */
function guaranteedFindings(plan: ResourcePlan): Finding[] {
  const { cpu: request, cpuLimit, memory, memoryLimit } = plan;
  const findings: Finding[] = [];
  const because = 'but resources.guaranteed needs';
  if (!Number.isInteger(request.value)) {
    const problem = `is ${request.value}, ${because} whole cores: a part of a core cannot be reserved for one pod`;
    const fix = `use ${Math.ceil(request.value)}`;
    findings.push(error('guaranteed-cpu-in-parts', 'resources.cpu', problem, fix));
  }
  if (cpuLimit !== request.value) {
    const problem = `is ${cpuLimit} cores, ${because} the request of ${request.value} cores (${request.reason})`;
    findings.push(error('guaranteed-cpu-limit', 'resources.cpuLimit', problem, 'remove it: it follows the request'));
  }
  if (memory.value !== memoryLimit.value) {
    const problem = `is ${inGibibytes(memory.value)}, ${because} the limit of ${inGibibytes(memoryLimit.value)}`;
    findings.push(error('guaranteed-memory', 'resources.memory', problem, 'set only one of memory and memoryLimit'));
  }
  if (findings.length > 0) return findings;
  const problem = `limits the pod to ${cpuLimit} cores: this throttles the engine if the kubelet's CPU manager is not static`;
  const devices = plan.threads === undefined ? ', and that the device plugin has PASS_DEVICE_SPECS' : '';
  const fix = `check that cpuManagerPolicy is static on the nodes${devices}`;
  return [notice('guaranteed-nodes', 'resources.guaranteed', problem, fix)];
}

function memoryFindings(plan: ResourcePlan): Finding[] {
  const { memory, memoryLimit, sharedMemory: shared, minimums } = plan;
  const { memory: minimum, subject } = minimums;
  if (memory.value > memoryLimit.value && !plan.guaranteed) {
    const problem = `is ${inGibibytes(memory.value)}, more than the limit of ${inGibibytes(memoryLimit.value)}`;
    return [
      error('memory-request-above-limit', 'resources.memory', problem, 'lower it, or raise resources.memoryLimit'),
    ];
  }
  if (memoryLimit.value <= shared.value) {
    const problem = `is ${inGibibytes(memoryLimit.value)}, but /dev/shm alone may use ${inGibibytes(shared.value)} of it`;
    return [error('memory-limit-below-shm', subject, problem, 'raise it, or lower resources.sharedMemory')];
  }
  if (memoryLimit.value < minimums.memoryAtStart) {
    const problem = `is ${inGibibytes(memoryLimit.value)}, but the engine takes ${inGibibytes(minimums.memoryAtStart)} for ${minimums.takenAtStart} alone when it starts, and is OOM-killed`;
    const fix = `raise it to ${inGibibytes(minimum.value)} (${minimum.reason})`;
    return [error('memory-limit-below-caches', subject, problem, fix)];
  }
  if (memoryLimit.value < minimum.value) {
    const problem = `is ${inGibibytes(memoryLimit.value)}, below ${inGibibytes(minimum.value)} (${minimum.reason}): loading may be OOM-killed`;
    return [warning('memory-limit-low', subject, problem, `raise it to ${inGibibytes(minimum.value)}`)];
  }
  return [];
}

/** A size that the user set: the default has room for everything. */
function sharedMemoryFindings({ sharedMemory: { value }, minimums }: ResourcePlan): Finding[] {
  const { sharedMemory: minimum, sharedMemoryAtStart: atStart } = minimums;
  if (value >= minimum.value) return [];
  const words = (mib: number): string => (mib < MIB_PER_GIB ? `${mib} MiB` : inGibibytes(mib));
  const problem = `is ${words(value)}, below ${words(minimum.value)} (${minimum.reason})`;
  const fix = `raise it to ${words(minimum.value)} or more, or remove it`;
  const subject = 'resources.sharedMemory';
  return value < atStart
    ? [error('shared-memory-too-small', subject, `${problem}: vLLM checks this and does not start`, fix)]
    : [warning('shared-memory-low', subject, `${problem}: a full /dev/shm ends the engine with a bus error`, fix)];
}

function diskFindings({ ephemeralStorage: { value }, minimums: { disk: minimum } }: ResourcePlan): Finding[] {
  if (value >= minimum.value) return [];
  const problem = `is ${inGibibytes(value)}, below ${inGibibytes(minimum.value)} (${minimum.reason}): a node with a full disk evicts the pod`;
  const fix = `raise it to ${inGibibytes(minimum.value)}`;
  return [warning('ephemeral-storage-low', 'resources.ephemeralStorage', problem, fix)];
}
