import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { Catalogue } from '../catalogue/catalogue';
import { hasQuirk } from '../catalogue/quirks';
import type { VariableRow, VariableType } from '../catalogue/rows';
import { wordsAt } from '../catalogue/span';
import { explain, isChoice } from './choices';
import { showValue } from './show-value';

/** How a value must look, in words and as a test. */
interface ValueForm {
  readonly allowed: string;
  readonly fits: (value: string) => boolean;
}

/** As Python's `int`, `float` and `json.loads` read them, which vllm/envs.py uses. */
const INTEGER: ValueForm = { allowed: 'a whole number', fits: (value) => /^\s*[+-]?\d+(_\d+)*\s*$/.test(value) };
const NUMBER: ValueForm = {
  allowed: 'a number',
  fits: (value) => /^\s*[+-]?(\d[\d_]*\.?\d*(e[+-]?\d+)?|\.\d+(e[+-]?\d+)?|inf(inity)?|nan)\s*$/i.test(value),
};
const FORMS: Readonly<Record<Exclude<VariableType, 'list'>, ValueForm>> = {
  int: INTEGER,
  float: NUMBER,
  json: { allowed: 'JSON', fits: isJson },
};

/** Read as soon as vLLM is imported, in every release (vllm/logger.py), or for every engine (vllm/utils/network_utils.py). */
const ALWAYS_READ: readonly string[] = ['VLLM_LOGGING_LEVEL', 'VLLM_PORT'];

/** As Python itself reads it, which does not start with another text. An empty one counts as unset. */
const HASH_SEED: ValueForm = {
  allowed: 'a whole number from 0 to 4294967295',
  fits: (value) => /^(random|\d*)$/.test(value) && Number(value.replace('random', '0')) <= 0xffffffff,
};

/** Variables of Python, and of huggingface_hub, which reads them when it is imported (its constants.py). */
const OF_OTHERS: ReadonlyMap<string, ValueForm> = new Map(
  Object.entries({
    HF_ENDPOINT: {
      allowed: 'a URL, for example "https://huggingface.co"',
      fits: (value) => /^https?:\/\/\S+$/.test(value),
    },
    HF_HUB_DOWNLOAD_TIMEOUT: INTEGER,
    HF_HUB_ETAG_TIMEOUT: INTEGER,
    PYTHONHASHSEED: HASH_SEED,
  }),
);

/** Checks the value of a variable that vLLM, Python or the Hub's library reads. `others` are all variables with a value. */
export function checkVariableValue(
  subject: string,
  name: string,
  others: Readonly<Record<string, string | undefined>>,
  catalogue: Catalogue,
): Finding[] {
  const value = others[name];
  // Kubernetes replaces a reference to another variable, so the value is not known.
  if (value === undefined || /\$\([A-Za-z_][A-Za-z0-9_]*\)/.test(value)) return [];
  const other = OF_OTHERS.get(name);
  if (other) return checkForm(subject, name, value, other);
  const row = catalogue.env(name);
  if (row === undefined || !isRead(name, others, catalogue)) return [];
  return row.choices === undefined
    ? checkType(subject, row, value)
    : checkVariableChoice(subject, row, value, catalogue);
}

function isRead(name: string, others: Readonly<Record<string, string | undefined>>, catalogue: Catalogue): boolean {
  if (name === 'VLLM_LOGGING_LEVEL') {
    // Only for the configuration that vLLM makes itself.
    return others.VLLM_CONFIGURE_LOGGING !== '0' && others.VLLM_LOGGING_CONFIG_PATH === undefined;
  }
  return ALWAYS_READ.includes(name) || hasQuirk(catalogue.release, 'variables-are-read');
}

function checkType(subject: string, { name, type, default: initial }: VariableRow, value: string): Finding[] {
  if (type === undefined || type === 'list') return [];
  if (name === 'VLLM_PORT' && value.includes('://')) {
    const problem = `is ${showValue(name, value)}: vLLM reads VLLM_PORT as a port, and Kubernetes sets it to a URL for a Service named vllm`;
    return [error('wrong-variable-value', subject, problem, 'remove it')];
  }
  const isSwitch = type === 'int' && typeof initial === 'boolean';
  return checkForm(
    subject,
    name,
    value,
    isSwitch ? { ...INTEGER, allowed: '1 or 0: vLLM reads only a number' } : FORMS[type],
  );
}

function checkForm(subject: string, name: string, value: string, { allowed, fits }: ValueForm): Finding[] {
  if (fits(value)) return [];
  const problem = `is ${showValue(name, value)}, with which the engine would exit at start`;
  return [error('wrong-variable-value', subject, problem, `give ${allowed}`)];
}

function checkVariableChoice(subject: string, row: VariableRow, value: string, { release }: Catalogue): Finding[] {
  const { name, type, fold = false, choices: allChoices } = row;
  const list = { choices: wordsAt(allChoices, release), fold, allChoices };
  const given =
    type === 'list'
      ? value
          .split(',')
          .map((each) => each.trim())
          .filter((each) => each !== '')
      : [value];
  const wrong = given.find((each) => !isChoice(each, list));
  if (wrong === undefined) return [];
  const { problem, fix } = explain(`is ${showValue(name, value)}`, wrong, list, release);
  return [error('wrong-variable-value', subject, problem, fix)];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
