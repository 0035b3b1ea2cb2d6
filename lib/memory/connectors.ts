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
  /** The property that sets it. */
  readonly origin: string;
}

const objectIn = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});

/** What connectors are decided from. */
type ConnectorContext = Pick<MemoryContext, 'facts' | 'release' | 'environment'>;

/** A connector with its children: MultiConnector runs each of them (kv_connector/v1/multi_connector.py). */
function withChildren(config: JsonObject, origin: string): Connector[] {
  const name = config['kv_connector'];
  const extra = objectIn(config['kv_connector_extra_config']);
  if (typeof name !== 'string') return [];
  const children: unknown = extra['connectors'];
  if (name === 'MultiConnector' && Array.isArray(children)) {
    return children.flatMap((child) => withChildren(objectIn(child), origin));
  }
  return [{ name, extra, origin }];
}

/** The connector that `--kv-offloading-size` sets (vllm/config/vllm.py, _post_init_kv_transfer_config). */
function ofOffloading({ facts, release, environment }: ConnectorContext, gib: number, set: JsonObject): Connector {
  const { origin } = facts.kvOffloadingSize;
  if (facts.kvOffloadingBackend.value === 'lmcache') {
    if (hasQuirk(release, 'lmcache-server')) return { name: 'LMCacheMPConnector', extra: set, origin };
    const { tensor, pipeline } = facts.parallelism;
    const extra = { 'lmcache.local_cpu': true, 'lmcache.max_local_cpu_size': gib / (tensor * pipeline) };
    return { name: 'LMCacheConnectorV1', extra, origin };
  }
  const name = isOn(environment.get('VLLM_USE_SIMPLE_KV_OFFLOAD'))
    ? 'SimpleCPUOffloadConnector'
    : 'OffloadingConnector';
  return { name, extra: { ...set, cpu_bytes_to_use: gib * MIB_PER_GIB * BYTES_PER_MIB }, origin };
}

/** All connectors of an engine. */
export function connectorsOf(context: ConnectorContext): Connector[] {
  const { kvTransferConfig: config, kvOffloadingSize: size } = context.facts;
  const set = config.value ?? {};
  // The size replaces the connector that the JSON names.
  if (size.value !== undefined) return [ofOffloading(context, size.value, objectIn(set['kv_connector_extra_config']))];
  return withChildren(set, config.origin);
}
