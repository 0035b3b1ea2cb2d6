import type { ComputeFormat } from '../../model/number-formats';

/** How layers keep keys and values: by head, or as one latent vector that all of it or a chosen part is read from. */
export type CacheKind = 'heads' | 'latent' | 'sparse';

/** What layers need of an attention backend. What is undefined is not known, and then any backend has it. */
export interface AttentionRequest {
  readonly capability: number;
  readonly kind: CacheKind;
  /** Values of a head, or of the latent vector. */
  readonly headSize?: number;
  readonly compute?: ComputeFormat;
  /** `--kv-cache-dtype`. */
  readonly cache: string;
  /** `--block-size`; undefined when the backend chooses. */
  readonly blockSize?: number;
  readonly hasSinks: boolean;
  readonly hasWindow: boolean;
  /** Whether every token sees all others, and nothing is cached. */
  readonly isEncoder: boolean;
  /** Whether the tokens of an image see one another, and so those that follow. */
  readonly hasImagePrefix: boolean;
  readonly prefillContext: boolean;
  readonly decodeContext: boolean;
  /** `VLLM_BATCH_INVARIANT`. */
  readonly isInvariant: boolean;
}
