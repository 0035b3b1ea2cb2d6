import { holds } from '../engine/catalogue/span';
import { idFindings } from '../model/model-id';
import type { Finding } from '../preflight/finding';
import { distance } from '../preflight/nearest';
import { error } from '../preflight/finding';
import type { CrossCheck, CrossCheckContext } from './cross-check';
import type { Drafts } from './drafts';
import { withoutDrafts } from './draft-models';
import { draftsOf, OF_TARGET } from './drafts';
import { numberOf } from './setting';
import { WITHOUT_MTP } from './without-mtp';

/** Methods whose drafts come from a model of their own (vllm/config/speculative.py, __post_init__). */
const NEEDS_MODEL: readonly string[] = [
  'draft_model',
  'eagle',
  'eagle3',
  'medusa',
  'mlp_speculator',
  'dflash',
  'custom_class',
];

/** Methods for which no `config.json` has a number of drafts. */
const WITHOUT_DRAFT_CONFIG: readonly string[] = [
  ...['ngram', 'ngram_gpu', 'extract_hidden_states', 'custom_class'],
  ...['eagle', 'eagle3', 'medusa', 'draft_model'],
];

/** Classes that have none in any release until this one, but may get one. */
const WITHOUT_MTP_SO_FAR: ReadonlySet<string> = new Set([
  'BertModel',
  'Cohere2MoeForCausalLM',
  'DeciLMForCausalLM',
  'DeepseekV2ForCausalLM',
  'Ernie4_5ForCausalLM',
  // Its drafts come from a model of their own.
  'Gemma4ForConditionalGeneration',
  'Gemma4UnifiedForConditionalGeneration',
  'Glm4ForCausalLM',
  'Glm4vForConditionalGeneration',
  'Glm4vMoeForConditionalGeneration',
  'GlmForCausalLM',
  'InternVLChatModel',
  'KimiK25ForConditionalGeneration',
  'KimiLinearForCausalLM',
  'Lfm2ForCausalLM',
  'Lfm2MoeForCausalLM',
  'LlamaForSequenceClassification',
  'MiniMaxM2ForCausalLM',
  'Mistral3ForConditionalGeneration',
  'SolarOpenForCausalLM',
  'WhisperForConditionalGeneration',
  'XLMRobertaForSequenceClassification',
  'XLMRobertaModel',
]);
const SO_FAR = '..0.33';

/** Checkpoints without such layers, whose class has them in others. */
const WITHOUT_LAYERS: Readonly<Record<string, RegExp>> = {
  DeepseekV3ForCausalLM: /Kimi-K2/i,
  NemotronHForCausalLM: /Nemotron-(H|Nano|3-Nano)-/,
};

/** Whether vLLM has no class for the drafts of a model. */
function hasNoMtp(name: string, { release, modelId }: CrossCheckContext): boolean {
  if (WITHOUT_MTP.has(name)) return true;
  return holds(SO_FAR, release) && (WITHOUT_MTP_SO_FAR.has(name) || WITHOUT_LAYERS[name]?.test(modelId) === true);
}

type Check = (drafts: Drafts, context: CrossCheckContext) => Finding[];

/** Keys that name where the drafts come from. */
const SOURCES = ['method', 'model'];

/** A draft model, a method, or both. */
const source: Check = ({ origin, method, model, keys }) => {
  if (method === undefined && model === undefined) {
    // A misspelt key is a finding of the argument check.
    const isSlip = (key: string) => SOURCES.some((each) => key !== each && distance(key, each) <= 2);
    if (Object.keys(keys).some(isSlip)) return [];
    return [error('speculation-without-method', origin, 'has neither model nor method', 'set one of them')];
  }
  if (model !== undefined || !NEEDS_MODEL.includes(method ?? '')) return [];
  const problem = `has the method ${method}, whose drafts come from a model, and no model`;
  return [error('speculation-without-model', origin, problem, 'set model to the id of the draft model')];
};

/** The number of drafts, which only the `config.json` of a draft model may have instead. */
const count: Check = ({ origin, method = '', methodIsKnown, model, tokens, keys }, { facts }) => {
  const isSet = tokens !== undefined || keys['num_speculative_tokens'] !== undefined;
  const perBatch = keys['num_speculative_tokens_per_batch_size'];
  if (isSet || (Array.isArray(perBatch) && perBatch.length > 0)) return [];
  const isKnown =
    methodIsKnown && WITHOUT_DRAFT_CONFIG.includes(method) && (model !== undefined || !NEEDS_MODEL.includes(method));
  if (!isKnown && !(OF_TARGET.includes(method) && model === undefined)) return [];
  const problem = `has the method ${method} without a number of drafts`;
  const fix = facts.speculativeConfig.isSet ? 'set num_speculative_tokens, for example to 3' : 'add --spec-tokens=3';
  return [error('speculation-without-tokens', origin, problem, fix)];
};

/** `--spec-*` is a short form of keys of the JSON option; vLLM refuses both. */
const twice: Check = ({ keys }, { facts: { specMethod, specModel, specTokens, speculativeConfig } }) =>
  (
    [
      [specMethod, 'method'],
      [specModel, 'model'],
      [specTokens, 'num_speculative_tokens'],
    ] as const
  )
    .filter(([fact, key]) => fact.isSet && key in keys)
    .map(([fact, key]) => {
      const problem = `sets ${key}, which ${speculativeConfig.origin} sets too: vLLM refuses both`;
      return error('speculation-set-twice', fact.origin, problem, 'remove one of the two');
    });

/** How many tokens an n-gram has at least and at most. */
const window: Check = ({ origin, method = '', keys }) => {
  if (!['ngram', 'ngram_gpu'].includes(method)) return [];
  const minimum = numberOf(keys['prompt_lookup_min']);
  const maximum = numberOf(keys['prompt_lookup_max']);
  if (minimum === undefined || maximum === undefined || minimum <= maximum) return [];
  const problem = `has prompt_lookup_min ${minimum}, more than prompt_lookup_max ${maximum}`;
  return [error('ngram-window', origin, problem, `set prompt_lookup_min to at most ${maximum}`)];
};

/** The draft model runs on one GPU, or on as many as the model. */
const draftParallelism: Check = ({ origin, keys, hasWeights }, { facts: { parallelism } }) => {
  const { tensor } = parallelism;
  if (keys['tensor_parallel_size'] !== undefined && keys['tensor_parallel_size'] !== null) {
    const problem = 'has tensor_parallel_size, which vLLM refuses in speculation';
    return [error('draft-parallelism', origin, problem, 'set draft_tensor_parallel_size instead')];
  }
  const size = numberOf(keys['draft_tensor_parallel_size']);
  if (!hasWeights || size === undefined || size < 1 || size === 1 || size === tensor) return [];
  const all = tensor === 1 ? 'like the model' : `or on all ${tensor} of tensor parallelism`;
  const problem = `has draft_tensor_parallel_size ${size}, but a draft model runs on 1 GPU ${all}`;
  const fix = tensor === 1 ? 'set it to 1, or remove it' : `set it to 1 or ${tensor}, or remove it`;
  return [error('draft-parallelism', origin, problem, fix)];
};

/** Multi-token prediction needs its layers in the checkpoint. */
const multiTokenPrediction: Check = ({ origin, method, model, tokens }, context) => {
  const { architecture, modelId, facts } = context;
  const isOwn = method === 'mtp' && (model === undefined || model === modelId);
  if (!isOwn || tokens === undefined || facts.hfOverrides.isSet) return [];
  if (!hasNoMtp(architecture?.architecture ?? '', context)) return [];
  const problem = `has multi-token prediction, and the checkpoint of ${modelId} has no layers for it`;
  const fix = 'use a method with a draft model, such as eagle3, or the method ngram';
  return [error('no-multi-token-prediction', origin, problem, fix)];
};

/** The context of the drafts cannot exceed that of the model. */
const draftContext: Check = ({ origin, keys, hasWeights }, { facts, architecture }) => {
  const length = numberOf(keys['max_model_len']);
  const set = facts.maxModelLen.value;
  const isOverridden = facts.hfOverrides.isSet || facts.ropeScaling.isSet;
  const own = set !== undefined && set > 0 ? set : isOverridden ? undefined : architecture?.maxLength;
  if (!hasWeights || length === undefined || own === undefined || length <= own) return [];
  const problem = `has max_model_len ${length}, more than the context of ${own} tokens`;
  return [error('draft-context-too-long', origin, problem, `set it to at most ${own}, or remove it`)];
};

/** A draft model is found as the model itself is: by an id or a path. */
const draftId: Check = ({ origin, keys, model, hasWeights }) =>
  hasWeights ? idFindings(keys['model'] === undefined ? origin : `${origin}.model`, model) : [];

const CHECKS: readonly Check[] = [
  source,
  draftId,
  count,
  twice,
  window,
  draftParallelism,
  multiTokenPrediction,
  withoutDrafts,
  draftContext,
];

/** What is set about speculative decoding, and how the parts fit together. */
export const speculation: CrossCheck = (context) => {
  const drafts = draftsOf(context.facts);
  return drafts === undefined ? [] : CHECKS.flatMap((check) => check(drafts, context));
};
