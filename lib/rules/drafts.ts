import type { JsonObject } from '../shapes/json-object';
import type { EngineFacts } from '../engine/facts/engine-facts';
import { knownShape } from '../model/known-models';
import { numberOf } from './setting';
import { WITHOUT_MTP } from './without-mtp';

/** Methods without weights of their own: there is no draft model (vllm/config/speculative.py, __post_init__). */
const WITHOUT_MODEL: readonly string[] = ['ngram', 'ngram_gpu', 'suffix', 'extract_hidden_states', 'custom_class'];

/** Methods that keep the name that is set; with a draft model, all others are detected again from it. */
const KEPT: readonly string[] = ['eagle', 'eagle3', 'dflash', 'dspark', 'medusa'];

/** Methods whose drafts are in the checkpoint of the served model. */
export const OF_TARGET: readonly string[] = ['mtp', 'dspark'];

/** What vLLM looks for in the id or path of a draft model, and the method that it then uses. */
const BY_NAME: readonly (readonly [part: string, method: string])[] = [
  ['eagle-', 'eagle'],
  ['eagle3', 'eagle3'],
  ['dflash', 'dflash'],
  ['dspark', 'dspark'],
];

/** What a command line sets about speculative decoding. */
export interface Drafts {
  /** The property or argument that sets it. */
  readonly origin: string;
  /** The keys of the JSON option; a dash in a key is an underscore, as vLLM reads it. */
  readonly keys: JsonObject;
  /** The method that is set or follows, with one name for all of multi-token prediction. */
  readonly method?: string;
  /** False where vLLM finds the method in the draft model's `config.json`. */
  readonly methodIsKnown: boolean;
  readonly model?: string;
  /** Drafts for each token. */
  readonly tokens?: number;
  /** Whether vLLM reads the weights of a draft model, or of the served model's own layers for drafts. */
  readonly hasWeights: boolean;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** A class of the user's own: `package.Proposer`. */
const isImportPath = (model: string | undefined): boolean =>
  model !== undefined && /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$/.test(model);

/** Every name of multi-token prediction is `mtp` to vLLM. */
const withoutFamily = (method: string | undefined): string | undefined =>
  method?.endsWith('_mtp') === true ? 'mtp' : method;

/** The method that vLLM detects in a draft model, where it is known without its `config.json`. */
function detected(model: string): string | undefined {
  const byName = BY_NAME.find(([part]) => model.toLowerCase().includes(part))?.[1];
  return byName ?? (WITHOUT_MTP.has(knownShape(model)?.architecture ?? '') ? 'draft_model' : undefined);
}

/** The method that is set or follows, and whether vLLM uses it for sure. */
function methodOf(set: string | undefined, model: string | undefined): Pick<Drafts, 'method' | 'methodIsKnown'> {
  const method = withoutFamily(set);
  if (model === undefined) return { method, methodIsKnown: method !== undefined };
  if (method !== undefined && [...WITHOUT_MODEL, ...KEPT].includes(method)) return { method, methodIsKnown: true };
  if (method === undefined && isImportPath(model)) return { method: 'custom_class', methodIsKnown: true };
  if (method === undefined && ['ngram', '[ngram]'].includes(model)) return { method: 'ngram', methodIsKnown: true };
  const found = detected(model);
  // A plain model drafts only where no other method is asked of it.
  const isUsed = found !== undefined && (found !== 'draft_model' || ['draft_model', undefined].includes(method));
  return isUsed ? { method: found, methodIsKnown: true } : { method, methodIsKnown: false };
}

/** What is set about speculative decoding; undefined where nothing is, or the JSON option is null or cannot be read. */
export function draftsOf(facts: EngineFacts): Drafts | undefined {
  const { speculativeConfig, specMethod, specModel, specTokens } = facts;
  const first = [speculativeConfig, specMethod, specModel, specTokens].find(({ isSet }) => isSet);
  if (first === undefined) return undefined;
  if (first === speculativeConfig && first.value === undefined) return undefined;
  const entries = Object.entries(speculativeConfig.value ?? {});
  const keys = Object.fromEntries(entries.map(([key, value]) => [key.replaceAll('-', '_'), value]));
  const model = textOf(keys['model']) ?? textOf(specModel.value);
  const { method, methodIsKnown } = methodOf(textOf(keys['method']) ?? textOf(specMethod.value), model);
  const hasWeights = (model !== undefined || OF_TARGET.includes(method ?? '')) && !WITHOUT_MODEL.includes(method ?? '');
  return {
    origin: first.origin,
    keys,
    method,
    methodIsKnown,
    model,
    tokens: numberOf(keys['num_speculative_tokens']) ?? specTokens.value,
    hasWeights,
  };
}
