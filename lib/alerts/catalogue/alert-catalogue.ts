import type { AlertRow } from '../alert-row';
import { AVAILABILITY } from './availability';
import { COST } from './cost';
import { ENGINE } from './engine';
import { GATEWAY } from './gateway';
import { GPU_ALERTS } from './gpu';
import { KV_CACHE } from './kv-cache';
import { QUEUE } from './queue';
import { ROLLOUT } from './rollout';
import { SCALING_ALERTS } from './scaling';
import { STARTUP } from './startup';

/** Every alert by topic, in the order of the output. */
export const ALERT_TOPICS: Readonly<Record<string, readonly AlertRow[]>> = {
  availability: AVAILABILITY,
  gateway: GATEWAY,
  startup: STARTUP,
  engine: ENGINE,
  queue: QUEUE,
  'kv-cache': KV_CACHE,
  scaling: SCALING_ALERTS,
  gpu: GPU_ALERTS,
  rollout: ROLLOUT,
  cost: COST,
};

/** Every alert of the catalogue. */
export const ALERT_ROWS: readonly AlertRow[] = Object.values(ALERT_TOPICS).flat();

const PROMISES: Readonly<Record<string, string>> = {
  VllmTimeToFirstToken: 'the time to the first token',
  VllmInterTokenLatency: 'the time between tokens',
  VllmEndToEnd: 'the time of a complete answer',
  VllmErrorRate: 'the error rate',
  VllmGatewayErrorRate: 'the error rate at the gateway',
  VllmAvailability: 'availability',
};

/** The alerts of the objectives, with what each promise is about. A stack has those of the promises that it makes. */
export const OBJECTIVE_ALERTS: ReadonlyMap<string, string> = new Map(
  Object.entries(PROMISES).flatMap(([name, promise]) => [
    [`${name}BurnFast`, promise] as const,
    [`${name}BurnSlow`, promise] as const,
  ]),
);
