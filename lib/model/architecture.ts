import { error, throwOnErrors } from '../preflight/finding';
import type { Finding } from '../preflight/finding';
import { brand } from '../shapes/brand';
import { findingsOf, flag, integer } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { LayerGroup, ModelShape, Reach } from './model-shape';
import { halfPrecisionGib } from './model-shape';

/**
 * Numbers of a model's `config.json`, and how many parameters it has.
 */
export interface ArchitectureOptions {
  /** `hidden_size`: width of a layer. */
  readonly hiddenSize: number;

  /** `num_hidden_layers`. */
  readonly numHiddenLayers: number;

  /** `num_attention_heads`: query heads of a layer. */
  readonly numAttentionHeads: number;

  /**
   * `num_key_value_heads`.
   *
   * @default - `numAttentionHeads`, as transformers does
   */
  readonly numKeyValueHeads?: number;

  /**
   * `head_dim`: values per head.
   *
   * @default - `hiddenSize` divided by `numAttentionHeads`
   */
  readonly headDim?: number;

  /** `max_position_embeddings`: longest context in tokens. */
  readonly maxPositionEmbeddings: number;

  /**
   * Number of all weights, experts included, for example 12_200_000_000. The library assumes two bytes each: for a
   * checkpoint in another format, set `weightsSize` in `Model.of` too.
   */
  readonly parameters: number;

  /**
   * `sliding_window`: tokens that layers with a sliding window look back. Set `slidingWindowLayers` too.
   *
   * @default - every layer has full attention
   */
  readonly slidingWindow?: number;

  /**
   * How many layers have the sliding window: `sliding_attention` in `layer_types`.
   *
   * @default - none
   */
  readonly slidingWindowLayers?: number;

  /**
   * `kv_lora_rank`, for multi-head latent attention. Set `qkRopeHeadDim` too.
   *
   * @default - the model has key/value heads
   */
  readonly kvLoraRank?: number;

  /**
   * `qk_rope_head_dim`, for multi-head latent attention.
   *
   * @default - none
   */
  readonly qkRopeHeadDim?: number;

  /**
   * `vocab_size`: tokens that the model knows. The memory for choosing the next tokens depends on it.
   *
   * @default - 152,064, that of Qwen; Gemma has more
   */
  readonly vocabSize?: number;

  /**
   * True for a mixture of experts.
   *
   * @default false
   */
  readonly mixtureOfExperts?: boolean;
}

const COUNT = integer(1);
const SHAPE = structOf<ArchitectureOptions>(
  {
    hiddenSize: COUNT,
    numHiddenLayers: COUNT,
    numAttentionHeads: COUNT,
    maxPositionEmbeddings: COUNT,
    // A value of 8 is a mistake for 8 billion.
    parameters: integer(1_000_000),
  },
  {
    numKeyValueHeads: COUNT,
    headDim: COUNT,
    slidingWindow: COUNT,
    slidingWindowLayers: COUNT,
    kvLoraRank: COUNT,
    qkRopeHeadDim: COUNT,
    vocabSize: COUNT,
    mixtureOfExperts: flag,
  },
);

/** Two options that must be set together. */
function pair(options: ArchitectureOptions, a: keyof ArchitectureOptions, b: keyof ArchitectureOptions): Finding[] {
  if ((options[a] === undefined) === (options[b] === undefined)) return [];
  const [given, missing] = options[a] === undefined ? [b, a] : [a, b];
  return [error('missing-property', missing, `is unset, but ${given} is set`, 'set both, or neither')];
}

function contradictions(options: ArchitectureOptions): Finding[] {
  const { hiddenSize, numAttentionHeads, numKeyValueHeads = numAttentionHeads, numHiddenLayers } = options;
  const findings = [
    ...pair(options, 'slidingWindow', 'slidingWindowLayers'),
    ...pair(options, 'kvLoraRank', 'qkRopeHeadDim'),
  ];
  if (options.headDim === undefined && hiddenSize % numAttentionHeads !== 0) {
    const problem = `cannot be derived: ${hiddenSize} is not a multiple of ${numAttentionHeads} heads`;
    findings.push(error('missing-property', 'headDim', problem, 'set it to head_dim of config.json'));
  }
  if (options.kvLoraRank === undefined && numAttentionHeads % numKeyValueHeads !== 0) {
    const problem = `is ${numKeyValueHeads}, which does not divide the ${numAttentionHeads} attention heads`;
    findings.push(error('wrong-value', 'numKeyValueHeads', problem, 'give num_key_value_heads of config.json'));
  }
  if ((options.slidingWindowLayers ?? 0) > numHiddenLayers) {
    const problem = `is ${options.slidingWindowLayers}, but the model has ${numHiddenLayers} layers`;
    findings.push(error('wrong-value', 'slidingWindowLayers', problem, 'count sliding_attention in layer_types'));
  }
  if (options.slidingWindowLayers !== undefined && options.kvLoraRank !== undefined) {
    const problem = 'is set together with kvLoraRank: no known model has both';
    findings.push(error('wrong-value', 'slidingWindowLayers', problem, 'remove one of them'));
  }
  return findings;
}

/**
 * The shape of a model that the library does not know. Tensor parallelism, context length and GPU memory are checked
 * against it.
 */
export class Architecture {
  /** A shape, with the numbers of the model's `config.json`. */
  public static of(options: ArchitectureOptions): Architecture {
    throwOnErrors('Architecture.of', findingsOf(options, '', SHAPE));
    throwOnErrors('Architecture.of', contradictions(options));
    return new Architecture(options);
  }

  /** @internal */
  public readonly _shape: ModelShape;

  private constructor(options: ArchitectureOptions) {
    brand(this, 'Architecture');
    const { numHiddenLayers, numAttentionHeads, hiddenSize, kvLoraRank, qkRopeHeadDim, slidingWindow } = options;
    const { numKeyValueHeads = numAttentionHeads, headDim = hiddenSize / numAttentionHeads, parameters } = options;
    const { slidingWindowLayers = 0 } = options;
    const isLatent = kvLoraRank !== undefined && qkRopeHeadDim !== undefined;
    const layersOf = (layers: number, reach?: Reach): LayerGroup =>
      isLatent
        ? { kind: 'latent', layers, dim: kvLoraRank + qkRopeHeadDim }
        : { kind: 'heads', layers, kvHeads: numKeyValueHeads, headDim, ...(reach && { reach }) };
    const reach: Reach = { kind: 'window', tokens: slidingWindow ?? 0 };
    this._shape = {
      hiddenSize,
      attentionHeads: numAttentionHeads,
      kvHeads: isLatent ? undefined : numKeyValueHeads,
      groups: [layersOf(numHiddenLayers - slidingWindowLayers), layersOf(slidingWindowLayers, reach)].filter(
        ({ layers }) => layers > 0,
      ),
      maxLength: options.maxPositionEmbeddings,
      parameters,
      weightsGib: halfPrecisionGib(parameters),
      vocabulary: options.vocabSize,
      experts: options.mixtureOfExperts
        ? { count: 8, active: 2, weightsGib: 0.95 * halfPrecisionGib(parameters) }
        : undefined,
      isBfloat16: false,
    };
  }
}
