import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { GatewayTrafficPlan } from './gateway-series';

/** Why nothing is known about the requests at the gateway of a stack. */
export interface Uncounted {
  readonly traffic?: undefined;
  /** In words that follow "but". */
  readonly missing: string;
  /** What to set, where a property helps. */
  readonly instead?: string;
}

/** What the gateway in front of a stack counts: plain data. */
export type GatewayCounts = { readonly traffic: GatewayTrafficPlan } | Uncounted;

/** Without any gateway. */
export const NO_GATEWAY: Uncounted = {
  missing: 'gatewayTraffic is unset',
  instead: 'set it, for example to GatewayTraffic.envoyGateway({ route: "chat" })',
};

/** What reads the requests at a gateway although nothing is known about them. `otherwise` is what to do without them. */
export function uncountedFinding(subject: string, { missing, instead }: Uncounted, otherwise: string): Finding {
  const problem = `reads the requests at the gateway, but ${missing}`;
  return error('gateway-not-counted', subject, problem, instead ? `${instead}, or ${otherwise}` : otherwise);
}
