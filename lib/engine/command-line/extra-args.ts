import type { Argument } from './arguments';
import type { FlagName } from '../catalogue/flag-name';
import type { Catalogue } from '../catalogue/catalogue';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { looksSecretAt } from '../../secrets/looks-secret';

/** Flags that belong to another property, or that no workload can use. */
const NOT_FOR_EXTRA_ARGS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    '--model': 'set model instead',
    '--served-model-name': 'set servedNames in Model.of instead',
    '--revision': 'set revision in Model.of instead',
    '--dtype': 'set dtype in Model.of instead',
    '--quantization': 'set quantization in Model.of instead',
    '--chat-template': 'set chatTemplate in Model.of instead',
    '--tokenizer': 'set tokenizer in Model.of instead',
    '--trust-remote-code': 'set trustRemoteCode in Model.of instead',
    '--download-dir': 'set weights instead: it decides where the weights are stored',
    '--shutdown-timeout': 'set lifecycle.drainTimeout instead: the grace period follows it',
    '--api-key': 'set apiKey instead: anyone who can read pods can see arguments',
    '--hf-token': 'set accessToken in Model.of instead: anyone who can read pods can see arguments',
    '--port': 'remove it: probes, Service and NetworkPolicy use port 8000',
    '--host': 'remove it: the pod listens on all its addresses, and the NetworkPolicy protects them',
    '--uds': 'remove it: Kubernetes reaches the pod by port',
    '--grpc': 'remove it: probes, metrics and routes need the HTTP server',
    '--headless': 'remove it: a pod without an HTTP server never becomes ready',
    '--config': 'set the options in engine instead: the options in a file would not be checked',
  } satisfies Partial<Record<FlagName, string>>),
);

/** What `extraArgs` are checked with. */
export interface Owners {
  readonly catalogue: Catalogue;
  /** Flags that the kind of workload decides, each with what to do instead. */
  readonly ownedFlags: Readonly<Partial<Record<FlagName, string>>>;
}

/** What to set instead of a flag, or undefined for a flag that is allowed in `extraArgs`. */
function owner(flag: string, { catalogue, ownedFlags }: Owners): string | undefined {
  const name = catalogue.flag(flag)?.flag.name ?? flag;
  return NOT_FOR_EXTRA_ARGS.get(name) ?? ownedFlags[name as FlagName];
}

/** Flags of `extraArgs` that belong elsewhere. */
export function ownedFindings(extra: readonly Argument[], owners: Owners): Finding[] {
  return extra.flatMap(({ origin, flag }) => {
    const instead = owner(flag, owners);
    return instead === undefined ? [] : [error('owned-flag', origin, `${flag} is not for extraArgs`, instead)];
  });
}

/** The last key of a dotted flag: `secret_access_key` of `--model-loader-extra-config.s3.secret_access_key`. */
const keyOf = (flag: string) => (flag.includes('.') ? flag.slice(flag.lastIndexOf('.') + 1) : '');

/** Secrets on the command line, from any property. */
export function secretFindings(args: readonly Argument[], owners: Owners): Finding[] {
  const secret = args.filter(
    ({ flag, values }) =>
      owner(flag, owners) === undefined && values.some((value) => looksSecretAt(keyOf(flag), value)),
  );
  return secret.map(({ origin, flag }) => {
    const problem = `${flag} has a value that looks like a secret, and anyone who can read the YAML can see it`;
    const fix = 'put it into a Secret and set it in secretEnv with SecretKey.of';
    return error('secret-as-text', origin, problem, fix);
  });
}
