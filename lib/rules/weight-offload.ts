import { holds } from '../engine/catalogue/span';
import { error } from '../preflight/finding';
import type { CrossCheck } from './cross-check';

/** Layers whose weights come from the host in groups, ahead of time (vllm/config/offload.py). */
export const weightOffload: CrossCheck = ({ facts, release }) => {
  const { offloadBackend, offloadGroupSize, offloadNumInGroup, offloadPrefetchStep } = facts;
  const group = offloadGroupSize.value ?? 0;
  const isPrefetch = offloadBackend.value === 'prefetch';
  if ((!isPrefetch && group <= 0) || !holds('0.25..', release)) return [];
  const inGroup = offloadNumInGroup.value ?? 1;
  if (inGroup > group) {
    if (group <= 0) {
      const fix = `set --offload-group-size to ${inGroup} or more, or remove it`;
      const problem = 'is prefetch, and no group of layers has a size: vLLM refuses to start';
      return [error('offload-groups', offloadBackend.origin, problem, fix)];
    }
    const problem = `is ${inGroup}, more than the ${group} layers of a group: vLLM refuses to start`;
    return [error('offload-groups', offloadNumInGroup.origin, problem, `set it to at most ${group}`)];
  }
  const step = offloadPrefetchStep.value;
  if (step === undefined || step >= 1) return [];
  return [error('offload-groups', offloadPrefetchStep.origin, `is ${step} with prefetch`, 'set it to 1 or more')];
};
