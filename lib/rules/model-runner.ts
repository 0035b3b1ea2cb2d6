import { holds } from '../engine/catalogue/span';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { CrossCheck, CrossCheckContext } from './cross-check';
import { draftsOf } from './drafts';
import { isOff, isOn } from './setting';

const VARIABLE = 'VLLM_USE_V2_MODEL_RUNNER';

/** Something that only one of the two model runners does. */
interface Feature {
  readonly name: string;
  readonly origin: string;
}

type Candidate = readonly [isUsed: boolean, name: string, origin: string];

const used = (candidates: readonly Candidate[]): Feature[] =>
  candidates.flatMap(([isUsed, name, origin]) => (isUsed ? [{ name, origin }] : []));

/** Microbatches: unless the variable chooses the newer runner, they need the older one (_get_dbo_unsupported_features). */
function microbatching({ facts, environment, architecture }: CrossCheckContext): Candidate[] {
  const { parallelism, enableDbo, ubatchSize, enableLora, compilationConfig } = facts;
  const set = [enableDbo, ubatchSize].find(({ value }) => value === true || (typeof value === 'number' && value > 1));
  if (set === undefined) return [];
  if (environment.get(VARIABLE) === undefined) return [[true, 'microbatches', set.origin]];
  const mode = compilationConfig.value?.['cudagraph_mode'];
  const beside: readonly (readonly [boolean, string])[] = [
    [enableLora.value === true, 'LoRA'],
    [draftsOf(facts) !== undefined, 'speculative decoding'],
    [parallelism.pipeline > 1, 'pipeline parallelism'],
    [parallelism.decodeContext > 1 || parallelism.prefillContext > 1, 'context parallelism'],
    [architecture?.isMultimodal === true, 'a multimodal model'],
    [typeof mode === 'string' && mode.toUpperCase() === 'PIECEWISE', 'CUDA graphs of the mode PIECEWISE'],
  ];
  return beside.map(([isUsed, name]) => [isUsed, `microbatches with ${name}`, set.origin]);
}

/** What needs the older runner (_get_v2_model_runner_unsupported_features of vllm/config/vllm.py). */
function onlyInFirst(context: CrossCheckContext): Feature[] {
  const { facts } = context;
  const { parallelism, distributedExecutorBackend: executor } = facts;
  const { origin = '', method = '', keys = {} } = draftsOf(facts) ?? {};
  const isOther = !['dflash', 'dspark'].includes(method);
  return used([
    [
      executor.value === 'external_launcher' && parallelism.pipeline > 1,
      'pipeline parallelism with external_launcher',
      executor.origin,
    ],
    [['suffix', 'medusa', 'mlp_speculator', 'custom_class'].includes(method), `the method ${method}`, origin],
    [method !== '' && isOther && isOn(keys['parallel_drafting']), 'parallel_drafting', origin],
    [isOn(keys['use_heterogeneous_vocab']), 'use_heterogeneous_vocab', origin],
    ...microbatching(context),
  ]);
}

/** What needs the newer runner (_get_v1_model_runner_unsupported_features of vllm/config/vllm.py, and its neighbours). */
function onlyInSecond({ facts }: CrossCheckContext): Feature[] {
  const { parallelism, asyncScheduling, auxOutputConfig, prefillContextParallelSize } = facts;
  const { returnSamplingMask, enableReturnRoutedExperts, enableTraceReplay } = facts;
  const { origin = '', method = '', keys = {} } = draftsOf(facts) ?? {};
  return used([
    [parallelism.prefillContext > 1, 'prefill context parallelism', prefillContextParallelSize.origin],
    [
      parallelism.pipeline > 1 && asyncScheduling.value === true,
      'asynchronous scheduling with pipeline parallelism',
      asyncScheduling.origin,
    ],
    [method === 'dspark', 'the method dspark', origin],
    [isOn(keys['enable_adaptive_verification']), 'enable_adaptive_verification', origin],
    [returnSamplingMask.value === true, 'the sampling mask', returnSamplingMask.origin],
    [enableTraceReplay.value === true, 'trace replay', enableTraceReplay.origin],
    [enableReturnRoutedExperts.value === true, 'the experts of each token', enableReturnRoutedExperts.origin],
    [
      isOn(auxOutputConfig.value?.['enable_return_routed_experts']),
      'the experts of each token',
      auxOutputConfig.origin,
    ],
  ]);
}

const TITLES = { first: 'model runner V1', second: 'model runner V2' };

/** vLLM has two model runners; the variable chooses one, else what is used does. */
export const modelRunner: CrossCheck = (context): Finding[] => {
  if (!holds('0.32..', context.release)) return [];
  const chosen = context.environment.get(VARIABLE);
  const [first] = onlyInFirst(context);
  const [second] = onlyInSecond(context);
  const refuse = ({ name, origin }: Feature, title: string, reason: string, fix: string) => [
    error('model-runner', origin, `uses ${name}, which ${title} does not have, and ${reason}`, fix),
  ];
  const fix = `remove env.${VARIABLE}, or do not use it`;
  if (first !== undefined && isOn(chosen)) return refuse(first, TITLES.second, `env.${VARIABLE} chooses that`, fix);
  if (second !== undefined && isOff(chosen)) return refuse(second, TITLES.first, `env.${VARIABLE} chooses that`, fix);
  if (first === undefined || second === undefined) return [];
  return refuse(second, TITLES.first, `${first.name} (${first.origin}) needs that`, 'use one of the two');
};
