import type { Finding } from '../preflight/finding';
import { error, throwOnErrors } from '../preflight/finding';
import { brand } from '../shapes/brand';
import { DNS_SUBDOMAIN } from '../shapes/kubernetes-names';
import { findingsOf, listOf, matching, oneOf } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { SecretKey, SecretReference } from '../secrets/secret-key';
import { SECRET_KEY, secretReference } from '../secrets/secret-key';

/** Modes of KEDA's Prometheus scaler that do something: `oauth` and `apiKey` parse but add nothing. */
const MODES = ['basic', 'bearer', 'custom', 'tls'];

const NAME = matching(DNS_SUBDOMAIN, 'the name of an object: lower-case letters, digits, "-" and "."');

/** Two modes that fill the same header. */
function modeFindings(modes: readonly string[]): Finding[] {
  if (!modes.includes('basic') || !modes.includes('bearer')) return [];
  return [error('wrong-value', 'modes', 'has both basic and bearer, which KEDA refuses together', 'keep one of them')];
}

/**
 * Certificates for mutual TLS.
 */
export interface PrometheusTlsOptions {
  /** Certificate of the authority that signed the server's. */
  readonly ca: SecretKey;

  /** Certificate of the client. KEDA ignores the authority without it. */
  readonly certificate: SecretKey;

  /** Private key of the client. */
  readonly key: SecretKey;
}

/** How to authenticate to Prometheus, as a plan holds it. */
export interface AuthenticationPlan {
  readonly modes: readonly string[];
  /** Keys of Secrets, by the parameter of KEDA's scaler. */
  readonly secrets: Readonly<Record<string, SecretReference>>;
  /** The object that exists; undefined when one is created. */
  readonly existing: { readonly kind: string; readonly name: string } | undefined;
}

/**
 * How to authenticate to Prometheus. The library creates a KEDA TriggerAuthentication that refers to the Secrets, or
 * refers to one that exists.
 */
export class PrometheusAuthentication {
  /** A token in the `Authorization` header. */
  public static bearer(token: SecretKey): PrometheusAuthentication {
    const shape = structOf<{ token: SecretKey }>({ token: SECRET_KEY }, {});
    throwOnErrors('PrometheusAuthentication.bearer', findingsOf({ token }, '', shape));
    return new PrometheusAuthentication(['bearer'], { bearerToken: token });
  }

  /** User name and password. */
  public static basic(username: SecretKey, password: SecretKey): PrometheusAuthentication {
    const shape = structOf<{ username: SecretKey; password: SecretKey }>(
      { username: SECRET_KEY, password: SECRET_KEY },
      {},
    );
    throwOnErrors('PrometheusAuthentication.basic', findingsOf({ username, password }, '', shape));
    return new PrometheusAuthentication(['basic'], { username, password });
  }

  /** A header of any name, such as `X-Scope-OrgID`. Name and value both come from the Secret. */
  public static header(name: SecretKey, value: SecretKey): PrometheusAuthentication {
    const shape = structOf<{ name: SecretKey; value: SecretKey }>({ name: SECRET_KEY, value: SECRET_KEY }, {});
    throwOnErrors('PrometheusAuthentication.header', findingsOf({ name, value }, '', shape));
    return new PrometheusAuthentication(['custom'], { customAuthHeader: name, customAuthValue: value });
  }

  /** Mutual TLS. */
  public static tls(options: PrometheusTlsOptions): PrometheusAuthentication {
    const shape = structOf<PrometheusTlsOptions>({ ca: SECRET_KEY, certificate: SECRET_KEY, key: SECRET_KEY }, {});
    throwOnErrors('PrometheusAuthentication.tls', findingsOf(options, '', shape));
    return new PrometheusAuthentication(['tls'], { ca: options.ca, cert: options.certificate, key: options.key });
  }

  /**
   * A TriggerAuthentication that exists in the stack's namespace.
   *
   * @param modes what it provides, at least one: `basic` or `bearer`, `custom`, `tls`
   */
  public static existing(name: string, modes: string[]): PrometheusAuthentication {
    return PrometheusAuthentication.reference('existing', 'TriggerAuthentication', name, modes);
  }

  /**
   * A ClusterTriggerAuthentication that exists.
   *
   * @param modes what it provides, at least one: `basic` or `bearer`, `custom`, `tls`
   */
  public static existingCluster(name: string, modes: string[]): PrometheusAuthentication {
    return PrometheusAuthentication.reference('existingCluster', 'ClusterTriggerAuthentication', name, modes);
  }

  private static reference(factory: string, kind: string, name: string, modes: string[]): PrometheusAuthentication {
    const shape = structOf<{ name: string; modes: string[] }>({ name: NAME, modes: listOf(oneOf(...MODES), 1) }, {});
    const subject = `PrometheusAuthentication.${factory}`;
    throwOnErrors(subject, findingsOf({ name, modes }, '', shape));
    throwOnErrors(subject, modeFindings(modes));
    return new PrometheusAuthentication([...modes], {}, { kind, name });
  }

  /** @internal */
  public readonly _plan: AuthenticationPlan;

  private constructor(
    /** How KEDA authenticates: `basic`, `bearer`, `custom`, `tls`. */
    public readonly modes: string[],
    secrets: Readonly<Record<string, SecretKey>>,
    existing?: AuthenticationPlan['existing'],
  ) {
    brand(this, 'PrometheusAuthentication');
    const references = Object.entries(secrets).map(([parameter, key]) => [parameter, secretReference(key)]);
    this._plan = { modes, secrets: Object.fromEntries(references), existing };
  }
}
