import { Duration } from 'cdk8s';
import { Monitor, PrometheusAuthentication, PrometheusServer, Scaling, SecretKey } from '../../../lib';
import type { Props } from '../../support/rollout';
import { stackWith } from '../../support/stack';
import { deliveryLines, errorsOf, withBlueGreen, withCanary } from '../../support/rollout';

const KEY = SecretKey.of('prometheus', 'key');
const serverWith = (authentication: PrometheusAuthentication, scheme = 'http'): PrometheusServer =>
  PrometheusServer.at(`${scheme}://thanos:9090`, { authentication });
const scaledBy = (authentication: PrometheusAuthentication): Scaling =>
  Scaling.keda({ maxReplicas: 4, prometheus: serverWith(authentication) });

describe('findings about the analysis', () => {
  test.each<[what: string, props: Props]>([
    ['a window of four scrapes', withCanary({ analysis: { window: Duration.seconds(60) } })],
    ['an interval of one scrape', withCanary({ analysis: { interval: Duration.seconds(15) } })],
    [
      'the default window with long scrapes',
      withCanary({}, { monitor: Monitor.pods({ interval: Duration.minutes(2) }) }),
    ],
    ['as few measurements as may fail and must pass', withCanary({ analysis: { measurements: 4 } })],
    ['one measurement that decides', withCanary({ analysis: { measurements: 1, successes: 1, failures: 0 } })],
    ['just enough requests at the first weight', withCanary({ analysis: { requestRate: 20 } })],
    ['fewer requests with a larger first weight', withCanary({ analysis: { requestRate: 10 }, weights: [10, 50] })],
    ['few requests that are enough', withCanary({ analysis: { requestRate: 10, minRequests: 150 } })],
    ['a token for Prometheus', withCanary({ prometheus: serverWith(PrometheusAuthentication.bearer(KEY)) })],
    ['a header for Prometheus', withCanary({ prometheus: serverWith(PrometheusAuthentication.header(KEY, KEY)) })],
    ['the token of the scaler', withCanary({}, { scaling: scaledBy(PrometheusAuthentication.bearer(KEY)) })],
    [
      'a Prometheus of its own beside an object of KEDA for the scaler',
      withCanary(
        { prometheus: PrometheusServer.at('http://thanos:9090') },
        { scaling: scaledBy(PrometheusAuthentication.existing('thanos', ['basic'])) },
      ),
    ],
  ])('accept %s', (_what, props) => {
    expect(deliveryLines(props)).toEqual([]);
  });

  test.each<[what: string, props: Props, ...lines: string[]]>([
    [
      'a window shorter than four scrapes',
      withCanary({ analysis: { window: Duration.seconds(59) } }),
      'delivery.analysis.window: is 59 s, shorter than four scrapes of 15 s: one missed scrape leaves no data; use 60 s or more [analysis-window-too-short]',
    ],
    [
      'a window shorter than four scrapes of the own monitor',
      withCanary(
        { analysis: { window: Duration.seconds(100) } },
        { monitor: Monitor.pods({ interval: Duration.seconds(30) }) },
      ),
      'delivery.analysis.window: is 100 s, shorter than four scrapes of 30 s: one missed scrape leaves no data; use 120 s or more [analysis-window-too-short]',
    ],
    [
      'an interval shorter than a scrape',
      withCanary({ analysis: { interval: Duration.seconds(14) } }),
      'delivery.analysis.interval: is 14 s, shorter than a scrape of 15 s: measurements would repeat the same data; use 15 s or more [analysis-interval-too-short]',
    ],
    [
      'fewer measurements than must pass',
      withCanary({ analysis: { measurements: 2, failures: 0 } }),
      'delivery.analysis.measurements: is 2, and 3 must pass in a row while 0 may fail: Argo Rollouts refuses fewer than both together, and every rollout would abort; use 3 or more, or set fewer successes or failures [analysis-measurements]',
    ],
    [
      'fewer measurements than may fail and must pass',
      withCanary({ analysis: { measurements: 3 } }),
      'delivery.analysis.measurements: is 3, and 3 must pass in a row while 1 may fail: Argo Rollouts refuses fewer than both together, and every rollout would abort; use 4 or more, or set fewer successes or failures [analysis-measurements]',
    ],
    [
      'more failures than measurements',
      withCanary({ analysis: { failures: 20 } }),
      'delivery.analysis.measurements: is 10, and 3 must pass in a row while 20 may fail: Argo Rollouts refuses fewer than both together, and every rollout would abort; use 23 or more, or set fewer successes or failures [analysis-measurements]',
    ],
    [
      'too few requests at the first weight',
      withCanary({ analysis: { requestRate: 10 } }),
      'delivery.analysis.requestRate: is 10/s: at 5 %, the new version gets 150 requests in 300 s, and the guard error-rate needs 300, so every rollout would pause; set analysis.window to 600 s or more, begin weights with 10, or set a smaller analysis.minRequests [analysis-requests]',
    ],
    [
      'too few requests at any weight',
      withCanary({ analysis: { requestRate: 0.01 } }),
      'delivery.analysis.requestRate: is 0.01/s: at 5 %, the new version gets 0 requests in 300 s, and the guard error-rate needs 300, so every rollout would pause; set analysis.window to 600000 s or more, or set a smaller analysis.minRequests [analysis-requests]',
    ],
    [
      'too few requests after the switch of blue-green',
      withBlueGreen({ analysis: { requestRate: 0.5 } }),
      'delivery.analysis.requestRate: is 0.5/s: at 100 %, the new version gets 150 requests in 300 s, and the guard error-rate needs 300, so every rollout would pause; set analysis.window to 600 s or more, or set a smaller analysis.minRequests [analysis-requests]',
    ],
    [
      'a user and a password for Prometheus',
      withCanary({ prometheus: serverWith(PrometheusAuthentication.basic(KEY, KEY)) }),
      'delivery.prometheus: authenticates by basic, which Argo Rollouts does not support for Prometheus; use PrometheusAuthentication.bearer or header, or an address without authentication [rollout-authentication]',
    ],
    [
      'a client certificate for Prometheus',
      withCanary({
        prometheus: serverWith(PrometheusAuthentication.tls({ ca: KEY, certificate: KEY, key: KEY }), 'https'),
      }),
      'delivery.prometheus: authenticates by tls, which Argo Rollouts does not support for Prometheus; use PrometheusAuthentication.bearer or header, or an address without authentication [rollout-authentication]',
    ],
    [
      'a private authority',
      withCanary({ prometheus: serverWith(PrometheusAuthentication.bearer(KEY, { ca: KEY }), 'https') }),
      'delivery.prometheus: authenticates with a private authority (ca), which Argo Rollouts does not support for Prometheus; use PrometheusAuthentication.bearer or header, or an address without authentication [rollout-authentication]',
    ],
    [
      'an identity in Azure',
      withCanary({}, { scaling: scaledBy(PrometheusAuthentication.azureWorkloadIdentity()) }),
      'scaling.prometheus: authenticates by an identity in Azure, which Argo Rollouts does not support for Prometheus; set prometheus in the delivery, with PrometheusAuthentication.bearer or header, or an address without authentication [rollout-authentication]',
    ],
    [
      'an identity in Google Cloud',
      withBlueGreen({}, { scaling: scaledBy(PrometheusAuthentication.gcpPodIdentity()) }),
      'scaling.prometheus: authenticates by an identity in Google Cloud, which Argo Rollouts does not support for Prometheus; set prometheus in the delivery, with PrometheusAuthentication.bearer or header, or an address without authentication [rollout-authentication]',
    ],
    [
      'signed queries to a host that Argo Rollouts does not know',
      withCanary({}, { scaling: scaledBy(PrometheusAuthentication.awsPodIdentity({ region: 'us-east-1' })) }),
      'scaling.prometheus: authenticates by signed queries to a host without "aps-workspaces" in its name, which Argo Rollouts does not support for Prometheus; set prometheus in the delivery, with PrometheusAuthentication.bearer or header, or an address without authentication [rollout-authentication]',
    ],
    [
      'a server that answers for one namespace',
      withCanary({ prometheus: PrometheusServer.at('https://thanos-querier.openshift-monitoring.svc:9092') }),
      'delivery.prometheus: is "https://thanos-querier.openshift-monitoring.svc:9092", whose port answers for one namespace, by a parameter that Argo Rollouts does not send; use port 9091 [rollout-prometheus-namespace]',
    ],
    [
      'such a server of the scaler',
      withCanary(
        {},
        {
          scaling: Scaling.keda({
            maxReplicas: 4,
            prometheus: PrometheusServer.at('https://thanos-querier.openshift-monitoring:9092'),
          }),
        },
      ),
      'scaling.prometheus: is "https://thanos-querier.openshift-monitoring:9092", whose port answers for one namespace, by a parameter that Argo Rollouts does not send; set prometheus in the delivery, with port 9091 [rollout-prometheus-namespace]',
    ],
    [
      'the authentication of the scaler, which Argo Rollouts does not support',
      withCanary({}, { scaling: scaledBy(PrometheusAuthentication.basic(KEY, KEY)) }),
      'scaling.prometheus: authenticates by basic, which Argo Rollouts does not support for Prometheus; set prometheus in the delivery, with PrometheusAuthentication.bearer or header, or an address without authentication [rollout-authentication]',
    ],
    [
      'an object of KEDA',
      withCanary({}, { scaling: scaledBy(PrometheusAuthentication.existingCluster('thanos', ['bearer'])) }),
      'scaling.prometheus: authenticates by the ClusterTriggerAuthentication "thanos" of KEDA, which Argo Rollouts cannot read; set prometheus in the delivery, with PrometheusAuthentication.bearer or header, or an address without authentication [rollout-authentication]',
    ],
  ])('refuses %s', (...row) => {
    const [, props, ...lines] = row;
    expect(deliveryLines(props)).toEqual(lines);
  });

  it('warn about the address for guards, and about that of the scaler once', () => {
    const addressed = (props: Props): string[] =>
      stackWith(props).findings.flatMap(({ id, subject }) => (id === 'prometheus-namespace' ? [subject] : []));
    expect(addressed(withCanary({ prometheus: PrometheusServer.at('http://thanos:9090') }))).toEqual([
      'delivery.prometheus',
    ]);
    const scaling = Scaling.keda({ maxReplicas: 4, prometheus: PrometheusServer.at('http://thanos:9090') });
    expect(addressed(withCanary({}, { scaling }))).toEqual(['scaling.prometheus']);
  });

  it('lead to a window and to a first weight that are accepted', () => {
    for (const requestRate of [0.3, 0.7, 1, 1.7, 3, 7, 9.9, 13, 19.9]) {
      for (const first of [1, 3, 5]) {
        const [error = ''] = errorsOf(withCanary({ analysis: { requestRate }, weights: [first, 99] }));
        const window = Duration.seconds(Number(/analysis.window to (\d+) s/.exec(error)?.[1]));
        const larger = /begin weights with (\d+)/.exec(error)?.[1];
        const fixed = [
          withCanary({ analysis: { requestRate, window }, weights: [first, 99] }),
          ...(larger === undefined ? [] : [withCanary({ analysis: { requestRate }, weights: [Number(larger)] })]),
        ];
        expect({ requestRate, first, errors: fixed.flatMap(errorsOf) }).toEqual({ requestRate, first, errors: [] });
      }
    }
  });
});
