import type { Finding } from '../preflight/finding';
import { error, throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { DNS_SUBDOMAIN } from '../shapes/kubernetes-names';
import { findingsOf, listOf, matching, oneOf } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { SecretKey, SecretReference } from '../secrets/secret-key';
import { SECRET_KEY, secretReference } from '../secrets/secret-key';
import type {
  AwsPodIdentityOptions,
  AzureWorkloadIdentityOptions,
  PrometheusAuthorityOptions,
  PrometheusTlsOptions,
} from './prometheus-authentication-options';

/** Stands for an object with the identity of a pod: KEDA has no mode for it, and refuses it beside one. */
const POD_IDENTITY = 'podIdentity';

/** Modes of KEDA's Prometheus scaler that do something: `oauth` and `apiKey` parse but add nothing. */
const MODES = ['basic', 'bearer', 'custom', 'tls', POD_IDENTITY];

/** Modes that each send a header. KEDA sends one, of the first of these (pkg/scalers/prometheus_scaler.go). */
const HEADERS = ['bearer', 'basic', 'custom'];

const NAME = matching(DNS_SUBDOMAIN, 'the name of an object: lower-case letters, digits, "-" and "."');

const AUTHORITY = structOf<PrometheusAuthorityOptions>({}, { ca: SECRET_KEY });

const AWS = structOf<AwsPodIdentityOptions>(
  {},
  {
    region: matching(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'a region of AWS such as "us-east-1", without a zone'),
    roleArn: matching(
      /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
      'the ARN of a role, such as "arn:aws:iam::111122223333:role/prometheus-query"',
    ),
  },
);

const AZURE = structOf<AzureWorkloadIdentityOptions>(
  {},
  {
    clientId: matching(
      /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
      'the client id of an identity, such as "11111111-2222-3333-4444-555555555555"',
    ),
  },
);

/** Modes that exclude each other. */
function modeFindings(modes: readonly string[]): Finding[] {
  const of = (problem: string, fix: string) => [error('wrong-value', 'modes', problem, fix)];
  if (modes.includes('basic') && modes.includes('bearer')) {
    return of('has both basic and bearer, which KEDA refuses together', 'keep one of them');
  }
  if (modes.includes(POD_IDENTITY) && modes.length > 1) {
    const others = modes.filter((mode) => mode !== POD_IDENTITY).join(', ');
    return of(`has podIdentity with ${others}, and KEDA refuses an identity beside secrets`, 'keep one of them');
  }
  const [sent, ...unsent] = HEADERS.filter((mode) => modes.includes(mode));
  if (unsent.length === 0) return [];
  return of(`has ${sent} and ${unsent.join(', ')}, and KEDA sends the header of ${sent} only`, 'keep one of them');
}

/** The identity of a pod in a cloud. */
export interface IdentityPlan {
  readonly provider: 'aws' | 'azure-workload' | 'gcp';
  readonly roleArn?: string;
  readonly identityId?: string;
}

/** How to authenticate to Prometheus, as a plan holds it. */
export interface AuthenticationPlan {
  readonly modes: readonly string[];
  /** Keys of Secrets, by the parameter of KEDA's scaler. */
  readonly secrets: Readonly<Record<string, SecretReference>>;
  /** The object that exists; undefined when one is created. */
  readonly existing: { readonly kind: string; readonly name: string } | undefined;
  /** The identity that KEDA takes; undefined for Secrets, and for an object that exists. */
  readonly identity: IdentityPlan | undefined;
  /** Region that queries are signed for; undefined without an identity in AWS. */
  readonly awsRegion: string | undefined;
}

type Parts = Pick<AuthenticationPlan, 'modes'> &
  Partial<Pick<AuthenticationPlan, 'existing' | 'identity' | 'awsRegion'>> & {
    readonly secrets?: Readonly<Record<string, SecretKey | undefined>>;
  };

/**
 * How to authenticate to Prometheus. The library creates a KEDA TriggerAuthentication that refers to the Secrets, or
 * refers to one that exists.
 */
export class PrometheusAuthentication {
  /** A token in the `Authorization` header. */
  public static bearer(token: SecretKey, options: PrometheusAuthorityOptions = {}): PrometheusAuthentication {
    const shape = structOf<{ token: SecretKey }>({ token: SECRET_KEY }, {});
    throwOnErrors('PrometheusAuthentication.bearer', [
      ...findingsOf({ token }, '', shape),
      ...findingsOf(options, '', AUTHORITY),
    ]);
    return new PrometheusAuthentication(FACTORY, {
      modes: ['bearer'],
      secrets: { bearerToken: token, ca: options.ca },
    });
  }

  /** User name and password. */
  public static basic(
    username: SecretKey,
    password: SecretKey,
    options: PrometheusAuthorityOptions = {},
  ): PrometheusAuthentication {
    const shape = structOf<{ username: SecretKey; password: SecretKey }>(
      { username: SECRET_KEY, password: SECRET_KEY },
      {},
    );
    throwOnErrors('PrometheusAuthentication.basic', [
      ...findingsOf({ username, password }, '', shape),
      ...findingsOf(options, '', AUTHORITY),
    ]);
    return new PrometheusAuthentication(FACTORY, { modes: ['basic'], secrets: { username, password, ca: options.ca } });
  }

  /** A header of any name, such as `X-Scope-OrgID`. Name and value both come from the Secret. */
  public static header(
    name: SecretKey,
    value: SecretKey,
    options: PrometheusAuthorityOptions = {},
  ): PrometheusAuthentication {
    const shape = structOf<{ name: SecretKey; value: SecretKey }>({ name: SECRET_KEY, value: SECRET_KEY }, {});
    throwOnErrors('PrometheusAuthentication.header', [
      ...findingsOf({ name, value }, '', shape),
      ...findingsOf(options, '', AUTHORITY),
    ]);
    const secrets = { customAuthHeader: name, customAuthValue: value, ca: options.ca };
    return new PrometheusAuthentication(FACTORY, { modes: ['custom'], secrets });
  }

  /** Mutual TLS. */
  public static tls(options: PrometheusTlsOptions): PrometheusAuthentication {
    const shape = structOf<PrometheusTlsOptions>({ ca: SECRET_KEY, certificate: SECRET_KEY, key: SECRET_KEY }, {});
    throwOnErrors('PrometheusAuthentication.tls', findingsOf(options, '', shape));
    const secrets = { ca: options.ca, cert: options.certificate, key: options.key };
    return new PrometheusAuthentication(FACTORY, { modes: ['tls'], secrets });
  }

  /** Signed queries for Amazon Managed Service for Prometheus, with the role of KEDA's service account or another one. */
  public static awsPodIdentity(options: AwsPodIdentityOptions = {}): PrometheusAuthentication {
    throwOnErrors('PrometheusAuthentication.awsPodIdentity', findingsOf(options, '', AWS));
    const { region: awsRegion, roleArn } = options;
    return new PrometheusAuthentication(FACTORY, { modes: [], identity: { provider: 'aws', roleArn }, awsRegion });
  }

  /** A token of Microsoft Entra for Azure Monitor, with the identity of KEDA's service account or another one. */
  public static azureWorkloadIdentity(options: AzureWorkloadIdentityOptions = {}): PrometheusAuthentication {
    throwOnErrors('PrometheusAuthentication.azureWorkloadIdentity', findingsOf(options, '', AZURE));
    const identity = { provider: 'azure-workload', identityId: options.clientId } as const;
    return new PrometheusAuthentication(FACTORY, { modes: [], identity });
  }

  /**
   * A token of Google Cloud for its Managed Service for Prometheus, with the identity of KEDA's service account. That
   * needs the role Monitoring Viewer.
   */
  public static gcpPodIdentity(): PrometheusAuthentication {
    return new PrometheusAuthentication(FACTORY, { modes: [], identity: { provider: 'gcp' } });
  }

  /**
   * A TriggerAuthentication that exists in the stack's namespace.
   *
   * @param modes what it provides, at least one: `basic`, `bearer` or `custom`, and `tls`; or `podIdentity` alone
   */
  public static existing(name: string, modes: string[]): PrometheusAuthentication {
    return PrometheusAuthentication.reference('existing', 'TriggerAuthentication', name, modes);
  }

  /**
   * A ClusterTriggerAuthentication that exists.
   *
   * @param modes what it provides, at least one: `basic`, `bearer` or `custom`, and `tls`; or `podIdentity` alone
   */
  public static existingCluster(name: string, modes: string[]): PrometheusAuthentication {
    return PrometheusAuthentication.reference('existingCluster', 'ClusterTriggerAuthentication', name, modes);
  }

  private static reference(factory: string, kind: string, name: string, given: string[]): PrometheusAuthentication {
    const shape = structOf<{ name: string; modes: string[] }>({ name: NAME, modes: listOf(oneOf(...MODES), 1) }, {});
    const subject = `PrometheusAuthentication.${factory}`;
    throwOnErrors(subject, findingsOf({ name, modes: given }, '', shape));
    throwOnErrors(subject, modeFindings(given));
    const modes = given.filter((mode) => mode !== POD_IDENTITY);
    return new PrometheusAuthentication(FACTORY, { modes, existing: { kind, name } });
  }

  /**
   * How KEDA authenticates: `basic`, `bearer`, `custom`, `tls`. Empty with an identity of a cloud.
   */
  public readonly modes: string[];

  /** @internal */
  public readonly _plan: AuthenticationPlan;

  private constructor(caller: typeof FACTORY, parts: Parts) {
    brandMade(this, 'PrometheusAuthentication', caller);
    const { modes, secrets = {}, existing, identity, awsRegion } = parts;
    const references = Object.entries(secrets).flatMap(([parameter, key]) =>
      key === undefined ? [] : [[parameter, secretReference(key)]],
    );
    this.modes = [...modes];
    this._plan = { modes, secrets: Object.fromEntries(references), existing, identity, awsRegion };
  }
}
