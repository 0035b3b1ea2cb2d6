import type { Duration } from 'cdk8s';
import { throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { QUALIFIED_KEY } from '../shapes/kubernetes-names';
import { findingsOf, listOf, matching, wholeSeconds } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { SecretKey } from '../secrets/secret-key';
import { SECRET_KEY } from '../secrets/secret-key';

/**
 * How Prometheus verifies the engine's certificate. Only for an engine that serves TLS.
 */
export interface ScrapeTlsOptions {
  /** Name in the certificate: Prometheus connects to pod IP addresses, which no certificate contains. */
  readonly serverName: string;

  /**
   * Certificate of the authority that signed the engine's certificate.
   *
   * @default - the authorities in the image of Prometheus
   */
  readonly ca?: SecretKey;
}

/**
 * How Prometheus scrapes the pods of a stack.
 */
export interface MonitorOptions {
  /**
   * Time between two scrapes, in whole seconds from 5 to 75: rates over five minutes need four scrapes.
   *
   * @default Duration.seconds(15)
   */
  readonly interval?: Duration;

  /**
   * How long a scrape may take, in whole seconds; at most the interval.
   *
   * @default - 10 seconds, or the interval if that is shorter
   */
  readonly scrapeTimeout?: Duration;

  /**
   * Keys of pod labels that are copied to every series, such as `team` or `tenant`. Prometheus writes `_` for each
   * character that is neither a letter nor a digit: `example.com/team` becomes `example_com_team`. Set the values in
   * `podLabels` of the stack; series of a pod without the label do not have it.
   *
   * @default - only the labels that identify stacks and revisions
   */
  readonly podTargetLabels?: string[];

  /**
   * How to verify the certificate of an engine that serves TLS.
   *
   * @default - the certificate is not verified
   */
  readonly tls?: ScrapeTlsOptions;
}

const seconds = (example: string) => wholeSeconds(example, { least: 1 });

const OPTIONS = structOf<MonitorOptions>(
  {},
  {
    interval: seconds('Duration.seconds(15)'),
    scrapeTimeout: seconds('Duration.seconds(10)'),
    podTargetLabels: listOf(matching(QUALIFIED_KEY, 'a label key such as "team" or "example.com/team"')),
    tls: structOf<ScrapeTlsOptions>(
      { serverName: matching(/^[A-Za-z0-9*]([-A-Za-z0-9.]*[A-Za-z0-9])?$/, 'a name such as "llm.example.com"') },
      { ca: SECRET_KEY },
    ),
  },
);

/**
 * How Prometheus finds the pods of a stack: with exactly one object, or it would count every number twice.
 */
export class Monitor {
  /**
   * A PodMonitor of the Prometheus Operator: it scrapes each pod once, behind any number of Services, and also while
   * the pod loads.
   */
  public static pods(options: MonitorOptions = {}): Monitor {
    throwOnErrors('Monitor.pods', findingsOf(options, '', OPTIONS));
    return new Monitor(FACTORY, 'PodMonitor', options);
  }

  /** A ServiceMonitor of the Prometheus Operator, for clusters in which Prometheus selects no PodMonitors. */
  public static service(options: MonitorOptions = {}): Monitor {
    throwOnErrors('Monitor.service', findingsOf(options, '', OPTIONS));
    return new Monitor(FACTORY, 'ServiceMonitor', options);
  }

  /**
   * No object: your own configuration makes Prometheus scrape the pods. It must add the labels `namespace`, `app`,
   * `pod` and `model` to every target, so that `up` has them too. Rules and scalers expect a scrape every 15 seconds.
   */
  public static none(): Monitor {
    return new Monitor(FACTORY, undefined, {});
  }

  private constructor(
    caller: typeof FACTORY,
    /** `PodMonitor` or `ServiceMonitor`; undefined with `Monitor.none()`. */
    public readonly kind: string | undefined,
    /** Options of the scrapes. */
    public readonly options: MonitorOptions,
  ) {
    brandMade(this, 'Monitor', caller);
  }
}
