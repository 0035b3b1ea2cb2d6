import type { AttentionRequest, CacheKind } from './request';
import type { BackendName, BackendRow } from './backend-table';
import { BACKENDS, priorities } from './backend-table';

const KINDS: Readonly<Record<CacheKind, string>> = {
  heads: 'key/value heads',
  latent: 'a latent vector (MLA)',
  sparse: 'sparse attention over a latent vector',
};

/** What a backend does not support, in words; undefined when it supports everything. */
export function lackOf(name: BackendName, request: AttentionRequest): string | undefined {
  const row: BackendRow = BACKENDS[name];
  const { capability, kind, headSize, compute, cache, blockSize } = request;
  const major = Math.floor(capability);
  if (row.kind !== kind) return KINDS[kind];
  if (row.majors?.includes(major) === false) return `compute capability ${capability.toFixed(1)}`;
  if (headSize !== undefined && row.heads?.includes(headSize) === false) return `heads of ${headSize} values`;
  if ((compute === 'float32' && !row.float32) || (compute === 'float16' && !row.float16)) return compute;
  if (!row.caches.includes(cache)) return `a KV cache in ${cache}`;
  if (blockSize !== undefined && blockSize % row.block !== 0) return `blocks of ${blockSize} tokens`;
  if (request.hasSinks && !row.sinks?.includes(major)) return 'attention sinks';
  if (request.hasWindow && !row.window) return 'a sliding window';
  if (request.isEncoder && !row.encoder) return 'encoders';
  if (request.hasImagePrefix && !row.imagePrefix?.includes(major)) return 'images whose tokens see one another';
  if (request.prefillContext && !row.prefillContext) return 'prefill context parallelism';
  if (request.decodeContext && !row.decodeContext) return 'decode context parallelism';
  if (request.isInvariant && !row.invariant) return 'VLLM_BATCH_INVARIANT';
  return row.also?.(request);
}

/** The backend that vLLM chooses; undefined when none supports everything, or the chosen one fails. */
export function chosenBackend(request: AttentionRequest): BackendName | undefined {
  const name = priorities(request).find((each) => lackOf(each, request) === undefined);
  if (name === undefined) return undefined;
  return (BACKENDS[name] as BackendRow).failsWith?.(request) === undefined ? name : undefined;
}

/** What a backend that is set does not support, failures after its choice included. */
export function problemOf(name: BackendName, request: AttentionRequest): string | undefined {
  return lackOf(name, request) ?? (BACKENDS[name] as BackendRow).failsWith?.(request);
}
