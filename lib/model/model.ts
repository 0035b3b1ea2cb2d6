import type { Size } from 'cdk8s';
import type { Finding } from '../preflight/finding';
import { error, throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { findingsOf, flag, instance, listOf, matching, oneOf, size, text } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { SecretKey } from '../secrets/secret-key';
import { SECRET_KEY } from '../secrets/secret-key';
import type { Architecture } from './architecture';
import { idFindings } from './model-id';
import { ModelTask } from './model-task';
import { recipesNear, servingOf } from './serving';

/**
 * Options of a model.
 */
export interface ModelOptions {
  /**
   * Branch, tag or commit of the model repository. Pin a commit for reproducible rollouts.
   *
   * @default - the repository's default branch, so two pods may serve different weights
   */
  readonly revision?: string;

  /**
   * Names by which clients request the model; the first one is the `model_name` label of every metric.
   *
   * @default - the model id
   */
  readonly servedNames?: string[];

  /**
   * Hugging Face access token, for gated models such as Llama.
   *
   * @default - no token; a gated model then answers 401 while it loads
   */
  readonly accessToken?: SecretKey;

  /**
   * What the model does. Routes to the stack have the paths of this task.
   *
   * @default - from `--runner` and `--convert`, else from the table of known models, else `ModelTask.GENERATE`
   */
  readonly task?: ModelTask;

  /**
   * Number format of weights and activations: `auto`, `half`, `float16`, `bfloat16`, `float` or `float32`.
   *
   * @default - vLLM's `auto`: bf16 stays bf16, fp16 and fp32 become fp16
   */
  readonly dtype?: string;

  /**
   * Quantization method, for example `fp8` or `awq_marlin`. vLLM plugins may add names.
   *
   * @default - that of the checkpoint
   */
  readonly quantization?: string;

  /**
   * Path of a chat template inside the container, or the template itself.
   *
   * @default - the template of the tokenizer
   */
  readonly chatTemplate?: string;

  /**
   * Id or path of another tokenizer.
   *
   * @default - the model's own
   */
  readonly tokenizer?: string;

  /**
   * Run Python code from the model repository. Pin `revision` with it.
   *
   * @default false
   */
  readonly trustRemoteCode?: boolean;

  /**
   * Size of the weights as vLLM loads them, for models that the library does not know. The startup budget, the
   * memory request, the size of the download volume and the check of GPU memory depend on it.
   *
   * @default - from the table of known models, else from `architecture`; for other models, what fits on the accelerator
   */
  readonly weightsSize?: Size;

  /**
   * Shape of a model that the library does not know: with it, tensor parallelism, the context length and GPU memory are
   * checked.
   *
   * @default - from the table of known models; without a shape, the KV cache is not checked
   */
  readonly architecture?: Architecture;
}

const DTYPES = ['auto', 'half', 'float16', 'bfloat16', 'float', 'float32'];

const ID = structOf<{ id: string }>(
  { id: matching(/^[^-]/, 'a model id such as "meta-llama/Llama-3.1-8B-Instruct", or a path') },
  {},
);
const WORD = matching(/^\S+$/, 'a word without blanks');
const OPTIONS = structOf<ModelOptions>(
  {},
  {
    revision: WORD,
    servedNames: listOf(matching(/^[^\s-]\S*$/, 'a name without spaces that does not begin with "-"'), 1),
    accessToken: SECRET_KEY,
    task: oneOf(...Object.values(ModelTask)),
    dtype: oneOf(...DTYPES),
    quantization: WORD,
    chatTemplate: text,
    tokenizer: text,
    trustRemoteCode: flag,
    weightsSize: size('Size.gibibytes(15)'),
    architecture: instance<Architecture>('Architecture', 'an Architecture: Architecture.of({ ... })'),
  },
);

function modelFindings(id: string, options: ModelOptions): Finding[] {
  const findings = [...findingsOf({ id }, '', ID), ...findingsOf(options, '', OPTIONS)];
  // What has the wrong type is not read further.
  return findings.length > 0 ? findings : [...idFindings('id', id), ...idFindings('tokenizer', options.tokenizer)];
}

function recipeFindings(id: string): Finding[] {
  if (servingOf(id) !== undefined) return [];
  const near = recipesNear(id);
  const fix = near.length === 0 ? '' : `; or use ${near.map((each) => `"${each}"`).join(', ')}`;
  const problem = `is "${id}", for which no recipe is known`;
  return [
    error('model-without-recipe', 'id', problem, `use Model.of, and set the options of the engine yourself${fix}`),
  ];
}

/**
 * The model that a stack serves.
 */
export class Model {
  /**
   * A model by its Hugging Face id, or by its path when the weights come from a volume.
   *
   * @param id for example `meta-llama/Llama-3.1-8B-Instruct`
   */
  public static of(id: string, options: ModelOptions = {}): Model {
    throwOnErrors('Model.of', modelFindings(id, options));
    return new Model(FACTORY, id, options);
  }

  /**
   * A model by its Hugging Face id, with what its public recipe sets: parsers of tool calls and reasoning, modes, formats,
   * and other options of the engine that the model needs. An option that you set yourself wins, in `engine`, `extraArgs` or
   * here. `decisions` of the stack lists what was added.
   *
   * A recipe may trust remote code: pin `revision`, or set `trustRemoteCode` to false if vLLM knows the model without it.
   *
   * @param id the id of a checkpoint with a recipe: `Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8`. Other ids are refused
   */
  public static recommended(id: string, options: ModelOptions = {}): Model {
    throwOnErrors('Model.recommended', modelFindings(id, options));
    throwOnErrors('Model.recommended', recipeFindings(id));
    return new Model(FACTORY, id, options, true);
  }

  private constructor(
    caller: typeof FACTORY,
    /** Hugging Face id or path. */
    public readonly id: string,
    /** All other options of the model. */
    public readonly options: ModelOptions,
    /** @internal Whether its recipe sets options of the engine. */
    public readonly _recommended: boolean = false,
  ) {
    brandMade(this, 'Model', caller);
  }
}
