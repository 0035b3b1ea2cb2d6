import type { ServingProps } from '../../lib/stack/serving-props';

/** A stack with one KV connector. */
export const connector = (name: string, extra?: object, role = 'kv_both'): Pick<ServingProps, 'engine'> => ({
  engine: {
    kvTransferConfig: {
      kv_connector: name,
      kv_role: role,
      ...(extra === undefined ? {} : { kv_connector_extra_config: extra }),
    },
  },
});

/** A stack with KV events that are on, and these keys besides. */
export const events = (keys: object = {}): Pick<ServingProps, 'engine'> => ({
  engine: { kvEventsConfig: { enable_kv_cache_events: true, publisher: 'zmq', ...keys } },
});

/** A stack that shares KV blocks with peers over NIXL. */
export const P2P_TIER = {
  spec_name: 'TieringOffloadingSpec',
  cpu_bytes_to_use: 1e9,
  secondary_tiers: [{ type: 'p2p' }],
};
