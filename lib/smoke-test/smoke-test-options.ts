import type { Duration } from 'cdk8s';
import type { SecretKey } from '../secrets/secret-key';

/**
 * How a smoke test reaches the gateway, and how long it tries.
 */
export interface SmokeTestOptions {
  /**
   * Scheme, host and port of the gateway as a pod of the cluster reaches it, without a path: `http://10.0.0.10:8080`.
   * It replaces those of every route, so routes that differ only in their hostname then get the same requests; `connectTo`
   * keeps the hostnames.
   *
   * @default - scheme, hostname and port of each route
   */
  readonly url?: string;

  /**
   * Host and port to connect to, whatever the URL has, such as `envoy-gateway.gateways.svc:443`: for hostnames that are
   * not in DNS yet, or that lead outside the cluster. The hostname of the URL stays in the request, and the certificate
   * must have it.
   *
   * @default - the host and the port of the URL
   */
  readonly connectTo?: string;

  /**
   * Certificate of the authority that signed the gateway's certificate, in PEM form, in a Secret of the Job's namespace.
   *
   * @default - the public authorities in the image
   */
  readonly ca?: SecretKey;

  /**
   * Image with `sh`, `curl` of at least 7.82, `grep`, `head`, `mktemp` and `tr`, with a tag or a digest.
   *
   * @default - the image of the curl project, of a pinned version
   */
  readonly image?: string;

  /**
   * How long the whole test may wait for gateway and replicas, in whole seconds from 10 seconds to a day. A stack that
   * scales to zero must start within it.
   *
   * @default - 20 minutes: a first start with a pull of vLLM's image
   */
  readonly timeout?: Duration;
}
