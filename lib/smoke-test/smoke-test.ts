import { TIMING } from '../defaults';
import type { Finding } from '../preflight/finding';
import { error, throwOnErrors } from '../preflight/finding';
import { SECRET_KEY } from '../secrets/secret-key';
import { brandMade, FACTORY } from '../shapes/brand';
import { pinnedImage } from '../shapes/pinned-image';
import { findingsOf, shape, wholeSeconds } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { SmokeTestOptions } from './smoke-test-options';

const HOST = '([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:]+\\])';

const URL_OF_GATEWAY = new RegExp(`^https?://${HOST}(:\\d{1,5})?$`);
const HOST_AND_PORT = new RegExp(`^${HOST}:\\d{1,5}$`);

const OPTIONS = structOf<SmokeTestOptions>(
  {},
  {
    url: shape<string>(
      'scheme, host and port without a path, for example "http://gateway.gateways.svc:8080"',
      (value) => typeof value === 'string' && URL_OF_GATEWAY.test(value) && URL.canParse(value),
    ),
    connectTo: shape<string>(
      'host and port, for example "gateway.gateways.svc:443"',
      (value) => typeof value === 'string' && HOST_AND_PORT.test(value) && URL.canParse(`http://${value}`),
    ),
    ca: SECRET_KEY,
    image: pinnedImage('curlimages/curl:8.21.0'),
    timeout: wholeSeconds('Duration.minutes(20)', { least: 10, most: TIMING.longest }),
  },
);

function caFindings({ url, ca }: SmokeTestOptions): Finding[] {
  if (ca === undefined || url?.startsWith('http:') !== true) return [];
  return [
    error('wrong-value', 'ca', `is set, but url is "${url}", without TLS`, 'begin url with https://, or remove ca'),
  ];
}

function checked(options: SmokeTestOptions, factory: string): SmokeTestOptions {
  throwOnErrors(factory, findingsOf(options, '', OPTIONS));
  throwOnErrors(factory, caFindings(options));
  return options;
}

/** How a smoke test runs. */
export type SmokeTestKind = 'job' | 'argoCdHook' | 'flux';

/**
 * A Job that asks each route as a client does: it lists the models, and streams one short answer with the key from the
 * Secret. It fails with the step that failed and what came back.
 *
 * Its pod must reach the gateway.
 */
export class SmokeTest {
  /**
   * A Job that runs once for each change of the routes and their stacks. Its name contains a hash, since a Job is
   * immutable. Kubernetes deletes it a day after it has finished; a GitOps tool would then create it again, so use
   * `argoCdHook` or `flux` there.
   */
  public static job(options: SmokeTestOptions = {}): SmokeTest {
    return new SmokeTest(FACTORY, 'job', checked(options, 'SmokeTest.job'));
  }

  /** A `PostSync` hook of Argo CD: it runs after each sync whose objects are healthy. If it fails, the sync fails. */
  public static argoCdHook(options: SmokeTestOptions = {}): SmokeTest {
    return new SmokeTest(FACTORY, 'argoCdHook', checked(options, 'SmokeTest.argoCdHook'));
  }

  /**
   * A Job that Flux replaces after each change of the routes and their stacks. With `wait: true`, its Kustomization is
   * ready when the test has passed. Its result stays until the next change.
   */
  public static flux(options: SmokeTestOptions = {}): SmokeTest {
    return new SmokeTest(FACTORY, 'flux', checked(options, 'SmokeTest.flux'));
  }

  private constructor(
    caller: typeof FACTORY,
    /** How it runs: `job`, `argoCdHook` or `flux`. */
    public readonly kind: string,
    /** How it reaches the gateway, and how long it tries. */
    public readonly options: SmokeTestOptions,
  ) {
    brandMade(this, 'SmokeTest', caller);
  }
}
