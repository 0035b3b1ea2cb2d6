import type { Decision } from '../defaults/decision';
import type { FlagName } from '../engine/catalogue/flag-name';
import type { EnvironmentVariable } from '../engine/environment';
import type { EnginePort } from './engine-port';
import type { Hashing } from './hashing';
import type { Transfer } from './transfer';

/** What an engine opens besides HTTP, and what its variables must be for it. Plain data. */
export interface Opened {
  readonly ports: readonly EnginePort[];
  /** Connectors that exchange blocks with other pods. */
  readonly transfers: readonly Transfer[];
  /** Undefined where hashes of blocks stay in the process that makes them. */
  readonly hashing: Hashing | undefined;
  readonly environment: readonly EnvironmentVariable[];
  readonly decisions: readonly Decision[];
}

/** Most stacks open nothing besides HTTP. */
export const NOTHING_OPENED: Opened = { ports: [], transfers: [], hashing: undefined, environment: [], decisions: [] };

const OPENING: readonly FlagName[] = [
  '--data-parallel-rpc-port',
  '--ec-transfer-config',
  '--grpc-port',
  '--kv-events-config',
  '--kv-offloading-size',
  '--kv-transfer-config',
];

/** Whether a command line may open something; the code that knows what is loaded only then. */
export const mayOpen = (flags: readonly FlagName[]): boolean => OPENING.some((flag) => flags.includes(flag));
