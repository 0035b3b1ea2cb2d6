/** Names whose values are secrets, except Google's variable, which is the path of a file. */
const SECRET_NAME =
  /^(?!GOOGLE_APPLICATION_CREDENTIALS$)(.*_)?([A-Z]*PASSWORD|PASSWD|PASS|PASSPHRASE|TOKEN|SECRET|PAT|AUTH|API_KEY|ACCESS_KEY|ACCESS_KEY_ID|PRIVATE_KEY|CREDENTIALS?|OTLP_([A-Z]+_)?HEADERS)$/i;

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
  /[a-z][a-z0-9+.-]*:\/\/[^\s/?#:@]*:(?!\$\()[^\s/?#@]+@/i,
  /\bBearer(\s+|%20)(?!\$\()(?=\S{20}|\S*\d)\S{8}/i,
];

/** Whether a variable looks like a secret, by its name or by its value. */
export function looksSecret(name: string, value: string): boolean {
  return (SECRET_NAME.test(name) && !HARMLESS.test(value)) || SECRET_VALUES.some((pattern) => pattern.test(value));
}
