import { hasQuirk } from '../engine/catalogue/quirks';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { CrossCheck } from './cross-check';

/** What every class of a model has in its name: `LlamaForCausalLM`, `BertModel`, `Qwen3NextMTP`. */
const USUAL = /(For[A-Z]|Model|MTP|Generation|Eagle)/;
/** The others (vllm/model_executor/models/registry.py). */
const UNUSUAL =
  /^(ColQwen3(_5)?|HF_ColBERT|HfMoondream|Llama_Nemotron_Nano_VL|MiniCPM[OV]|NVLM_D|NemotronH_\w+|Ovis(2_5)?|Terratorch)$/;

/**
 * Overridden architectures must be classes that vLLM or Transformers has. Transformers has many more than vLLM, so only
 * what cannot be a class is found.
 */
export const overrideClasses: CrossCheck = ({ facts, release, versionIsChecked }): Finding[] => {
  const { value: overrides = {}, origin: subject } = facts.hfOverrides;
  const classes = overrides['architectures'];
  if (!versionIsChecked || !hasQuirk(release, 'attention-table') || !Array.isArray(classes)) return [];
  const names = classes.filter((name): name is string => typeof name === 'string');
  if (names.length === 0 || names.some((name) => USUAL.test(name) || UNUSUAL.test(name))) return [];
  const problem = `has architectures ${JSON.stringify(names)}, which is no class of vLLM or Transformers: vLLM refuses to start`;
  return [error('architecture-unknown', subject, problem, 'give a class, for example "LlamaForCausalLM"')];
};
