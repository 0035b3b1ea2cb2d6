import { error, throwOnErrors } from '../preflight/finding';
import type { Finding } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { findingsOf, instance, integer, listOf, size, text } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import { layersOf } from './layer-group';
import type { LayerGroup } from './layer-group';
import type { ArchitectureConfigOptions } from './config/config-options';
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
   * `vocab_size`: tokens that the model knows. The memory for choosing the next tokens depends on it.
   *
   * @default - 152,064, that of Qwen; Gemma has more
   */
  readonly vocabSize?: number;

  /**
   * Groups of layers, for a model that has others than full attention with the same heads everywhere: sliding windows,
   * multi-head latent attention, linear attention, states. Their counts add up to `numHiddenLayers`. With them,
   * `numKeyValueHeads` and `headDim` are not needed.
   *
   * @default - full attention in all layers, with `numKeyValueHeads` and `headDim`
   */
  readonly layers?: Layers[];

  /**
   * Experts of a mixture. Data and expert parallelism divide them between all GPUs.
   *
   * @default - a dense model
   */
  readonly experts?: ExpertsOptions;

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
    vocabSize: COUNT,
    layers: listOf(instance<Layers>('Layers', 'Layers: Layers.full({ ... })'), 1),
    experts: EXPERTS,
    encoderParameters: integer(0),
  },
);

const CONFIG_FILE = structOf<{ file: string }>({ file: text }, {});
const CONFIG = structOf<ArchitectureConfigOptions>(
  {},
  { parameters: integer(1_000_000), weightsSize: size('Size.gibibytes(15)') },
);

function contradictions(options: ArchitectureOptions): Finding[] {
  return [...(options.layers === undefined ? wrongHeads(options) : wrongLayers(options)), ...wrongExperts(options)];
}

function wrongHeads(options: ArchitectureOptions): Finding[] {
  const { hiddenSize, numAttentionHeads, numKeyValueHeads = numAttentionHeads } = options;
  const findings: Finding[] = [];
  if (options.headDim === undefined && hiddenSize % numAttentionHeads !== 0) {
    const problem = `cannot be derived: ${hiddenSize} is not a multiple of ${numAttentionHeads} heads`;
    findings.push(error('missing-property', 'headDim', problem, 'set it to head_dim of config.json'));
  }
  if (numAttentionHeads % numKeyValueHeads !== 0) {
    const problem = `is ${numKeyValueHeads}, which does not divide the ${numAttentionHeads} attention heads`;
    findings.push(error('wrong-value', 'numKeyValueHeads', problem, 'set it to num_key_value_heads of config.json'));
  }
  return findings;
}

/** What describes the heads of all layers. */
const HEADS = ['numKeyValueHeads', 'headDim'] as const;

function wrongLayers(options: ArchitectureOptions): Finding[] {
  const { layers = [], numHiddenLayers } = options;
  const twice = HEADS.filter((name) => options[name] !== undefined);
  const total = layersOf(layers.map(({ _group }) => _group));
  const findings = twice.map((name) =>
    error('wrong-value', name, 'is set, but layers have heads of their own', 'remove it'),
  );
  if (total === numHiddenLayers) return findings;
  const problem = `have ${total} layers together, but the model has ${numHiddenLayers}`;
  return [...findings, error('wrong-value', 'layers', problem, 'add Layers.uncached for layers that cache nothing')];
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

function expertsOf({ experts, hiddenSize, numHiddenLayers }: ArchitectureOptions): Experts | undefined {
  if (experts === undefined) return undefined;
  const weightsGib = halfPrecisionGib(expertParameters(experts, hiddenSize, numHiddenLayers));
  return { count: experts.count, active: experts.active, weightsGib };
}

const LIKE = structOf<{ modelId: string }>({ modelId: text }, {});

/**
 * The shape of a model that the library does not know. Tensor parallelism, context length and GPU memory are checked
 * against it. For a fine-tuned copy of a known model use `like`, for another one `fromConfig`, and `of` without its file.
 */
export class Architecture {
  /**
   * A shape, with the numbers of the model's `config.json`. `Architecture.fromConfig` reads them from the file.
   *
   * @throws if a number is missing, wrong, or contradicts another one
   */
  public static of(options: ArchitectureOptions): Architecture {
    throwOnErrors('Architecture.of', findingsOf(options, '', SHAPE));
    throwOnErrors('Architecture.of', contradictions(options));
    return new Architecture(FACTORY, shapeOf(options));
  }

  /**
   * The shape that a `config.json` describes, in a file of the repository. It is read at synth. Parameters and the size of
   * the weights are computed from it, with the number format of `quantization_config`.
   *
   * @param file path of the file, relative to the working directory
   * @param options what the file does not have
   * @throws if the file is missing, is not JSON, has no class that the library can read, or a key is missing
   */
  public static fromConfig(file: string, options: ArchitectureConfigOptions = {}): Architecture {
    const findings = [...findingsOf({ file }, '', CONFIG_FILE), ...findingsOf(options, '', CONFIG)];
    throwOnErrors('Architecture.fromConfig', findings);
    return new Architecture(FACTORY, shapeOfConfig(file, options));
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
    if (shape !== undefined) return new Architecture(FACTORY, shape);
    const near = nearestId(modelId);
    const hint = near === undefined ? '' : ` (did you mean "${near}"?)`;
    const problem = `is ${modelId}, whose shape the library does not know${hint}`;
    const fix = 'give a model of docs/models.md, or use Architecture.fromConfig';
    throwOnErrors('Architecture.like', [error('wrong-value', 'modelId', problem, fix)]);
    throw new Error(problem);
  }

  /** @internal */
  public readonly _shape: ModelShape;

  private constructor(caller: typeof FACTORY, shape: ModelShape) {
    brandMade(this, 'Architecture', caller);
    this._shape = shape;
  }
}

function groupsOf(options: ArchitectureOptions): LayerGroup[] {
  const { layers, numHiddenLayers, numAttentionHeads, hiddenSize } = options;
  const { numKeyValueHeads = numAttentionHeads, headDim = hiddenSize / numAttentionHeads } = options;
  if (layers !== undefined) return layers.map(({ _group }) => _group);
  return [{ kind: 'heads', layers: numHiddenLayers, kvHeads: numKeyValueHeads, headDim }];
}

/** The most key/value heads of a group; undefined for a model without any. */
function keyValueHeads(groups: readonly LayerGroup[]): number | undefined {
  const heads = groups.flatMap((group) => (group.kind === 'heads' ? [group.kvHeads] : []));
  return heads.length === 0 ? undefined : Math.max(...heads);
}

function shapeOf(options: ArchitectureOptions): ModelShape {
  const { parameters, encoderParameters } = options;
  const groups = groupsOf(options);
  return {
    hiddenSize: options.hiddenSize,
    attentionHeads: options.numAttentionHeads,
    kvHeads: keyValueHeads(groups),
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
