import type { JsonObject } from '../engine/command-line/json-value';
import type { EngineFacts } from '../engine/facts/engine-facts';
import { numberOf } from './setting';

/** Methods without weights of their own: there is no draft model (vllm/config/speculative.py, __post_init__). */
const WITHOUT_MODEL: readonly string[] = ['ngram', 'ngram_gpu', 'suffix', 'extract_hidden_states', 'custom_class'];

/** Methods that keep the name that is set; with a draft model, all others are detected again from it. */
const KEPT: readonly string[] = ['eagle', 'eagle3', 'dflash', 'dspark', 'medusa'];

/** Methods whose drafts are in the checkpoint of the served model. */
const OF_TARGET: readonly string[] = ['mtp', 'dspark'];

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

function methodOf(set: string | undefined, model: string | undefined): string | undefined {
  if (set !== undefined) return withoutFamily(set);
  if (isImportPath(model)) return 'custom_class';
  return model === 'ngram' || model === '[ngram]' ? 'ngram' : undefined;
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
  const method = methodOf(textOf(keys['method']) ?? textOf(specMethod.value), model);
  const hasWeights = (model !== undefined || OF_TARGET.includes(method ?? '')) && !WITHOUT_MODEL.includes(method ?? '');
  return {
    origin: first.origin,
    keys,
    method,
    methodIsKnown: method !== undefined && (model === undefined || [...WITHOUT_MODEL, ...KEPT].includes(method)),
    model,
    tokens: numberOf(keys['num_speculative_tokens']) ?? specTokens.value,
    hasWeights,
  };
}
