import { AcceleratorKind } from '../accelerator/accelerator';
import type { Finding } from '../preflight/finding';
import { error, warning } from '../preflight/finding';
import type { CrossCheck, CrossCheckContext } from './cross-check';
import { sizeOrigin } from './sharing';

/** GPUs in the pod = tensor × pipeline × prefill context × data parallelism of the pod. */
export const deviceCount: CrossCheck = ({ accelerator, parallelism, flags }) => {
  if (accelerator.kind === AcceleratorKind.MIG || accelerator.kind === AcceleratorKind.SHARED) return [];
  const { tensor, pipeline, prefillContext, dataLocal } = parallelism;
  const used = tensor * pipeline * prefillContext * dataLocal;
  if (used === accelerator.count) return [];
  const sizes = [
    `tensor ${tensor}`,
    `pipeline ${pipeline}`,
    `data ${dataLocal}`,
    ...(prefillContext > 1 ? [`prefill context ${prefillContext}`] : []),
  ];
  const problem = `the engine uses ${used} devices (${sizes.join(' × ')}), but the accelerator has ${accelerator.count}`;
  const fix = 'make the product equal the count of Accelerator.gpu, or leave engine.tensorParallelSize out';
  return [error('device-count', sizeOrigin(flags), problem, fix)];
};

/** A replica is one pod: a rank that is not in it is nowhere, and vLLM waits for it until its start times out. */
export const localRanks: CrossCheck = ({ flags, parallelism: { data, dataLocal } }) => {
  if (dataLocal === data) return [];
  const problem = `is ${dataLocal}, but data parallelism is ${data}, and a replica is one pod: vLLM waits for the other ranks`;
  const subject = flags.origin('--data-parallel-size-local');
  return [error('ranks-elsewhere', subject, problem, `make it ${data}, or leave it out`)];
};

/** Whether the key/value heads can be split: each rank has whole heads, or each head has whole ranks. */
export const headsFit = (tensor: number, queryHeads: number, kvHeads: number | undefined): boolean =>
  queryHeads % tensor === 0 &&
  (kvHeads === undefined || (kvHeads >= tensor ? kvHeads % tensor === 0 : tensor % kvHeads === 0));

/** Attention heads must divide by tensor parallelism (vllm/model_executor/models/llama.py and siblings). */
export const attentionHeads: CrossCheck = ({ architecture, parallelism: { tensor }, flags, modelId }) => {
  if (architecture === undefined) return [];
  const { attentionHeads: query, kvHeads: kv } = architecture;
  if (headsFit(tensor, query, kv)) return [];
  const possible = Array.from({ length: 16 }, (_, index) => index + 1).filter((size) => headsFit(size, query, kv));
  const heads = `${query} attention heads${kv === undefined ? '' : ` and ${kv} key/value heads`}`;
  const problem = `${tensor} GPUs cannot share the layers of ${modelId}, which has ${heads}`;
  return [error('attention-heads', flags.origin('--tensor-parallel-size'), problem, `use ${possible.join(', ')}`)];
};

/** Prefill and decode context parallelism. */
export const contextParallelism: CrossCheck = ({ flags, architecture, parallelism, modelId }) => {
  const { tensor, prefillContext, data } = parallelism;
  const decode = flags.number('--decode-context-parallel-size') ?? 1;
  const findings: Finding[] = [];
  if (prefillContext > 1 && data > 1) {
    const problem = `is ${prefillContext} together with data parallelism of ${data}`;
    const subject = flags.origin('--prefill-context-parallel-size');
    findings.push(error('context-and-data-parallelism', subject, problem, 'use one of the two'));
  }
  if (prefillContext === 1 && tensor % decode !== 0) {
    const problem = `is ${decode}, which does not divide tensor parallelism of ${tensor}`;
    const subject = flags.origin('--decode-context-parallel-size');
    findings.push(error('decode-context-parallelism', subject, problem, 'use a divisor of it'));
  }
  const kv = architecture?.kvHeads;
  if (decode > 1 && kv !== undefined && decode > tensor / kv) {
    const most = Math.max(1, Math.floor(tensor / kv));
    const problem = `is ${decode}, but only copies of key/value heads can be split: ${modelId} has ${kv} for tensor parallelism of ${tensor}`;
    const subject = flags.origin('--decode-context-parallel-size');
    findings.push(error('decode-context-of-few-heads', subject, problem, `use at most ${most}`));
  }
  return findings;
};

const EXTERNAL_DP = ['--data-parallel-external-lb', '--data-parallel-rank', '--data-parallel-multi-port-external-lb'];

/** Expert parallelism and external data parallelism are for mixtures of experts. */
export const mixtureOfExperts: CrossCheck = (context) => {
  const { flags, architecture, modelId, parallelism } = context;
  const findings = balancing(context);
  if (architecture === undefined || architecture.mixtureOfExperts) return findings;
  if (flags.isOn('--enable-expert-parallel')) {
    const problem = `${modelId} is no mixture of experts`;
    findings.push(error('experts-of-dense-model', flags.origin('--enable-expert-parallel'), problem, 'leave it out'));
  }
  const external = EXTERNAL_DP.find((flag) => flags.has(flag) && !flags.isOff(flag));
  if (external !== undefined) {
    const problem = `${modelId} is no mixture of experts, and vLLM refuses external data parallelism for it`;
    findings.push(
      error('external-data-parallelism-of-dense-model', flags.origin(external), problem, 'use replicas: Scaling'),
    );
  } else if (parallelism.data > 1) {
    const problem = `is ${parallelism.data}: for a dense model that is ${parallelism.data} engines that start, stop and fail together`;
    const subject = flags.origin('--data-parallel-size');
    findings.push(
      warning('data-parallelism-of-dense-model', subject, problem, 'use replicas of one GPU each: Scaling'),
    );
  }
  return findings;
};

function balancing({ flags, parallelism: { tensor, prefillContext, data } }: CrossCheckContext): Finding[] {
  if (!flags.isOn('--enable-eplb')) return [];
  const subject = flags.origin('--enable-eplb');
  if (!flags.isOn('--enable-expert-parallel')) {
    return [error('eplb-without-experts', subject, 'needs expert parallelism', 'set engine.enableExpertParallel too')];
  }
  if (tensor * prefillContext * data > 1) return [];
  return [error('eplb-on-one-gpu', subject, 'has nothing to balance on one GPU', 'leave it out')];
}
