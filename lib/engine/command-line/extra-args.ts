import type { Argument } from './arguments';
import type { FlagName } from '../catalogue/flag-name';
import type { Catalogue } from '../catalogue/catalogue';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { looksSecret } from '../../secrets/looks-secret';

/** Flags that another property says, or that no workload can have. */
const NOT_FOR_EXTRA_ARGS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    '--model': 'say it as model',
    '--served-model-name': 'say it as servedNames in Model.of',
    '--revision': 'say it as revision in Model.of',
    '--dtype': 'say it as dtype in Model.of',
    '--quantization': 'say it as quantization in Model.of',
    '--chat-template': 'say it as chatTemplate in Model.of',
    '--tokenizer': 'say it as tokenizer in Model.of',
    '--trust-remote-code': 'say it as trustRemoteCode in Model.of',
    '--download-dir': 'say where the weights are kept as weights',
    '--shutdown-timeout': 'say it as lifecycle.drainTimeout, which the grace period follows',
    '--api-key': 'say it as apiKey: arguments are visible to everybody who may read pods',
    '--hf-token': 'say it as accessToken in Model.of: arguments are visible to everybody who may read pods',
    '--port': 'leave it out: probes, Service and NetworkPolicy use port 8000',
    '--host': 'leave it out: the pod listens on all its addresses, and the NetworkPolicy guards them',
    '--uds': 'leave it out: Kubernetes reaches the pod by port',
    '--grpc': 'leave it out: probes, metrics and routes need the HTTP server',
    '--headless': 'leave it out: a pod without HTTP server never becomes ready',
    '--config': 'say the options in engine: a file would go past every check',
  } satisfies Partial<Record<FlagName, string>>),
);

/** What `extraArgs` are checked with. */
export interface Owners {
  readonly catalogue: Catalogue;
  /** Flags that the kind of workload decides, each with what to do instead. */
  readonly ownedFlags: Readonly<Partial<Record<FlagName, string>>>;
}

/** The property that says a flag instead, or undefined for a flag that `extraArgs` may say. */
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

/** Secrets on the command line, by whichever way they came there. */
export function secretFindings(args: readonly Argument[], owners: Owners): Finding[] {
  const secret = args.filter(
    ({ flag, values }) => owner(flag, owners) === undefined && values.some((value) => looksSecret('', value)),
  );
  return secret.map(({ origin, flag }) => {
    const problem = `${flag} carries what looks like a secret, and everybody who reads the YAML would see it`;
    const fix = 'put it into a Secret and say it in secretEnv with SecretKey.of';
    return error('secret-as-text', origin, problem, fix);
  });
}
