import type { ModelShape } from '../model/model-shape';

/** A question about a known model. */
export type ModelKind = (shape: ModelShape) => boolean;

/** Classes of models with tables of n-grams (vllm/config/engram.py). */
const WITH_ENGRAM: readonly string[] = [
  'DeepseekV41ForCausalLM',
  'Qwen4ExpForCausalLM',
  'Qwen4ExpForConditionalGeneration',
];

/** One of these classes; a class that is not known may be one. */
export const isOneOf =
  (classes: readonly string[]): ModelKind =>
  ({ architecture }) =>
    architecture === undefined || classes.includes(architecture);

export const hasStateLayers: ModelKind = ({ groups }) => groups.some(({ kind }) => kind === 'state');
/** Sparse attention with an index of what to read. */
export const hasIndex: ModelKind = ({ groups }) =>
  groups.some((group) => group.kind === 'latent' && group.index !== undefined);
export const isMixture: ModelKind = ({ experts }) => experts !== undefined;
export const isMultimodal: ModelKind = ({ isMultimodal: reads }) => reads === true;
export const isQwen4Exp: ModelKind = ({ architecture }) => architecture?.startsWith('Qwen4Exp') !== false;
export const hasEngram = isOneOf(WITH_ENGRAM);
