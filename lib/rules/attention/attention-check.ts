import { hasQuirk } from '../../engine/catalogue/quirks';
import type { ModelShape } from '../../model/model-shape';
import type { ComputeFormat } from '../../model/number-formats';
import { BFLOAT16_CAPABILITY, FP4_CAPABILITY, FP8_CAPABILITY } from '../../model/number-formats';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { CrossCheck, CrossCheckContext } from '../cross-check';
import { gpuOf, written } from '../gpu-in-words';
import type { Asked, AskedOption } from './attention-options';
import { askedOptions } from './attention-options';
import { chosenBackend, problemOf } from './choose-backend';
import type { Layers } from './layers';
import { layersOfModel } from './layers';
import type { AttentionRequest } from './request';

const without = (asked: Asked, key: keyof Asked): Asked => ({ ...asked, [key]: undefined });
const only = (asked: Asked, key: keyof Asked): Asked => ({ [key]: asked[key] });

/** Layers with everything that options may ask of their backend. */
class Attention {
  private readonly compute: ComputeFormat | undefined;
  /** Whether layers with a sliding window keep the format of the model. */
  private readonly skipsWindows: boolean;
  /** False where it is not known whether images are read, or with which FlashAttention. */
  /** False where images are off, or options may change how they are read. */
  public readonly readsImages: boolean;
  /** GLM-5 has an FP8 cache on Blackwell. */
  private readonly cachesInFp8: boolean;

  public constructor(
    private readonly lists: readonly (readonly Layers[])[],
    private readonly capability: number,
    { architecture: shape, facts }: CrossCheckContext,
  ) {
    const hasBfloat16 = capability >= BFLOAT16_CAPABILITY;
    const fallback = shape?.refusesFloat16 ? 'float32' : 'float16';
    this.compute = shape?.isBfloat16 ? (hasBfloat16 ? 'bfloat16' : fallback) : undefined;
    this.cachesInFp8 = shape?.architecture === 'GlmMoeDsaForCausalLM';
    const others = [facts.limitMmPerPrompt, facts.hfOverrides, facts.attentionConfig];
    this.readsImages = facts.languageModelOnly.value !== true && !others.some(({ isSet }) => isSet);
    this.skipsWindows = facts.kvCacheDtypeSkipLayers.value?.includes('sliding_window') ?? false;
  }

  /** The format of the KV cache that is chosen where none is set (vllm/model_executor/models/config.py). */
  private automatic(capability: number): string {
    return this.cachesInFp8 && Math.floor(capability) === 10 ? 'fp8_e4m3' : 'auto';
  }

  private request(layers: Layers, { cache, ...asked }: Asked, capability: number): AttentionRequest {
    const skips = layers.hasWindow && this.skipsWindows;
    const nothing = { prefillContext: false, decodeContext: false, isInvariant: false, compute: this.compute };
    const hasImagePrefix = layers.hasImagePrefix && this.readsImages;
    return {
      ...nothing,
      ...layers,
      ...asked,
      hasImagePrefix,
      cache: (skips ? undefined : cache) ?? this.automatic(capability),
      capability,
    };
  }

  /** What the backend that is set does not support; undefined when it supports what is asked, or none is set. */
  public lackOf(asked: Asked): string | undefined {
    const { backend } = asked;
    if (backend === undefined) return undefined;
    const problems = this.lists.map((layers) =>
      layers.map((each) => problemOf(backend, this.request(each, asked, this.capability))).find(Boolean),
    );
    return problems.includes(undefined) ? undefined : problems[0];
  }

  /** Whether vLLM finds a backend for every layer. */
  public works(asked: Asked, capability = this.capability): boolean {
    if (asked.backend !== undefined) return this.lackOf(asked) === undefined;
    return this.lists.some((layers) =>
      layers.every((each) => chosenBackend(this.request(each, asked, capability)) !== undefined),
    );
  }

  /** The compute capability with which vLLM would find a backend by itself, in words. */
  public capabilityFor(asked: Asked): string | undefined {
    const automatic = without(asked, 'backend');
    const later = [BFLOAT16_CAPABILITY, FP8_CAPABILITY, 9].filter((each) => each > this.capability);
    const needed = later.find((each) => this.works(automatic, each));
    if (needed !== undefined) return written(needed);
    return this.works(automatic, FP4_CAPABILITY) ? `${FP4_CAPABILITY}.x` : undefined;
  }

  /** Names of the backends that vLLM chooses by itself. */
  public choice(asked: Asked): string {
    const layers = this.lists.find((each) => each.every((layer) => this.chosen(layer, asked) !== undefined)) ?? [];
    return [...new Set(layers.map((layer) => this.chosen(layer, asked)))].join(' and ');
  }

  private chosen(layer: Layers, asked: Asked) {
    return chosenBackend(this.request(layer, asked, this.capability));
  }
}

/** Options of which no backend takes one alone, or else the first one without which a backend is found. */
function culprits(attention: Attention, asked: Asked, options: readonly AskedOption[]): readonly AskedOption[] {
  const alone = options.filter(({ key }) => !attention.works(only(asked, key)));
  if (alone.length > 0) return alone;
  const first = options.find(({ key }) => attention.works(without(asked, key))) ?? options[0];
  return first === undefined ? [] : [first];
}

/** What to do about a format of the KV cache. */
function cacheFix(attention: Attention, asked: Asked): string {
  const isFp8Read = attention.works({ ...asked, cache: 'fp8' });
  const needed = attention.capabilityFor(asked);
  return `remove it${isFp8Read ? ', or set "fp8" instead' : ''}${needed ? `; it needs compute capability ${needed}` : ''}`;
}

/** A finding about one option. */
function about({ key, subject, value }: AskedOption, attention: Attention, asked: Asked, where: string): Finding {
  const rest = without(asked, key);
  const refuses = `${where}: vLLM refuses to start`;
  const none = (does: string): string => `is ${value}, ${does} ${refuses}`;
  switch (key) {
    case 'backend': {
      const choice = attention.choice(rest);
      const problem = `is ${value}, which does not support ${attention.lackOf(asked)} ${refuses}`;
      const fix = choice === '' ? 'remove it' : `remove it: vLLM then uses ${choice}`;
      return error('attention-backend-unsupported', subject, problem, fix);
    }
    case 'cache': {
      const problem = none('which no attention kernel of vLLM reads');
      return error('kv-cache-dtype-unsupported', subject, problem, cacheFix(attention, asked));
    }
    case 'blockSize': {
      const size = [16, 32, 64, 128].find((each) => attention.works({ ...rest, blockSize: each }));
      const problem = none('a number of tokens for which vLLM has no attention kernel');
      return error('block-size-unsupported', subject, problem, size ? `use a multiple of ${size}` : 'remove it');
    }
    case 'prefillContext': {
      const problem = none('but no attention kernel of vLLM divides prompts');
      return error('prefill-context-unsupported', subject, problem, 'remove it, and use engine.tensorParallelSize');
    }
    case 'decodeContext': {
      const problem = none('but no attention kernel of vLLM divides the KV cache of a request');
      return error('decode-context-unsupported', subject, problem, 'remove it');
    }
    case 'compute': {
      const problem = none('in which no attention kernel of vLLM computes');
      return error('dtype-unsupported', subject, problem, 'remove it');
    }
    case 'isInvariant': {
      const problem = none('but no attention kernel of vLLM is independent of the batch');
      return error('batch-invariance-unsupported', subject, problem, 'remove it');
    }
  }
}

const known = new WeakMap<ModelShape, Map<string, boolean>>();

/** Whether a model runs without options: the question of most stacks, which are alike. */
function worksAlone(shape: ModelShape, capability: number, attention: Attention): boolean {
  const answers = known.get(shape) ?? new Map<string, boolean>();
  known.set(shape, answers);
  const question = `${capability} ${attention.readsImages}`;
  const answer = answers.get(question) ?? attention.works({});
  answers.set(question, answer);
  return answer;
}

/** No kernel reads one latent vector in plain FP4 (validate_nvfp4_kv_cache_with_mla, vllm/config/vllm.py). */
function latentInFp4({ architecture: shape, facts: { kvCacheDtype }, modelId }: CrossCheckContext): Finding[] {
  const isLatent = shape?.groups.some(({ kind }) => kind === 'latent') === true;
  if (kvCacheDtype.value !== 'nvfp4' || !isLatent) return [];
  const problem = `is nvfp4, which has no format for the latent vectors of ${modelId}: vLLM refuses to start`;
  return [error('kv-cache-dtype-unsupported', kvCacheDtype.origin, problem, 'remove it, or set "fp8" instead')];
}

/** vLLM must have an attention backend for each kind of layer (vllm/platforms/cuda.py, get_attn_backend_cls). */
export const attentionBackend: CrossCheck = (context) => {
  const { architecture, modelId, release, versionIsChecked } = context;
  const gpu = gpuOf(context);
  if (gpu === undefined || !versionIsChecked || !hasQuirk(release, 'attention-table')) return [];
  const lists = layersOfModel(architecture);
  const set = askedOptions(context);
  if (set === undefined) return [];
  if (lists === undefined) return latentInFp4(context);
  const attention = new Attention(lists, gpu.capability, context);
  const { asked, options } = set;
  if (architecture !== undefined && options.length === 0 && worksAlone(architecture, gpu.capability, attention))
    return [];
  if (attention.works(asked)) return [];
  if (!attention.works({})) {
    const problem = `is ${gpu.words}, for which vLLM has no attention kernel that runs ${modelId}`;
    return [error('attention-unsupported', 'accelerator', problem, 'use a GPU of a later generation')];
  }
  const where = architecture === undefined ? `on ${gpu.words}` : `for ${modelId} on ${gpu.words}`;
  return culprits(attention, asked, options).map((option) => about(option, attention, asked, where));
};
