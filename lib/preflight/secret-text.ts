/**
 * Tokens and keys that their prefix gives away, also inside longer texts. Nothing is guessed from randomness: digests,
 * commits and UUIDs are random too.
 */
const TOKENS = [
  /hf_[A-Za-z0-9]{20,}|api_org_[A-Za-z0-9]{20,}/, // Hugging Face Hub
  // OpenAI and those like it. Words have no digits and capitals in one, so `sk-prod-inference-cluster` is a name.
  /sk-(?:proj|ant|svcacct|admin)-[A-Za-z0-9_-]{20,}/,
  /sk-(?=[a-z0-9_-]{0,80}[A-Z])(?=[A-Za-z_-]{0,80}\d)[A-Za-z0-9_-]{20,}|sk-(?:[a-z]{2,5}-v\d+-)?(?=[a-z]{0,80}\d)[a-f0-9]{24,}/,
  /(?:sk|rk)_live_[A-Za-z0-9]{16,}/, // Stripe
  /gsk_[A-Za-z0-9]{30,}/, // Groq
  /(?:AKIA|ASIA)[0-9A-Z]{16}/, // AWS
  /gh[opusr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}/, // GitHub
  /gl(?:pat|dt|rt|cbt)-[A-Za-z0-9_-]{20,}/, // GitLab
  /nvapi-[A-Za-z0-9_-]{20,}/, // NVIDIA
  /AIza[A-Za-z0-9_-]{30,}|ya29\.[A-Za-z0-9_-]{20,}/, // Google
  /xox[abeoprs]-[A-Za-z0-9-]{10,}|xapp-\d-[A-Za-z0-9-]{20,}/, // Slack
  /dckr_pat_[A-Za-z0-9_-]{20,}/, // Docker Hub
  /npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_-]{50,}/, // npm, PyPI
  /hv[sbr]\.[A-Za-z0-9_-]{20,}/, // Vault
  /gl(?:sa|c)_[A-Za-z0-9_=]{30,}/, // Grafana
  /eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/, // a JSON Web Token
].map(({ source }) => `(?<![A-Za-z0-9_/-])(?:${source})`);

/**
 * Secrets that their surroundings give away. Either may be a reference to a variable, `$(NAME)`. Each pattern has a
 * bounded beginning: a value from outside may be a whole file.
 */
const PLACES = [
  // What follows is the key itself.
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----[A-Za-z0-9+/=\s\\]*/,
  // User and password of a URL.
  /(?<=(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,30}:\/\/)[^\s/?#:@"]*:(?!\$\(|\$\{|@)[^\s/?#@"]+(?=@)/,
  /(?<=\bBearer(?:\s|%20){1,8})(?!\$\()(?=\S{20}|\S{0,80}\d)[^\s"']{8,}/i,
  /(?<=\bBasic(?:\s|%20){1,8})(?!\$\()(?=[A-Za-z+/]*\d)(?=[a-z0-9+/]*[A-Z])[A-Za-z0-9+/]{16,}={0,2}/,
  // The address of an incoming webhook is the permission to write there.
  /(?<=hooks\.slack\.com\/(?:services|workflows|triggers)\/)[A-Za-z0-9/]{20,}/,
  /(?<=discord(?:app)?\.com\/api\/webhooks\/)\d+\/[A-Za-z0-9_-]{20,}/,
  // Signed addresses, and tokens in a query.
  /(?<=[?&](?:X-Amz-Signature|X-Goog-Signature|sig|access_token|api_key|apikey|token|password)=)(?!\$\(|\$\{|\{\{|&|$)[^\s&"'<]{8,}/i,
];

/** User and password in front of a host without a scheme: it may also be an address of e-mail, so it is not refused. */
const PERHAPS = /(?<=(?<![^\s"'])[\w.-]{1,60}:)[^\s/?#@":]{3,}(?=@(?!sha\d)[a-z0-9-]+(?:[.:][a-z0-9-]+)+(?:\/|"|$))/;

const SECRETS = [new RegExp(TOKENS.join('|')), ...PLACES];
const ALL = [...SECRETS, PERHAPS].map(({ source, flags }) => new RegExp(source, `${flags}g`));

/** Whether a text has a secret in it, by its form. */
export const hasSecret = (text: string): boolean => SECRETS.some((pattern) => pattern.test(text));

/** A text without the secrets in it: messages end up in build logs. */
export const withoutSecrets = (text: string): string =>
  ALL.reduce((left, pattern) => left.replace(pattern, '<a secret that is not printed>'), text);
