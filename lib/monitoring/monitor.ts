import type { Duration } from 'cdk8s';
import { throwOnErrors } from '../preflight/finding';
import { brand } from '../shapes/brand';
import { QUALIFIED_KEY } from '../shapes/kubernetes-names';
import { findingsOf, instance, listOf, matching, wholeSeconds } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { SecretKey } from '../secrets/secret-key';

/**
 * How Prometheus verifies the engine's certificate. Only for an engine that serves TLS.
 */
export interface ScrapeTlsOptions {
  /** Name in the certificate: Prometheus reaches the pods by their addresses, which no certificate has. */
  readonly serverName: string;

  /**
   * Certificate of the authority that signed the engine's.
   *
   * @default - the authorities that Prometheus' own image knows
   */
  readonly ca?: SecretKey;
}

/**
 * How Prometheus scrapes the pods of a stack.
 */
export interface MonitorOptions {
  /**
   * Time between two scrapes, in whole seconds from 5 to 75: rates over five minutes need four of them.
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
   * Keys of labels of the pods that every series gets too, such as `team` or `tenant`. Prometheus writes `_` for what is
   * neither a letter nor a digit: `example.com/team` becomes `example_com_team`. `podLabels` of the stack says the values;
   * series of a pod without the label do not have it.
   *
   * @default - only those that tell stacks and revisions apart
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
      { ca: instance<SecretKey>('SecretKey', 'SecretKey.of(secretName, key)') },
    ),
  },
);

/**
 * Who tells Prometheus to scrape a stack: exactly one object, or every number would be counted twice.
 */
export class Monitor {
  /**
   * A PodMonitor of the Prometheus Operator: each pod once, however many Services it is behind, and also while it loads.
   */
  public static pods(options: MonitorOptions = {}): Monitor {
    throwOnErrors('Monitor.pods', findingsOf(options, '', OPTIONS));
    return new Monitor('PodMonitor', options);
  }

  /** A ServiceMonitor of the Prometheus Operator, for clusters in which Prometheus takes no PodMonitors. */
  public static service(options: MonitorOptions = {}): Monitor {
    throwOnErrors('Monitor.service', findingsOf(options, '', OPTIONS));
    return new Monitor('ServiceMonitor', options);
  }

  /**
   * No object: somebody else makes Prometheus scrape the pods, and gives every target the labels `namespace`, `app`,
   * `pod` and `model`, so that `up` has them too. Rules and scalers count on a scrape each 15 seconds.
   */
  public static none(): Monitor {
    return new Monitor(undefined, {});
  }

  private constructor(
    /** `PodMonitor` or `ServiceMonitor`; undefined when somebody else scrapes. */
    public readonly kind: string | undefined,
    /** What was said about the scrapes. */
    public readonly options: MonitorOptions,
  ) {
    brand(this, 'Monitor');
  }
}
