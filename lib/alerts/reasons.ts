import type { PlannedObjective } from '../metrics/slo';
import type { Watched } from '../plan/watched';

/** Why there is no rule about GPUs. */
export function notNvidia({ device }: Watched): string | undefined {
  return device.nvidia ? undefined : `DCGM says nothing about ${device.resourceName}`;
}

/** Why there is no rule about canaries. */
export function noRollout({ workload }: Watched): string | undefined {
  return workload.kind === 'Rollout' ? undefined : 'the workload is a Deployment, without canaries';
}

export function latencyObjectives({ objectives }: Watched): PlannedObjective[] {
  return objectives.filter(({ latency }) => latency !== undefined);
}
