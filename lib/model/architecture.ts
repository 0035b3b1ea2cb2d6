import { error, throwOnErrors } from '../preflight/finding';
import type { Finding } from '../preflight/finding';
import { brand } from '../shapes/brand';
import { findingsOf, flag, instance, integer, listOf, size, text } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import { layersOf } from './layer-group';
import type { LayerGroup, Reach } from './layer-group';
import type { ConfigOptions } from './config/config-options';
import { shapeOfConfig } from './config/shape-of-config';
import { knownShape } from './known-models';
import type { Layers } from './layers';
import type { ExpertsOptions } from './layers-options';
import type { Experts, ModelShape } from './model-shape';
import { halfPrecisionGib } from './model-shape';
import { nearestId } from './similar-ids';

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
   * Groups of layers, for a model whose layers differ in more than a sliding window. Their counts add up to
   * `numHiddenLayers`. Replaces `slidingWindow`, `kvLoraRank` and what belongs to them.
   *
   * @default - all layers have full attention, apart from those with a sliding window
   */
  readonly layers?: Layers[];

  /**
   * Experts of a mixture. Data and expert parallelism divide them between all GPUs.
   *
   * @default - a dense model
   */
  readonly experts?: ExpertsOptions;

  /**
   * True for a mixture of experts of which no more is known: nine tenths and a half of the weights count as experts. Use
   * `experts` instead.
   *
   * @default - true with `experts`
   */
  readonly mixtureOfExperts?: boolean;

  /**
   * Parameters of encoders for images and audio, which are part of `parameters`.
   *
   * @default 0
   */
  readonly encoderParameters?: number;
}

const COUNT = integer(1);
const EXPERTS = structOf<ExpertsOptions>({ count: COUNT, active: COUNT, intermediateSize: COUNT }, { layers: COUNT });
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
    layers: listOf(instance<Layers>('Layers', 'Layers: Layers.full({ ... })'), 1),
    experts: EXPERTS,
    mixtureOfExperts: flag,
    encoderParameters: integer(0),
  },
);

const CONFIG_FILE = structOf<{ file: string }>({ file: text }, {});
const CONFIG = structOf<ConfigOptions>({}, { parameters: integer(1_000_000), weightsSize: size('Size.gibibytes(15)') });

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
  return [...findings, ...wrongLayers(options), ...wrongExperts(options)];
}

/** Options that describe layers, which groups of layers replace. */
const OF_LAYERS = ['slidingWindow', 'slidingWindowLayers', 'kvLoraRank', 'qkRopeHeadDim'] as const;

function wrongLayers(options: ArchitectureOptions): Finding[] {
  const { layers, numHiddenLayers } = options;
  if (layers === undefined) return [];
  const total = layersOf(layers.map(({ _group }) => _group));
  const twice = OF_LAYERS.find((name) => options[name] !== undefined);
  if (twice !== undefined) return [error('wrong-value', twice, 'is set together with layers', 'remove one of them')];
  if (total === numHiddenLayers) return [];
  const problem = `have ${total} layers together, but the model has ${numHiddenLayers}`;
  return [error('wrong-value', 'layers', problem, 'add Layers.uncached for layers that cache nothing')];
}

function wrongExperts({ experts, hiddenSize, numHiddenLayers, parameters }: ArchitectureOptions): Finding[] {
  if (experts === undefined) return [];
  if (experts.active > experts.count) {
    return [error('wrong-value', 'experts.active', `is ${experts.active} of ${experts.count}`, 'use at most count')];
  }
  const all = expertParameters(experts, hiddenSize, numHiddenLayers);
  if (all <= parameters) return [];
  const problem = `have ${all} parameters together, but the model has ${parameters}`;
  return [error('wrong-value', 'experts', problem, 'give intermediateSize and layers of config.json')];
}

/** Parameters of all experts: three matrices each. */
const expertParameters = ({ count, intermediateSize, layers }: ExpertsOptions, hidden: number, all: number): number =>
  count * (layers ?? all) * 3 * hidden * intermediateSize;

/** Share of the weights in experts that are not described: Qwen3-30B has 95 %. */
const EXPERT_SHARE = 0.95;

function expertsOf(options: ArchitectureOptions): Experts | undefined {
  const { experts, mixtureOfExperts, hiddenSize, numHiddenLayers, parameters } = options;
  if (experts !== undefined) {
    const weightsGib = halfPrecisionGib(expertParameters(experts, hiddenSize, numHiddenLayers));
    return { count: experts.count, active: experts.active, weightsGib };
  }
  return mixtureOfExperts
    ? { count: 0, active: 0, weightsGib: EXPERT_SHARE * halfPrecisionGib(parameters) }
    : undefined;
}

const LIKE = structOf<{ modelId: string }>({ modelId: text }, {});

/**
 * The shape of a model that the library does not know. Tensor parallelism, context length and GPU memory are checked
 * against it.
 */
export class Architecture {
  /** A shape, with the numbers of the model's `config.json`. */
  public static of(options: ArchitectureOptions): Architecture {
    throwOnErrors('Architecture.of', findingsOf(options, '', SHAPE));
    throwOnErrors('Architecture.of', contradictions(options));
    return new Architecture(shapeOf(options));
  }

  /**
   * The shape that a `config.json` describes, in a file of the repository. It is read at synth. Parameters and the size of
   * the weights are computed from it, with the number format of `quantization_config`.
   *
   * @param file path of the file, relative to the working directory
   * @param options what the file does not have
   * @throws if the file is missing, is not JSON, has no class that the library can read, or a key is missing
   */
  public static fromConfig(file: string, options: ConfigOptions = {}): Architecture {
    const findings = [...findingsOf({ file }, '', CONFIG_FILE), ...findingsOf(options, '', CONFIG)];
    throwOnErrors('Architecture.fromConfig', findings);
    return new Architecture(shapeOfConfig(file, options));
  }

  /**
   * The shape of a known model, for a fine-tuned or renamed copy of it. The copy has the same number format: for another
   * one, set `weightsSize` in `Model.of` too.
   *
   * @param modelId id of the known model, for example `meta-llama/Llama-3.1-8B-Instruct`
   * @throws if the library does not know the shape of that model
   */
  public static like(modelId: string): Architecture {
    throwOnErrors('Architecture.like', findingsOf({ modelId }, '', LIKE));
    const shape = knownShape(modelId);
    if (shape !== undefined) return new Architecture(shape);
    const near = nearestId(modelId);
    const hint = near === undefined ? '' : ` (did you mean "${near}"?)`;
    const problem = `is ${modelId}, whose shape the library does not know${hint}`;
    const fix = 'give a model of docs/models.md, or use Architecture.fromConfig';
    throwOnErrors('Architecture.like', [error('wrong-value', 'modelId', problem, fix)]);
    throw new Error(problem);
  }

  /** @internal */
  public readonly _shape: ModelShape;

  private constructor(shape: ModelShape) {
    brand(this, 'Architecture');
    this._shape = shape;
  }
}

function groupsOf(options: ArchitectureOptions): LayerGroup[] {
  const { numHiddenLayers, numAttentionHeads, hiddenSize, kvLoraRank, qkRopeHeadDim, slidingWindow = 0 } = options;
  const { numKeyValueHeads = numAttentionHeads, headDim = hiddenSize / numAttentionHeads } = options;
  if (options.layers !== undefined) return options.layers.map(({ _group }) => _group);
  const { slidingWindowLayers = 0 } = options;
  const group = (layers: number, reach?: Reach): LayerGroup =>
    kvLoraRank !== undefined && qkRopeHeadDim !== undefined
      ? { kind: 'latent', layers, dim: kvLoraRank + qkRopeHeadDim }
      : { kind: 'heads', layers, kvHeads: numKeyValueHeads, headDim, ...(reach && { reach }) };
  const sliding = group(slidingWindowLayers, { kind: 'window', tokens: slidingWindow });
  return [group(numHiddenLayers - slidingWindowLayers), sliding].filter(({ layers }) => layers > 0);
}

function shapeOf(options: ArchitectureOptions): ModelShape {
  const { numAttentionHeads, numKeyValueHeads = numAttentionHeads, parameters, encoderParameters } = options;
  const groups = groupsOf(options);
  return {
    hiddenSize: options.hiddenSize,
    attentionHeads: numAttentionHeads,
    kvHeads: groups.some(({ kind }) => kind === 'latent') ? undefined : numKeyValueHeads,
    groups,
    maxLength: options.maxPositionEmbeddings,
    parameters,
    weightsGib: halfPrecisionGib(parameters),
    vocabulary: options.vocabSize,
    experts: expertsOf(options),
    encoderGib: encoderParameters === undefined ? undefined : halfPrecisionGib(encoderParameters),
    isBfloat16: false,
  };
}
