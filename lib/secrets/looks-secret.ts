/** Names whose values are secrets, except Google's variable, which is the path of a file. */
const SECRET_NAME =
  /^(?!GOOGLE_APPLICATION_CREDENTIALS$)(.*_)?([A-Z]*PASSWORD|PASSWD|PASS|PASSPHRASE|TOKEN|SECRET|PAT|AUTH|API_KEY|ACCESS_KEY|ACCESS_KEY_ID|PRIVATE_KEY|CREDENTIALS?|OTLP_([A-Z]+_)?HEADERS)$/i;

/**
 * Keys of JSON, or of a dotted flag, whose values are secrets. A tokenizer has many keys that end in `_token`, so only
 * those of an access token count.
 */
const SECRET_JSON_KEY =
  /^(.*_)?(password|passwd|passphrase|secret|secret_key|api_key|access_key|secret_access_key|access_key_id|private_key|credentials?|(access|auth|api|bearer|refresh|session|security|hf)_token)$/;

/** Values of such a key that are no secret: a file, a word for none, or what fills a gap. */
const HARMLESS_IN_JSON = /^(\/|\.\/|~\/|\$\{)|^(|empty|none|null|dummy|auto)$/i;

/** Values that are never a secret: a switch (HF_HUB_DISABLE_IMPLICIT_TOKEN), or a reference to a variable. */
const HARMLESS = /^(0|1|true|false|yes|no|on|off)$|\$\([A-Za-z_][A-Za-z0-9_]*\)/i;

/** Tokens and keys with a known prefix, also inside longer values. */
const KNOWN = [
  /hf_[A-Za-z0-9]{20,}/, // Hugging Face Hub
  /sk-[A-Za-z0-9_-]{20,}/, // OpenAI and those like it
  /AKIA[0-9A-Z]{16}/, // AWS
  /gh[opusr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}/, // GitHub
  /glpat-[A-Za-z0-9_-]{20,}/, // GitLab
  /nvapi-[A-Za-z0-9_-]{20,}/, // NVIDIA
  /AIza[A-Za-z0-9_-]{30,}/, // Google
  /xox[bp]-[A-Za-z0-9-]{10,}/, // Slack
  /eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/, // a JSON Web Token
];

const SECRET_VALUES = [
  new RegExp(`(?<![A-Za-z0-9_/-])(${KNOWN.map(({ source }) => source).join('|')})`),
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  // A URL with a password, and a header with a token; either may be a reference to a variable, `$(NAME)`.
  /[a-z][a-z0-9+.-]*:\/\/[^\s/?#:@"]*:(?!\$\()[^\s/?#@"]+@/i,
  /\bBearer(\s+|%20)(?!\$\()(?=\S{20}|\S*\d)\S{8}/i,
];

/** Whether a variable looks like a secret, by its name or by its value; JSON by each key and text in it. */
export function looksSecret(name: string, value: string): boolean {
  return (SECRET_NAME.test(name) && !HARMLESS.test(value)) || isSecretValue(value);
}

/** Whether a value of a JSON key looks like a secret; the keys are the last part of a dotted flag too. */
export function looksSecretAt(key: string, value: string): boolean {
  const name = key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
  const isSecretKey = SECRET_JSON_KEY.test(name) && !HARMLESS.test(value) && !HARMLESS_IN_JSON.test(value);
  return isSecretKey || isSecretValue(value);
}

function isSecretValue(value: string): boolean {
  const json = parsed(value);
  return json === undefined ? isSecretText(value) : isSecretJson('', json);
}

/** The items of a list have the key of the list. */
function isSecretJson(key: string, value: unknown): boolean {
  if (typeof value === 'string') return looksSecretAt(key, value);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((each) => isSecretJson(key, each));
  return Object.entries(value).some(([each, inner]) => isSecretText(each) || isSecretJson(each, inner));
}

const isSecretText = (text: string) => SECRET_VALUES.some((pattern) => pattern.test(text));

/** The object or list that a text is as JSON: a pattern over its whole text would join what belongs to several keys. */
function parsed(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}
