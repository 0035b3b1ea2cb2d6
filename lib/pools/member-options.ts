import { MAX_POOL_NAME } from './pool-names';
import { DNS_1035_LABEL } from '../shapes/kubernetes-names';
import { integer, shape } from '../shapes/shape';
import { structOf } from '../shapes/struct';

/**
 * Prompts that a stack gets from its pool, by length. The endpoint picker has no tokenizer: it counts a token for each
 * four bytes of the prompt.
 */
export interface PromptTokenRange {
  /**
   * Minimum tokens of a prompt, included.
   *
   * @default 0
   */
  readonly minimum?: number;

  /**
   * Maximum tokens of a prompt, included. It must be below the longest context of the stack, since the answer needs
   * room too.
   *
   * @default - no maximum: vLLM itself refuses prompts that are too long
   */
  readonly maximum?: number;
}

/**
 * Membership of a stack in an InferencePool. The pods get the labels of the pool, and the NetworkPolicy admits its
 * endpoint picker. The app must also have an `InferencePool` with this stack.
 */
export interface InferencePoolMember {
  /**
   * Name of the pool: lower-case letters, digits and `-`, beginning with a letter, at most 52 characters. Stacks with
   * the same name and namespace are one pool.
   */
  readonly pool: string;

  /**
   * Lengths of the prompts that this stack gets. Either all members of a pool have a range or none has one; together
   * the ranges must cover every length.
   *
   * @default - prompts of every length
   */
  readonly promptTokens?: PromptTokenRange;
}

/** Longest prompt that a range may name: any context of a model is far below it. */
const MOST_TOKENS = 100_000_000;

const poolName = shape<string>(
  `lower-case letters, digits and "-", beginning with a letter, at most ${MAX_POOL_NAME} characters`,
  (value) => typeof value === 'string' && DNS_1035_LABEL.test(value) && value.length <= MAX_POOL_NAME,
);

/** All properties of `InferencePoolMember`. */
export const POOL_MEMBER = structOf<InferencePoolMember>(
  { pool: poolName },
  {
    promptTokens: structOf<PromptTokenRange>(
      {},
      { minimum: integer(0, MOST_TOKENS), maximum: integer(1, MOST_TOKENS) },
    ),
  },
);
