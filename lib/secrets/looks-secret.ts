import { hasSecret } from '../preflight/secret-text';

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
  return json === undefined ? hasSecret(value) : isSecretJson('', json);
}

/** The items of a list have the key of the list. */
function isSecretJson(key: string, value: unknown): boolean {
  if (typeof value === 'string') return looksSecretAt(key, value);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((each) => isSecretJson(key, each));
  return Object.entries(value).some(([each, inner]) => hasSecret(each) || isSecretJson(each, inner));
}

/** The object or list that a text is as JSON: a pattern over its whole text would join what belongs to several keys. */
function parsed(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}
