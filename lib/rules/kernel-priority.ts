import { holds } from '../engine/catalogue/span';
import { isJsonObject } from '../shapes/json-object';
import { error } from '../preflight/finding';
import type { CrossCheck } from './cross-check';

const isFilled = (value: unknown): boolean => (Array.isArray(value) || typeof value === 'string') && value.length > 0;

/** The kernels of one operator, in order of preference, can be set in one place only (vllm/engine/arg_utils.py). */
export const operatorPriority: CrossCheck = ({ facts: { irOpPriority, kernelConfig }, release }) => {
  const inKernels = kernelConfig.value?.['ir_op_priority'];
  if (irOpPriority.value === undefined || !isJsonObject(inKernels) || !holds('0.25..', release)) return [];
  const twice = Object.entries(irOpPriority.value).find(([key, value]) => isFilled(value) && isFilled(inKernels[key]));
  if (twice === undefined) return [];
  const problem = `sets the kernels of ${twice[0]}, which ir_op_priority of --kernel-config sets too: vLLM refuses both`;
  return [error('kernels-set-twice', irOpPriority.origin, problem, 'remove one of the two')];
};
