import type { FlagName } from '../catalogue/flag-name';
import type { ReleasedFlag } from '../catalogue/released';

/** What a JSON flag accepts in place of JSON, measured with vLLM 0.32.0: an empty text or `None`, or the JSON null. */
const UNSET_JSON: Readonly<Partial<Record<FlagName, 'empty' | 'null' | 'empty null'>>> = {
  '--custom-histogram-buckets': 'empty null',
  '--default-chat-template-kwargs': 'null',
  '--default-mm-loras': 'empty null',
  '--diffusion-config': 'empty null',
  '--ec-transfer-config': 'empty',
  '--engram-config': 'empty',
  '--kv-events-config': 'empty',
  '--kv-transfer-config': 'empty',
  '--limit-mm-per-prompt': 'null',
  '--media-io-kwargs': 'null',
  '--mm-processor-kwargs': 'empty null',
  '--pooler-config': 'empty',
  '--quantization-config': 'empty',
  '--reasoning-config': 'empty',
  '--speculative-config': 'empty null',
  '--watermark-config': 'empty null',
  '--weight-transfer-config': 'empty',
};

/** Flags that are null by default, but whose type has no null: their parser reads `None` as any other text. */
const WITHOUT_NULL: ReadonlySet<FlagName> = new Set<FlagName>([
  '--api-server-count',
  '--block-size',
  '--config',
  '--cp-kv-cache-interleave-size',
  '--data-parallel-address',
  '--data-parallel-rank',
  '--data-parallel-rpc-port',
  '--data-parallel-size-local',
  '--data-parallel-start-rank',
  '--device-ids',
  '--elastic-ep-max-dp-size',
  '--gdn-prefill-backend',
  '--kda-decode-backend',
  '--kda-prefill-backend',
  '--log-config-file',
  '--log-level',
  '--max-cudagraph-capture-size',
  '--max-model-len',
  '--max-num-batched-tokens',
  '--max-num-seqs',
  '--spec-tokens',
  '--tokenizer',
]);

/** The one flag whose type has null and whose default is a number. */
const WITH_NULL: FlagName = '--prefix-cache-retention-interval';

/** Whether vLLM's parser reads a value as unset (vllm/engine/arg_utils.py, optional_type). */
export function isUnsetValue(text: string, { name, kind, default: initial }: ReleasedFlag): boolean {
  const isEmpty = text === '' || text === 'None';
  if (kind === 'value') return isEmpty && (name === WITH_NULL || (initial === null && !WITHOUT_NULL.has(name)));
  if (kind !== 'json') return false;
  const unset = UNSET_JSON[name] ?? '';
  return (isEmpty && unset.includes('empty')) || (text.trim() === 'null' && unset.includes('null'));
}
