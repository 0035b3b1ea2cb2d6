/** Canaries and blue-green rollouts. Times are in seconds, shares of requests in percent. */
export const DELIVERY = {
  /**
   * A share that finds gross mistakes at the price of one replica, two at which load shows, and the promotion.
   */
  weights: [5, 25, 50, 100],
  /** As all rules and dashboards: 20 scrapes of 15 s. */
  window: 300,
  /** First requests warm caches and graphs; a gateway has a new weight within a second (measured). */
  warmUp: 60,
  /** A new measurement has a fifth of new data. */
  interval: 60,
  /** Three in a row are three times the same verdict; a single one may be chance. */
  successes: 3,
  /** One bad minute, such as a cold cache or a missed scrape, is not a bad version. */
  failures: 1,
  /** Ten minutes to collect requests, before a person is asked. */
  measurements: 10,
  /**
   * Failed queries in a row before an abort: Argo Rollouts repeats one after 10 s (analysis.DefaultErrorRetryInterval), and
   * a restart of Prometheus takes minutes.
   */
  queryErrors: 30,
  /** The default of Argo Rollouts. */
  queryTimeout: 30,
  /** With 3/p requests and no error among them, the share of errors is below p with 95 % confidence (rule of three). */
  ruleOfThree: 3,
  /**
   * Bad requests that decide: a percentile is measured over as many requests as allow ten slow ones, so that one more or
   * less does not decide; and a version fails, even with few requests, with ten bad ones above its limit.
   */
  badRequests: 10,
  /** Fewest requests for any percentile. */
  leastRequests: 50,
  /** Share of failed requests at which a version is stopped at once: one in five is no longer chance or load. */
  faultShare: 0.2,
  /** Short, since all requests of the canary may fail; at least four scrapes. */
  faultWindow: 60,
  faultInterval: 30,
  /** The minimum that Argo Rollouts recommends: nodes and gateways need seconds to remove an endpoint. They hold GPUs. */
  scaleDownDelay: 30,
  /**
   * The least: 0 would keep the new version for ever. Pods that end still answer, and gateways have the weight 0 before
   * they are gone. Until then, Argo Rollouts 1.9.1 changes the Service of the canary some ten times a second
   * (argoproj/argo-rollouts#3078), and Istio waits for a quiet moment: with 5 s, the new version had requests for 0.5 to 10 s
   * after an abort, with 1 s for 0.3 s (measured; none was lost).
   */
  abortScaleDownDelay: 1,
  /**
   * An abort is instant, and no request is lost at the promotion. When true, the old version has no pods left when its
   * Service changes to the new ones: Envoy Gateway answered 503 for 34 ms in one of five promotions (measured).
   */
  dynamicStableScale: false,
  /** All requests. */
  maxWeight: 100,
} as const;
