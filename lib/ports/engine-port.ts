import { MAX_PORT } from '../units/port';

/**
 * A port on which the engine listens besides HTTP, with those that follow it: data-parallel ranks have consecutive ones.
 * Plain data.
 */
export interface EnginePort {
  /** Name in the pod; the second port has the suffix `-1`. */
  readonly name: string;
  readonly port: number;
  readonly count: number;
  /**
   * Who connects: clients and routers, which may call the API; only pods that exchange KV blocks with this one; or only
   * processes of the pod.
   */
  readonly users: 'clients' | 'peers' | 'pod';
  /** Whether any pod will do, so that a Service may choose one. */
  readonly inService: boolean;
  /** The property or variable that opens it. */
  readonly origin: string;
  /** What it is for: `KV events`. */
  readonly what: string;
}

/** Every single port of a range, with its name in the pod; those above the largest port are a finding of their own. */
export const singlePorts = ({ name, port, count }: Pick<EnginePort, 'name' | 'port' | 'count'>) =>
  Array.from({ length: Math.min(count, MAX_PORT + 1 - port) }, (_, at) => ({
    name: at === 0 ? name : `${name}-${at}`,
    port: port + at,
  }));
