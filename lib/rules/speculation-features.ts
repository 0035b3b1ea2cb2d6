import type { Span } from '../engine/catalogue/rows';
import { holds } from '../engine/catalogue/span';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { CrossCheck, CrossCheckContext } from './cross-check';
import type { Drafts } from './drafts';
import { draftsOf } from './drafts';
import { isGiven, isOn, numberOf } from './setting';

/** Methods that run before a step and so hold up asynchronous scheduling (vllm/config/vllm.py, __post_init__). */
const BLOCKING: readonly string[] = ['ngram', 'suffix', 'medusa', 'mlp_speculator', 'custom_class'];

/** Methods that draft token by token with a model (_check_supports_watermarking of vllm/config/vllm.py). */
const WATERMARKED: readonly string[] = ['dspark', 'eagle', 'eagle3', 'mtp'];

/** Methods that read hidden states of the served model (vllm/config/speculative.py, use_eagle). */
const OF_HIDDEN_STATES: readonly string[] = ['eagle', 'eagle3', 'mtp', 'dflash', 'dspark'];

/** A key or feature that not every method has. */
interface Limit {
  readonly in: Span;
  /** The key or feature, with its value. */
  readonly what: string;
  readonly isUsed: (drafts: Drafts, context: CrossCheckContext) => boolean;
  /** Whether a method has it. */
  readonly allows: (method: string) => boolean;
  readonly methods: string;
}

const LIMITS: readonly Limit[] = [
  {
    in: '0.29..',
    what: 'index_share_for_mtp_iteration',
    isUsed: ({ keys }) => isGiven(keys['index_share_for_mtp_iteration']),
    allows: (method) => method === 'mtp',
    methods: 'mtp',
  },
  {
    in: '0.25..',
    what: 'use_heterogeneous_vocab',
    isUsed: ({ keys }) => isOn(keys['use_heterogeneous_vocab']),
    allows: (method) => method === 'draft_model',
    methods: 'draft_model',
  },
  {
    in: '0.28..',
    what: 'dspark_draft_topk',
    isUsed: ({ keys, hasWeights }) => hasWeights && isGiven(keys['dspark_draft_topk']),
    allows: (method) => method === 'dspark',
    methods: 'dspark',
  },
  {
    in: '..',
    what: 'asynchronous scheduling (engine.asyncScheduling)',
    isUsed: (_, { facts }) => facts.asyncScheduling.value === true,
    allows: (method) => !BLOCKING.includes(method),
    methods: 'eagle, eagle3, mtp, draft_model, ngram_gpu, dspark or dflash',
  },
  {
    in: '0.30..',
    what: 'watermarks (--watermark-config)',
    isUsed: (_, { facts }) => facts.watermarkConfig.isSet,
    allows: (method) => WATERMARKED.includes(method),
    methods: WATERMARKED.join(', '),
  },
  {
    in: '0.25..',
    what: 'fast prefill (--kv-sharing-fast-prefill)',
    isUsed: (_, { facts }) => facts.kvSharingFastPrefill.value === true,
    allows: (method) => !OF_HIDDEN_STATES.includes(method),
    methods: 'ngram, suffix or draft_model',
  },
];

/** Keys and features that only some methods have. */
function limits(drafts: Drafts, context: CrossCheckContext): Finding[] {
  const { method, methodIsKnown, origin } = drafts;
  // A draft model of which only its config.json knows the method is not checked.
  if (method === undefined || !methodIsKnown) return [];
  return LIMITS.filter(
    (limit) => holds(limit.in, context.release) && !limit.allows(method) && limit.isUsed(drafts, context),
  ).map(({ what, methods }) => {
    const problem = `has the method ${method}, which vLLM refuses together with ${what}`;
    return error('not-with-this-method', origin, problem, `remove one of the two, or use the method ${methods}`);
  });
}

/** Rates of made-up acceptance, for benchmarks. */
function syntheticRates({ origin, keys, tokens }: Drafts, { release }: CrossCheckContext): Finding[] {
  if (!holds('0.20..', release)) return [];
  const { synthetic_acceptance_rates: rates, synthetic_acceptance_length: length } = keys;
  const wrong = (problem: string, fix: string) => [error('synthetic-acceptance', origin, problem, fix)];
  if (keys['rejection_sample_method'] !== 'synthetic') {
    if (!isGiven(rates) && !isGiven(length)) return [];
    const problem = 'has synthetic acceptance without rejection_sample_method "synthetic"';
    return wrong(problem, 'remove synthetic_acceptance_rates and synthetic_acceptance_length: they are for benchmarks');
  }
  if (isGiven(rates) === isGiven(length)) {
    const number = isGiven(rates) ? 'both of' : 'neither of';
    const problem = `has rejection_sample_method "synthetic" with ${number} synthetic_acceptance_rates and synthetic_acceptance_length`;
    return wrong(problem, 'set exactly one of them');
  }
  const maximum = (tokens ?? Infinity) + 1;
  const mean = numberOf(length);
  if (mean !== undefined && (mean < 1 || mean > maximum)) {
    return wrong(`has synthetic_acceptance_length ${mean}`, `set it from 1 to ${maximum}`);
  }
  if (!Array.isArray(rates)) return [];
  const numbers = rates.map(numberOf).filter((rate) => rate !== undefined);
  if (numbers.length < rates.length) return []; // The check of values has a finding for it.
  const isFalling = numbers.every((rate, index) => rate <= (numbers[index - 1] ?? Infinity));
  const isFraction = numbers.every((rate) => rate >= 0 && rate <= 1);
  if (isFalling && isFraction && (tokens === undefined || numbers.length === tokens)) return [];
  const problem = `has synthetic_acceptance_rates ${JSON.stringify(rates)}`;
  return wrong(
    problem,
    `give ${tokens ?? 'as many as there are'} drafts a rate each, from 0 to 1, none above the one before`,
  );
}

/** How drafts are sampled, where another key decides it. */
function sampling({ origin, keys }: Drafts, { release }: CrossCheckContext): Finding[] {
  const method = keys['draft_sample_method'] ?? 'greedy';
  if (!holds('0.25..', release) || !isOn(keys['use_heterogeneous_vocab']) || method === 'greedy') return [];
  const problem = `has use_heterogeneous_vocab with draft_sample_method ${JSON.stringify(method)}: vLLM refuses to start`;
  return [error('draft-sampling', origin, problem, 'set draft_sample_method to "greedy", or remove it')];
}

/** Drafts that carry a watermark (_check_supports_watermarking of vllm/config/vllm.py). */
function watermarks({ origin, keys, method }: Drafts, { facts, release }: CrossCheckContext): Finding[] {
  const { watermarkConfig } = facts;
  const isAllowed = method === undefined || WATERMARKED.includes(method);
  if (!watermarkConfig.isSet || !isAllowed || !holds('0.30..', release)) return [];
  const { algorithm, allow_target_only_watermarking: targetOnly } = watermarkConfig.value ?? {};
  if (algorithm !== 'dual_key_gumbel' && !isOn(targetOnly)) {
    const problem = 'has an algorithm that does not mark drafts, and speculative decoding is on: vLLM refuses to start';
    const fix = 'set algorithm to "dual_key_gumbel", or allow_target_only_watermarking to true';
    return [error('watermark-of-drafts', watermarkConfig.origin, problem, fix)];
  }
  const sampled = keys['draft_sample_method'] === 'probabilistic';
  if (sampled && (keys['rejection_sample_method'] ?? 'standard') === 'standard') return [];
  const key = sampled ? 'rejection_sample_method' : 'draft_sample_method';
  const wanted = sampled ? 'standard' : 'probabilistic';
  const problem = `has ${key} ${JSON.stringify(keys[key] ?? 'greedy')}, which watermarks (--watermark-config) refuse`;
  return [error('draft-sampling', origin, problem, `set ${key} to "${wanted}"`)];
}

/** Drafts whose batch is not padded hold up the next step (vllm/config/vllm.py, __post_init__). */
function padding({ origin, keys }: Drafts, { facts, release }: CrossCheckContext): Finding[] {
  const isUsed = isOn(keys['disable_padded_drafter_batch']) && facts.asyncScheduling.value === true;
  if (!isUsed || !holds('0.25..', release)) return [];
  const problem = `has disable_padded_drafter_batch, which vLLM refuses together with ${facts.asyncScheduling.origin}`;
  return [error('not-with-this-method', origin, problem, 'remove one of the two')];
}

/** Verification of as many drafts as pay off. */
function adaptiveVerification(drafts: Drafts, { facts, release }: CrossCheckContext): Finding[] {
  const { origin, keys, method, methodIsKnown } = drafts;
  if (!holds('0.28..', release) || !isOn(keys['enable_adaptive_verification'])) return [];
  const local = isOn(keys['use_local_argmax_reduction']) && methodIsKnown && method !== 'dspark';
  const reasons: readonly (string | false)[] = [
    local && 'use_local_argmax_reduction',
    facts.enableLora.value === true && 'LoRA (engine.enableLora)',
    facts.parallelism.pipeline > 1 && 'pipeline parallelism (engine.pipelineParallelSize)',
    facts.enforceEager.value === true && 'eager mode (engine.enforceEager)',
  ];
  const reason = reasons.find((each) => each !== false);
  if (reason === undefined) return [];
  const problem = `has enable_adaptive_verification, which vLLM refuses together with ${reason}`;
  return [error('adaptive-verification', origin, problem, 'remove one of the two')];
}

/** Bounds of suffix decoding, which only its method checks (vllm/config/speculative.py, _validate_suffix_decoding). */
function suffix({ origin, keys, method }: Drafts): Finding[] {
  if (method !== 'suffix') return [];
  const bounds: readonly [key: string, minimum: number, maximum: number][] = [
    ['suffix_decoding_max_tree_depth', 1, Infinity],
    ['suffix_decoding_max_cached_requests', 0, Infinity],
    ['suffix_decoding_max_spec_factor', 0, Infinity],
    ['suffix_decoding_min_token_prob', 0, 1],
  ];
  return bounds.flatMap(([key, minimum, maximum]) => {
    const value = numberOf(keys[key]);
    if (value === undefined || (value >= minimum && value <= maximum)) return [];
    const allowed = maximum === Infinity ? `${minimum} or more` : `${minimum} to ${maximum}`;
    return [error('suffix-decoding', origin, `has ${key} ${value}`, `set it to ${allowed}, or remove it`)];
  });
}

/** Metrics of drafts, where there are none; a checkpoint of the speculators library brings its own drafts. */
function metricsOfDrafts({ facts, architecture, release }: CrossCheckContext): Finding[] {
  const { value = 'none', origin } = facts.perRequestSpecDecodeMetrics;
  if (value === 'none' || architecture === undefined || !holds('0.29..', release)) return [];
  const problem = `is ${value}, and there is no speculative decoding to measure: vLLM refuses to start`;
  return [error('draft-metrics-without-drafts', origin, problem, 'set engine.speculativeConfig, or remove it')];
}

const CHECKS = [limits, syntheticRates, sampling, watermarks, padding, adaptiveVerification, suffix];

/** Keys of speculative decoding that other keys, features and methods exclude. */
export const speculationFeatures: CrossCheck = (context) => {
  const drafts = draftsOf(context.facts);
  return drafts === undefined ? metricsOfDrafts(context) : CHECKS.flatMap((check) => check(drafts, context));
};
