import { isCpu } from '../accelerator/accelerator-plan';
import { CPU } from '../defaults';
import { hasQuirk } from '../engine/catalogue/quirks';
import type { EngineFacts } from '../engine/facts/engine-facts';
import { userValue } from '../engine/facts/fact';
import type { LayerGroup } from '../model/layer-group';
import { connectorsOf } from './connectors';
import type { FitInput, StateStorage } from './fit-input';
import type { MemoryContext } from './memory-context';

/** Settings of the KV cache that do not depend on memory. */
type CacheSettings = Pick<FitInput, 'blockSize' | 'hybrid' | 'batchesInFlight' | 'drafts' | 'states'>;

/** Draft tokens of speculative decoding. */
function draftsOf({ speculativeConfig, specTokens }: EngineFacts): number {
  const { num_speculative_tokens: tokens = specTokens.value } = speculativeConfig.value ?? {};
  return typeof tokens === 'number' ? tokens : 0;
}

/** The method of speculative decoding; undefined where vLLM derives it. */
function speculation({ speculativeConfig, specMethod }: EngineFacts): unknown {
  return speculativeConfig.value?.method ?? specMethod.value;
}

/** Methods beside which vLLM does not schedule asynchronously (vllm/config/vllm.py). */
const SYNCHRONOUS: readonly unknown[] = ['ngram', 'suffix', 'medusa', 'mlp_speculator'];

/** Batches at a time: one for each stage, and the next one (vllm/config/vllm.py, `max_concurrent_batches`). */
function batchesInFlight({ facts, release }: MemoryContext): number {
  if (!hasQuirk(release, 'in-flight-tokens')) return 1;
  const isAsynchronous = facts.asyncScheduling.value !== false && !SYNCHRONOUS.includes(speculation(facts));
  return facts.parallelism.pipeline + (isAsynchronous ? 1 : 0);
}

/** Connectors without `SupportsHMA` (vllm/distributed/kv_transfer/kv_connector/v1). */
const WHOLE_CACHE: readonly string[] = [
  'ExampleConnector',
  'LMCacheConnectorV1',
  'LMCacheMPConnector',
  'FlexKVConnectorV1',
  'HF3FSKVConnector',
  'P2pNcclConnector',
];

/** Whether layers with a window or a chunk free the tokens that they no longer read. */
function isHybrid(context: MemoryContext): boolean {
  const { facts, release, model, environment } = context;
  if (!hasQuirk(release, 'hybrid-cache')) return false;
  const { isSet, value } = facts.disableHybridKvCacheManager;
  if (isSet) return value === false;
  const connectors = connectorsOf(context);
  if (connectors.length > 0 && !hasQuirk(release, 'connectors-keep-hybrid')) return false;
  if (connectors.some(({ name }) => WHOLE_CACHE.includes(name))) return false;
  const hasChunks = (group: LayerGroup): boolean => group.kind === 'heads' && group.reach?.kind === 'chunk';
  if (!model.shape?.groups.some(hasChunks)) return true;
  if (environment.get('VLLM_ALLOW_CHUNKED_LOCAL_ATTN_WITH_HYBRID_KV_CACHE') === '0') return false;
  return !/^eagle/.test(String(speculation(facts)));
}

const STATE_BYTES: Readonly<Record<string, number>> = { float32: 4, float16: 2, bfloat16: 2 };

function statesOf({ facts, release }: MemoryContext): StateStorage {
  const bytes = (dtype: string | undefined): number | undefined => STATE_BYTES[dtype ?? 'auto'];
  const reuses = facts.enablePrefixCaching.value !== false;
  return {
    convolution: bytes(facts.mambaCacheDtype.value),
    recurrent: bytes(facts.mambaSsmCacheDtype.value),
    aligned: reuses,
    checkpoint: hasQuirk(release, 'state-checkpoint'),
  };
}

/** How the KV cache is set up. */
export function cacheSettings(context: MemoryContext): CacheSettings {
  return {
    blockSize: userValue(context.facts.blockSize) ?? (isCpu(context.accelerator) ? CPU.blockSize : undefined),
    hybrid: isHybrid(context),
    batchesInFlight: batchesInFlight(context),
    drafts: draftsOf(context.facts),
    states: statesOf(context),
  };
}
