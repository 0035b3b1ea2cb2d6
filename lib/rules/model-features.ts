import type { Span } from '../engine/catalogue/rows';
import { holds } from '../engine/catalogue/span';
import { error } from '../preflight/finding';
import type { Condition } from './condition';
import { above, given, is, met, on } from './condition';
import type { CrossCheck, CrossCheckContext } from './cross-check';
import type { ModelKind } from './model-kinds';
import { hasEngram, hasIndex, hasStateLayers, isOneOf, isQwen4Exp } from './model-kinds';
import { isOn, originOf, valueInWords } from './setting';

/** An option that only models of some kind have. */
interface Exclusive {
  readonly in: Span;
  readonly when: Condition;
  readonly and?: Condition;
  /** False for a known model that vLLM refuses it for. */
  readonly allows: ModelKind;
  /** What it is for. */
  readonly models: string;
}

const DEEPSEEK_V4: readonly string[] = ['DeepseekV4ForCausalLM', 'DeepseekV41ForCausalLM'];

const WITH_INDEX = 'models with sparse latent attention, such as DeepSeek-V3.2';

const EXCLUSIVE: readonly Exclusive[] = [
  {
    // vllm/config/vllm.py, validate_mamba_cached_kernel.
    in: '0.27..',
    when: on('useReplayssm'),
    allows: hasStateLayers,
    models: 'models with state-space layers',
  },
  {
    // vllm/config/kernel.py, validate_flashinfer_moe_ep_model.
    in: '0.32..',
    when: is('moeBackend', 'flashinfer_moe_ep_mega_deep_gemm'),
    allows: isOneOf(DEEPSEEK_V4),
    models: 'DeepSeek-V4',
  },
  {
    in: '0.32..',
    when: is('kernelConfig.moe_backend', 'flashinfer_moe_ep_mega_deep_gemm'),
    allows: isOneOf(DEEPSEEK_V4),
    models: 'DeepSeek-V4',
  },
  {
    // vllm/config/vllm.py: only sparse attention with an index has it.
    in: '0.32..',
    when: is('kvTransferConfig.kv_connector', 'HiSparseConnector'),
    allows: hasIndex,
    models: WITH_INDEX,
  },
  {
    in: '0.31..',
    when: given('attentionConfig.hisparse_config'),
    allows: hasIndex,
    models: WITH_INDEX,
  },
  {
    // vllm/config/model.py, verify_with_parallel_config.
    in: '0.32..',
    when: on('enableHcSp'),
    and: above('tensorParallelSize', 1),
    allows: isQwen4Exp,
    models: 'Qwen4-Exp',
  },
  {
    in: '0.30..',
    when: given('engramConfig'),
    allows: hasEngram,
    models: 'models with Engram embeddings',
  },
];

/** Options for models of another kind. */
export const exclusiveOptions: CrossCheck = (context) => {
  const { architecture, modelId, release } = context;
  if (architecture === undefined) return [];
  return EXCLUSIVE.filter(
    ({ in: span, when, and = when, allows }) =>
      holds(span, release) && met(when, context) && met(and, context) && !allows(architecture),
  ).map(({ when, models }) => {
    const problem = `${valueInWords(context, when.setting)}, which is for ${models}, and ${modelId} is not one: vLLM refuses to start`;
    return error('option-of-another-model', originOf(context, when.setting), problem, 'remove it');
  });
};

/** Connectors that do not carry the chosen experts (_verify_aux_output_compatibility of vllm/config/vllm.py). */
const WITHOUT_EXPERTS: readonly unknown[] = [
  'NixlConnector',
  'NixlPullConnector',
  'NixlPushConnector',
  'MoRIIOConnector',
  'MooncakeConnector',
];

/** What keeps vLLM from returning the experts of each token; undefined where nothing does. */
function reasonAgainst({ facts, architecture, modelId }: CrossCheckContext): string | undefined {
  const { parallelism, kvTransferConfig, runner, enablePrefixCaching, speculativeConfig } = facts;
  const reasons: readonly (string | false)[] = [
    architecture !== undefined &&
      architecture.experts === undefined &&
      `which ${modelId} does not have: it is not a mixture of experts`,
    runner.value === 'pooling' && 'which a pooling runner does not return',
    enablePrefixCaching.value === false && 'which vLLM refuses without prefix caching',
    isOn(speculativeConfig.value?.['enable_adaptive_verification']) &&
      'which vLLM refuses together with enable_adaptive_verification',
    parallelism.pipeline > 1 && 'which vLLM refuses together with pipeline parallelism',
    parallelism.decodeContext * parallelism.prefillContext > 1 &&
      'which vLLM refuses together with context parallelism',
    WITHOUT_EXPERTS.includes(kvTransferConfig.value?.['kv_connector']) &&
      `which ${String(kvTransferConfig.value?.['kv_connector'])} does not carry`,
  ];
  return reasons.find((each) => each !== false) || undefined;
}

/** The experts of each token, in the answer. */
export const routedExperts: CrossCheck = (context) => {
  const { auxOutputConfig, enableReturnRoutedExperts: flag } = context.facts;
  const isUsed = flag.value === true || isOn(auxOutputConfig.value?.['enable_return_routed_experts']);
  if (!isUsed || !holds('0.31..', context.release)) return [];
  const reason = reasonAgainst(context);
  if (reason === undefined) return [];
  const { origin } = flag.value === true ? flag : auxOutputConfig;
  return [error('routed-experts', origin, `returns the experts of each token, ${reason}`, 'remove it')];
};

/** Adapters for images, audio or video of a model that reads text only. */
export const modalityAdapters: CrossCheck = ({ facts: { defaultMmLoras }, architecture, modelId, release }) => {
  if (
    Object.keys(defaultMmLoras.value ?? {}).length === 0 ||
    architecture === undefined ||
    architecture.isMultimodal === true
  )
    return [];
  if (!holds('0.32..', release)) return [];
  const problem = `has adapters for images, audio or video, and ${modelId} reads none: vLLM refuses to start`;
  return [error('adapters-of-text-model', defaultMmLoras.origin, problem, 'set engine.loraModules instead')];
};

/** Kernels that exist for AMD's GPUs only (vllm/engine/arg_utils.py, create_engine_config). */
export const kernelsOfVendor: CrossCheck = ({ facts: { kdaPrefillBackend: backend }, accelerator, release }) => {
  if (backend.value !== 'fused' || accelerator.model === undefined || !holds('0.30..', release)) return [];
  const problem = `is fused, which vLLM has on ROCm only, and the GPU is a ${accelerator.model.name}`;
  return [error('kernel-of-another-vendor', backend.origin, problem, 'remove it')];
};
