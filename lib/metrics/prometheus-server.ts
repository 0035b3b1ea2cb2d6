import type { Finding } from '../preflight/finding';
import { error, throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { findingsOf, instance } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import { awsRegionOf, managedAt } from './managed-prometheus';
import { addressFindings, addressOf } from './prometheus-address';
import type { AuthenticationPlan, PrometheusAuthentication } from './prometheus-authentication';

/**
 * Options of a Prometheus server.
 */
export interface PrometheusServerOptions {
  /**
   * How to authenticate.
   *
   * @default - no authentication
   */
  readonly authentication?: PrometheusAuthentication;
}

const OPTIONS = structOf<PrometheusServerOptions>(
  {},
  {
    authentication: instance<PrometheusAuthentication>(
      'PrometheusAuthentication',
      'PrometheusAuthentication.bearer(SecretKey.of(...))',
    ),
  },
);

/** Certificates and signatures that do not fit the address. */
function combinedFindings(address: string, authentication: AuthenticationPlan | undefined): Finding[] {
  const parts = addressOf(address);
  const of = (problem: string, fix: string) => [error('wrong-value', 'address', `is "${address}", ${problem}`, fix)];
  const service = managedAt(parts);
  if (service && !parts.tls) return of(`and ${service.name} answers with TLS only`, 'use https://');
  if (authentication === undefined) return [];
  const { modes, secrets, identity, awsRegion: set } = authentication;
  if (!parts.tls && (modes.includes('tls') || 'ca' in secrets)) {
    return of('and certificates are never used without TLS', 'use https://');
  }
  if (identity?.provider !== 'aws') return [];
  const region = awsRegionOf(parts);
  if (set === undefined && region === undefined) {
    return of('without a region of AWS, for which queries are signed', 'set region in awsPodIdentity');
  }
  if (set === undefined || region === undefined || set === region) return [];
  const problem = `and queries would be signed for "${set}", the region of awsPodIdentity`;
  return of(problem, `set region: "${region}", or remove it`);
}

/**
 * A Prometheus server, or a server with its query API: Thanos, Mimir, VictoriaMetrics, or that of a cloud.
 */
export class PrometheusServer {
  /**
   * A server by its address, as KEDA and Argo Rollouts reach it inside the cluster.
   *
   * @param address for example `http://prometheus.monitoring:9090`: scheme, host, port, and the path before `/api/v1/query`
   * if there is one. A query or a password is not allowed
   */
  public static at(address: string, options: PrometheusServerOptions = {}): PrometheusServer {
    const findings = [...addressFindings(address), ...findingsOf(options, '', OPTIONS)];
    throwOnErrors('PrometheusServer.at', findings);
    const { authentication } = options;
    throwOnErrors('PrometheusServer.at', combinedFindings(address, authentication?._plan));
    return new PrometheusServer(FACTORY, address, authentication);
  }

  /**
   * How to authenticate, with the region in the address.
   *
   * @internal
   */
  public readonly _authentication: AuthenticationPlan | undefined;

  private constructor(
    caller: typeof FACTORY,
    /** Address without a trailing slash. */
    public readonly address: string,
    /** How to authenticate; undefined without authentication. */
    public readonly authentication: PrometheusAuthentication | undefined,
  ) {
    brandMade(this, 'PrometheusServer', caller);
    const plan = authentication?._plan;
    // With modes, KEDA signs nothing; without any, the object that exists may have an identity in AWS.
    const signs = plan?.identity?.provider === 'aws' || (plan?.existing && plan.modes.length === 0);
    this._authentication =
      plan && signs ? { ...plan, awsRegion: plan.awsRegion ?? awsRegionOf(addressOf(address)) } : plan;
  }
}
