import { HASH_SEED } from '../defaults';
import type { Connector } from '../memory/connectors';
import { connectorsOf } from '../memory/connectors';
import { isLmcache } from '../memory/host/lmcache';
import { kvEventsOf, publishes } from './kv-events';
import type { PortContext } from './port-context';

/** How blocks are hashed, where their hashes leave the pod. Plain data. */
export interface Hashing {
  /** What reads them. */
  readonly why: string;
  /** Undefined for a seed that synth does not know: from a Secret. */
  readonly seed: string | undefined;
  readonly algorithm: string;
}

export const SEED_VARIABLE = 'PYTHONHASHSEED';

/** Blocks outside of the pod are found by their hashes; NIXL sends the blocks of a request, and needs none. */
function sharedBy(connector: Connector): string | undefined {
  const { name, extra } = connector;
  if (name === 'MooncakeStoreConnector') return 'the store of Mooncake';
  // LMCache hashes tokens in several processes, by Python's own hash (LMCache/LMCache:lmcache/v1/token_database.py).
  if (isLmcache(connector) || name === 'LMCacheMPConnector') return 'LMCache';
  const tiers: unknown = extra['secondary_tiers'];
  const isTiered = (Array.isArray(tiers) && tiers.length > 0) || extra['spec_module_path'] !== undefined;
  return name === 'OffloadingConnector' && isTiered ? 'the tiers behind the memory of the host' : undefined;
}

/** How blocks are hashed; undefined where hashes stay in the process that makes them. */
export function hashingOf(context: PortContext): Hashing | undefined {
  const { environment, facts, catalogue } = context;
  const ofEvents = publishes(kvEventsOf(context)) ? 'KV events' : undefined;
  const why =
    ofEvents ??
    connectorsOf(context)
      .map(sharedBy)
      .find((each) => each !== undefined);
  if (why === undefined) return undefined;
  const initial = catalogue.flag('--prefix-caching-hash-algo')?.flag.default;
  return {
    why,
    seed: environment.has(SEED_VARIABLE) ? environment.get(SEED_VARIABLE) : HASH_SEED,
    algorithm: facts.prefixCachingHashAlgo.value ?? (typeof initial === 'string' ? initial : 'sha256'),
  };
}
