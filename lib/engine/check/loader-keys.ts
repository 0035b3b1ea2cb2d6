import type { FlagName } from '../catalogue/flag-name';
import type { Context } from './context';

const LOADER_CONFIG: FlagName = '--model-loader-extra-config';

/**
 * Which class reads the keys, by the format of the weights (vllm/model_executor/model_loader/__init__.py). The formats of
 * plugins and those without a row read any key.
 */
const LOADERS: ReadonlyMap<string, string> = new Map([
  ...['hf', 'fastsafetensors', 'instanttensor', 'mistral', 'npcache', 'pt', 'safetensors'].map(
    (format) => [format, 'DefaultModelLoader'] as const,
  ),
  // vLLM changes it to `runai_streamer` for a model in an object store (vllm/config/vllm.py).
  ['auto', 'DefaultOrRunaiLoader'],
  ['runai_streamer', 'RunaiModelStreamerLoader'],
  ['runai_streamer_sharded', 'ShardedStateLoader'],
  ['sharded_state', 'ShardedStateLoader'],
]);

/** The name under which the table has the keys of a flag. */
export function ownerOf(flag: FlagName, { loadFormat }: Context): string {
  return flag === LOADER_CONFIG ? (LOADERS.get(loadFormat) ?? flag) : flag;
}
