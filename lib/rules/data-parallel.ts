import { holds } from '../engine/catalogue/span';
import { error } from '../preflight/finding';
import { isUsed } from '../engine/facts/fact';
import type { CrossCheck } from './cross-check';

/** With external balancing, each process is one rank and is started with it (vllm/engine/arg_utils.py). */
export const externalRank: CrossCheck = ({ facts, architecture, release }) => {
  const { dataParallelExternalLb: external, dataParallelRank: rank } = facts;
  // A dense model has a finding of its own.
  const isDense = architecture !== undefined && architecture.experts === undefined;
  if (!isUsed(external) || rank.isSet || isDense || !holds('0.25..', release)) return [];
  const problem = 'needs the rank of each process: vLLM refuses to start without --data-parallel-rank';
  return [
    error('external-rank-missing', external.origin, problem, 'remove it: vLLM then balances over the ranks itself'),
  ];
};

/** The largest size that elastic expert parallelism may grow to. */
export const elasticMaximum: CrossCheck = ({ facts, release }) => {
  const { elasticEpMaxDpSize: maximum, enableElasticEp: elastic, parallelism } = facts;
  if (maximum.value === undefined || !isUsed(elastic) || maximum.value >= parallelism.data) return [];
  if (!holds('0.30..', release)) return [];
  const problem = `is ${maximum.value}, less than the ${parallelism.data} data-parallel ranks at start`;
  return [error('elastic-maximum', maximum.origin, problem, `set it to ${parallelism.data} or more, or remove it`)];
};

/** Requests are sampled on one rank of tensor parallelism each (_validate_batch_sharded_sampling of vllm/config/vllm.py). */
export const shardedSampling: CrossCheck = ({ facts, release }) => {
  const { enableBatchShardedSampling: sharded, maxNumSeqs, parallelism } = facts;
  if (!isUsed(sharded) || maxNumSeqs.value === undefined || maxNumSeqs.value >= parallelism.tensor) return [];
  if (!holds('0.29..', release)) return [];
  const problem = `is ${maxNumSeqs.value}, fewer sequences than the ${parallelism.tensor} ranks that sample them`;
  const fix = `set it to ${parallelism.tensor} or more, or remove --enable-batch-sharded-sampling`;
  return [error('sampling-ranks-without-sequences', maxNumSeqs.origin, problem, fix)];
};
