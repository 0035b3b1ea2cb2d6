import type { PlannedObjective } from '../metrics/slo';
import type { Watched } from '../plan/watched';

/** Why there is no rule about GPUs. */
export function notNvidia({ device }: Watched): string | undefined {
  return device.nvidia ? undefined : `DCGM says nothing about ${device.resourceName}`;
}

/** Why there is no rule about canaries. */
export function noCanary({ workload: { kind, canary } }: Watched): string | undefined {
  return canary ? undefined : `the workload is a ${kind}, without canaries`;
}

export function latencyObjectives({ objectives }: Watched): PlannedObjective[] {
  return objectives.filter(({ latency }) => latency !== undefined);
}
