import type { Finding } from '../preflight/finding';
import { error, throwOnErrors } from '../preflight/finding';
import { brand } from '../shapes/brand';
import { findingsOf, instance, matching } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { PrometheusAuthentication } from './prometheus-authentication';

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

const ADDRESS = structOf<{ address: string }>(
  {
    address: matching(
      /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*[^\s?#/])?$/,
      'an address such as "http://prometheus.monitoring:9090", without a trailing slash',
    ),
  },
  {},
);

const OPTIONS = structOf<PrometheusServerOptions>(
  {},
  {
    authentication: instance<PrometheusAuthentication>(
      'PrometheusAuthentication',
      'PrometheusAuthentication.bearer(SecretKey.of(...))',
    ),
  },
);

function addressFindings(address: unknown): Finding[] {
  if (typeof address !== 'string' || !address.includes('@')) return findingsOf({ address }, '', ADDRESS);
  const problem = 'has a user name or a password, so it is not printed';
  return [error('wrong-value', 'address', problem, 'use PrometheusAuthentication.basic')];
}

/**
 * A Prometheus server, or a server with its query API: Thanos, Mimir, VictoriaMetrics.
 */
export class PrometheusServer {
  /**
   * A server by its address, as KEDA and Argo Rollouts reach it inside the cluster.
   *
   * @param address for example `http://prometheus.monitoring:9090`; a path is kept, a query or a password is not allowed
   */
  public static at(address: string, options: PrometheusServerOptions = {}): PrometheusServer {
    throwOnErrors('PrometheusServer.at', [...addressFindings(address), ...findingsOf(options, '', OPTIONS)]);
    if (options.authentication?.modes.includes('tls') && address.startsWith('http:')) {
      const problem = `is "${address}", and certificates are never used without TLS`;
      throwOnErrors('PrometheusServer.at', [error('wrong-value', 'address', problem, 'use https://')]);
    }
    return new PrometheusServer(address, options.authentication);
  }

  private constructor(
    /** Address without a trailing slash. */
    public readonly address: string,
    /** How to authenticate; undefined without authentication. */
    public readonly authentication: PrometheusAuthentication | undefined,
  ) {
    brand(this, 'PrometheusServer');
  }
}
