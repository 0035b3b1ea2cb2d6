import type { PlannedObjective } from '../metrics/slo';
import type { Watched } from '../plan/watched';

/** Why a stack has no rules about GPUs. */
export function notNvidia({ device }: Watched): string | undefined {
  if (device.resourceName === 'cpu') return 'the stack has no GPU';
  return device.nvidia ? undefined : `DCGM has no metrics of ${device.resourceName}`;
}

/** Why a stack has no rules about canaries. */
export function noCanary({ workload: { kind, canary } }: Watched): string | undefined {
  return canary ? undefined : `the workload is a ${kind}, which has no canaries`;
}

export function latencyObjectives({ objectives }: Watched): PlannedObjective[] {
  return objectives.filter(({ latency }) => latency !== undefined);
}
