import { AcceleratorKind } from '../accelerator/accelerator';
import { isCpu, ranksOf } from '../accelerator/accelerator-plan';
import type { Finding } from '../preflight/finding';
import { error, warning } from '../preflight/finding';
import { hasQuirk } from '../engine/catalogue/quirks';
import type { EngineFacts } from '../engine/facts/engine-facts';
import { isUsed } from '../engine/facts/fact';
import { EXTERNAL_BALANCING } from '../engine/facts/parallelism';
import type { CrossCheck, CrossCheckContext } from './cross-check';
import { sizeOrigin } from './sharing';

/** How to change the number of ranks, where the accelerator is not a GPU. */
const FIXES: Readonly<Partial<Record<AcceleratorKind, string>>> = {
  [AcceleratorKind.CPU]:
    'remove the parallel sizes and add replicas, or set numaNodes in Accelerator.cpu to the product',
  [AcceleratorKind.RESOURCE]: 'make the product equal to it, set coresPerDevice in Accelerator.resource, or remove it',
};

/** GPUs in the pod = tensor × pipeline × prefill context × data parallelism of the pod. */
export const deviceCount: CrossCheck = ({ accelerator, facts }) => {
  if (accelerator.kind === AcceleratorKind.MIG || accelerator.kind === AcceleratorKind.SHARED) return [];
  const { tensor, pipeline, prefillContext, dataLocal } = facts.parallelism;
  const used = tensor * pipeline * prefillContext * dataLocal;
  const { kind, count, coresPerDevice: cores } = accelerator;
  const ranks = ranksOf(accelerator);
  if (used === ranks) return [];
  const sizes = [
    `tensor ${tensor}`,
    `pipeline ${pipeline}`,
    `data ${dataLocal}`,
    ...(prefillContext > 1 ? [`prefill context ${prefillContext}`] : []),
  ];
  const units = isCpu(accelerator) ? `NUMA node${used === 1 ? '' : 's'}` : cores > 1 ? 'cores' : 'devices';
  const has = cores > 1 ? `${ranks} (${count} devices of ${cores})` : String(count);
  const problem = `the engine uses ${used} ${units} (${sizes.join(' × ')}), but the accelerator has ${has}`;
  const fix = FIXES[kind] ?? 'make the product equal to the count of Accelerator.gpu, or remove it';
  return [error('device-count', sizeOrigin(facts), problem, fix)];
};

/** A replica is one pod: no other pod runs the missing ranks, and vLLM waits for them until its start times out. */
export const localRanks: CrossCheck = ({ facts }) => {
  const { data, dataLocal } = facts.parallelism;
  if (dataLocal === data) return [];
  const problem = `is ${dataLocal}, but data parallelism is ${data}, and a replica is one pod: vLLM waits for the other ranks`;
  return [error('ranks-elsewhere', facts.dataParallelSizeLocal.origin, problem, `set it to ${data}, or remove it`)];
};

/** Whether the key/value heads can be split: each rank has whole heads, or each head has whole ranks. */
export const headsFit = (tensor: number, queryHeads: number, kvHeads: number | undefined): boolean =>
  queryHeads % tensor === 0 &&
  (kvHeads === undefined || (kvHeads >= tensor ? kvHeads % tensor === 0 : tensor % kvHeads === 0));

/** Attention heads must divide by tensor parallelism (vllm/model_executor/models/llama.py and siblings). */
export const attentionHeads: CrossCheck = ({ architecture, facts, modelId }) => {
  if (architecture === undefined) return [];
  const { tensor } = facts.parallelism;
  const { attentionHeads: query, kvHeads: kv } = architecture;
  if (headsFit(tensor, query, kv)) return [];
  const possible = Array.from({ length: 16 }, (_, index) => index + 1).filter((size) => headsFit(size, query, kv));
  const heads = `${query} attention heads${kv === undefined ? '' : ` and ${kv} key/value heads`}`;
  const problem = `${tensor} GPUs cannot share the layers of ${modelId}, which has ${heads}`;
  return [error('attention-heads', facts.tensorParallelSize.origin, problem, `use ${possible.join(', ')}`)];
};

/** Prefill and decode context parallelism. */
export const contextParallelism: CrossCheck = (context) => {
  const { facts, release } = context;
  const { prefillContext, data } = facts.parallelism;
  const findings = [...decodeContext(context), ...interleaving(facts)];
  // vLLM 0.32 has no such check (vllm/config/parallel.py).
  if (prefillContext > 1 && data > 1 && !hasQuirk(release, 'context-of-context')) {
    const problem = `is ${prefillContext} together with data parallelism of ${data}`;
    const subject = facts.prefillContextParallelSize.origin;
    findings.push(error('context-and-data-parallelism', subject, problem, 'use one of the two'));
  }
  return findings;
};

/** Ranks of decode context parallelism hold the copies of key/value heads that tensor parallelism makes: one finding. */
function decodeContext({ facts, architecture, modelId, release }: CrossCheckContext): Finding[] {
  const { tensor, prefillContext, decodeContext: decode } = facts.parallelism;
  const { origin: subject } = facts.decodeContextParallelSize;
  if (prefillContext === 1 && tensor % decode !== 0) {
    const problem = `is ${decode}, which does not divide tensor parallelism of ${tensor}`;
    const fix = tensor === 1 ? 'remove it' : 'use a divisor of it';
    return [error('decode-context-parallelism', subject, problem, fix)];
  }
  // vllm/config/parallel.py
  const sizes = [1, prefillContext, tensor * prefillContext];
  if (prefillContext > 1 && !sizes.includes(decode) && hasQuirk(release, 'context-of-context')) {
    const problem = `is ${decode}, but with prefill context parallelism of ${prefillContext} it is one of ${sizes.join(', ')}`;
    return [error('decode-context-parallelism', subject, problem, `use ${prefillContext}, or remove it`)];
  }
  const kv = architecture?.kvHeads;
  if (decode === 1 || kv === undefined) return [];
  if (decode > tensor / kv) {
    const max = Math.floor(tensor / kv);
    const problem = `is ${decode}, but only copies of key/value heads can be split: ${modelId} has ${kv} for tensor parallelism of ${tensor}`;
    const fix = max > 1 ? `use at most ${max}` : 'remove it';
    return [error('decode-context-of-few-heads', subject, problem, fix)];
  }
  const copies = (architecture?.attentionHeads ?? 0) / kv;
  if (copies % decode === 0) return [];
  const problem = `is ${decode}, which does not divide the ${copies} query heads of each key/value head of ${modelId}`;
  return [error('decode-context-of-few-heads', subject, problem, 'remove it')];
}

/** Ranks of decode context parallelism take turns of so many tokens, and a block has whole turns (vllm/config/vllm.py). */
function interleaving({ parallelism, cpKvCacheInterleaveSize, blockSize, kvTransferConfig }: EngineFacts): Finding[] {
  const { value: turn, origin: subject } = cpKvCacheInterleaveSize;
  const block = blockSize.value;
  if (turn === undefined || block === undefined || parallelism.decodeContext === 1) return [];
  // Some connectors set it themselves.
  if (block % turn === 0 || kvTransferConfig.isSet) return [];
  const problem = `is ${turn}, which does not divide blocks of ${block} tokens (block-size)`;
  return [error('context-interleaving', subject, problem, 'use a divisor of the block size')];
}

/** Classes without `SupportsPP` (vllm/model_executor/models/). */
const WITHOUT_STAGES =
  /^(Bert|DiffusionGemma|Gemma3n|GteNew|ModernBert|NemotronH_Nano|NomicBert|PaddleOCRVL|Phi4MM|Roberta|Whisper|XLMRoberta)/;

/** Some models cannot be divided into stages of layers. */
export const pipelineStages: CrossCheck = ({ facts, architecture: shape, modelId }) => {
  const { pipeline } = facts.parallelism;
  if (pipeline === 1 || !WITHOUT_STAGES.test(shape?.architecture ?? '')) return [];
  const problem = `is ${pipeline}, but vLLM cannot divide the layers of ${modelId} (${shape?.architecture}) into stages: it refuses to start`;
  return [error('pipeline-unsupported', facts.pipelineParallelSize.origin, problem, 'use engine.tensorParallelSize')];
};

/** Expert parallelism and external data parallelism are for mixtures of experts. */
export const mixtureOfExperts: CrossCheck = (context) => {
  const { facts, architecture, modelId } = context;
  const { data } = facts.parallelism;
  const findings = balancing(context);
  if (architecture === undefined || architecture.experts !== undefined) return findings;
  if (facts.enableExpertParallel.value === true) {
    const problem = `${modelId} is not a mixture of experts`;
    findings.push(error('experts-of-dense-model', facts.enableExpertParallel.origin, problem, 'remove it'));
  }
  const external = EXTERNAL_BALANCING.map((name) => facts[name]).find(isUsed);
  if (external !== undefined) {
    const problem = `${modelId} is not a mixture of experts, and vLLM refuses external data parallelism for it`;
    findings.push(error('external-data-parallelism-of-dense-model', external.origin, problem, 'use replicas: Scaling'));
  } else if (data > 1) {
    const problem = `is ${data}: a dense model then runs as ${data} engines that start, stop and fail together`;
    const subject = facts.dataParallelSize.origin;
    findings.push(
      warning('data-parallelism-of-dense-model', subject, problem, 'use replicas of one GPU each: Scaling'),
    );
  }
  return findings;
};

function balancing({ facts }: CrossCheckContext): Finding[] {
  const { value: isOn, origin: subject } = facts.enableEplb;
  if (isOn !== true) return [];
  if (facts.enableExpertParallel.value !== true) {
    return [error('eplb-without-experts', subject, 'needs expert parallelism', 'set engine.enableExpertParallel too')];
  }
  const { tensor, prefillContext, data } = facts.parallelism;
  if (tensor * prefillContext * data > 1) return [];
  return [error('eplb-on-one-gpu', subject, 'has nothing to balance on one GPU', 'remove it')];
}
