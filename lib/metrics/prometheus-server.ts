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
   * How to prove who asks.
   *
   * @default - nothing is asked for
   */
  readonly authentication?: PrometheusAuthentication;
}

const ADDRESS = structOf<{ address: string }>(
  {
    address: matching(
      /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*[^\s?#/])?$/,
      'an address such as "http://prometheus.monitoring:9090", without a slash at its end',
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
  const problem = 'holds a user name or a password, and is not printed for that reason';
  return [error('wrong-value', 'address', problem, 'use PrometheusAuthentication.basic')];
}

/**
 * A Prometheus server, or what speaks its query API: Thanos, Mimir, VictoriaMetrics.
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
      throwOnErrors('PrometheusServer.at', [error('wrong-value', 'address', problem, 'begin it with https://')]);
    }
    return new PrometheusServer(address, options.authentication);
  }

  private constructor(
    /** Address without a slash at its end. */
    public readonly address: string,
    /** How to prove who asks, if that is needed. */
    public readonly authentication: PrometheusAuthentication | undefined,
  ) {
    brand(this, 'PrometheusServer');
  }
}
