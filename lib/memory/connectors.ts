import { hasQuirk } from '../engine/catalogue/quirks';
import type { JsonObject } from '../shapes/json-object';
import { isJsonObject } from '../shapes/json-object';
import { BYTES_PER_MIB, MIB_PER_GIB } from '../units/mebibytes';
import { isOn } from './host/host-context';
import type { MemoryContext } from './memory-context';

/** A KV connector that an engine runs. */
export interface Connector {
  readonly name: string;
  /** Its `kv_connector_extra_config`. */
  readonly extra: JsonObject;
  /** Its `kv_role`: `kv_producer`, `kv_consumer` or `kv_both`. */
  readonly role: unknown;
  /** The property that sets it. */
  readonly origin: string;
}

const objectIn = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});

/** What connectors are decided from. */
export type ConnectorContext = Pick<MemoryContext, 'facts' | 'release' | 'environment'>;

/** A connector with its children: MultiConnector runs each of them (kv_connector/v1/multi_connector.py). */
function withChildren(config: JsonObject, origin: string): Connector[] {
  const name = config['kv_connector'];
  const extra = objectIn(config['kv_connector_extra_config']);
  if (typeof name !== 'string') return [];
  const children: unknown = extra['connectors'];
  if (name === 'MultiConnector' && Array.isArray(children)) {
    return children.flatMap((child) => withChildren(objectIn(child), origin));
  }
  return [{ name, extra, role: config['kv_role'], origin }];
}

/** The connector that `--kv-offloading-size` sets (vllm/config/vllm.py, _post_init_kv_transfer_config). */
function ofOffloading({ facts, release, environment }: ConnectorContext, gib: number, set: JsonObject): Connector {
  const from = { role: 'kv_both', origin: facts.kvOffloadingSize.origin };
  if (facts.kvOffloadingBackend.value === 'lmcache') {
    if (hasQuirk(release, 'lmcache-server')) return { name: 'LMCacheMPConnector', extra: set, ...from };
    const { tensor, pipeline } = facts.parallelism;
    const extra = { 'lmcache.local_cpu': true, 'lmcache.max_local_cpu_size': gib / (tensor * pipeline) };
    return { name: 'LMCacheConnectorV1', extra, ...from };
  }
  const name = isOn(environment.get('VLLM_USE_SIMPLE_KV_OFFLOAD'))
    ? 'SimpleCPUOffloadConnector'
    : 'OffloadingConnector';
  return { name, extra: { ...set, cpu_bytes_to_use: gib * MIB_PER_GIB * BYTES_PER_MIB }, ...from };
}

/** All connectors of an engine. */
export function connectorsOf(context: ConnectorContext): Connector[] {
  const { kvTransferConfig: config, kvOffloadingSize: size } = context.facts;
  const set = config.value ?? {};
  // The size replaces the connector that the JSON names.
  if (size.value !== undefined) return [ofOffloading(context, size.value, objectIn(set['kv_connector_extra_config']))];
  return withChildren(set, config.origin);
}
