import { holds } from '../engine/catalogue/span';
import { error } from '../preflight/finding';
import type { CrossCheck, CrossCheckContext } from './cross-check';
import type { Setting } from './setting';
import { is, met, on } from './condition';
import { numberOf, originOf, valueAt } from './setting';

/** Settings with which there are no CUDA graphs, so their sizes are not read. */
const WITHOUT_GRAPHS = [
  on('enforceEager'),
  is('optimizationLevel', 0),
  is('compilationConfig.cudagraph_mode', 'NONE', 0),
  is('compilationConfig.mode', 'NONE', 'STOCK_TORCH_COMPILE', 'DYNAMO_TRACE_ONCE', 0, 1, 2),
];

/** The smallest default for the tokens of one step (vllm/engine/arg_utils.py, get_batch_defaults). */
const SMALLEST_BATCH = 2048;

/** A setting by its flag, or by its key where the flag is unset. */
function setAt(context: CrossCheckContext, flag: Setting, key: Setting): { value: unknown; origin: string } {
  const own = valueAt(context, flag);
  return own === undefined
    ? { value: valueAt(context, key), origin: originOf(context, key) }
    : { value: own, origin: originOf(context, flag) };
}

/**
 * Batch sizes with a CUDA graph of their own (vllm/config/vllm.py, _set_cudagraph_sizes): sizes above the tokens of a step
 * are dropped before the largest is compared.
 */
export const cudaGraphSizes: CrossCheck = (context) => {
  const { facts, release } = context;
  const { value: sizes, origin } = setAt(context, 'cudagraphCaptureSizes', 'compilationConfig.cudagraph_capture_sizes');
  const maximum = setAt(context, 'maxCudagraphCaptureSize', 'compilationConfig.max_cudagraph_capture_size');
  if (sizes === undefined && maximum.value === undefined) return [];
  if (!holds('0.12..', release) || WITHOUT_GRAPHS.some((condition) => met(condition, context))) return [];
  if (Array.isArray(sizes) && sizes.length === 0) {
    return [error('cuda-graph-sizes', origin, 'has no size', 'add one, or set engine.enforceEager')];
  }
  const limit = numberOf(maximum.value);
  if (limit === undefined) return [];
  if (limit < 1) {
    const problem = `is ${limit}, but a CUDA graph is for a batch of 1 or more`;
    return [error('cuda-graph-sizes', maximum.origin, problem, 'set it to 1 or more, or set engine.enforceEager')];
  }
  if (!Array.isArray(sizes)) return [];
  const numbers = sizes.map(numberOf).filter((size) => size !== undefined);
  const tokens = facts.maxNumBatchedTokens.value;
  const largest = Math.max(0, ...numbers.filter((size) => tokens === undefined || size <= tokens));
  const isCertain = tokens !== undefined || largest <= SMALLEST_BATCH;
  if (numbers.length < sizes.length || largest === limit || !isCertain) return [];
  const dropped = tokens === undefined ? '' : ` within a step of ${tokens} tokens`;
  const problem = `is ${limit}, but the largest of the capture sizes${dropped} is ${largest}: vLLM refuses to start`;
  return [error('cuda-graph-sizes', maximum.origin, problem, 'remove it: it follows from the sizes')];
};
