import { holds } from '../engine/catalogue/span';
import { knownShape } from '../model/known-models';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { CrossCheckContext } from './cross-check';
import type { Drafts } from './drafts';
import { WITHOUT_MTP } from './without-mtp';

/** A draft model must be one that vLLM can draft with by the method that is set. */
export function withoutDrafts({ origin, method, model }: Drafts, { release, modelId }: CrossCheckContext): Finding[] {
  if (model === undefined || !holds('0.25..', release)) return [];
  // Its class is commented out in vllm/model_executor/models/registry.py: the V1 engine has no such drafts.
  if (method === 'mlp_speculator') {
    const problem = 'has the method mlp_speculator, which this release lists, but has no model class for';
    return [error('draft-model-unsupported', origin, problem, 'use another method, such as eagle3 or ngram')];
  }
  const architecture = model === modelId ? undefined : knownShape(model)?.architecture;
  if (method !== 'mtp' || !WITHOUT_MTP.has(architecture ?? '')) return [];
  const problem = `has multi-token prediction, and the checkpoint of the draft model ${model} has no layers for it`;
  return [error('draft-model-unsupported', origin, problem, 'set method to "draft_model", or remove it')];
}
