import type { NetworkAccess, VllmInferenceStackProps } from '../../lib';
import { CanaryRouter, Delivery, Monitor, Objective, PrometheusServer, Scaling, Signal } from '../../lib';
import { findingLine } from '../../lib/preflight/finding';
import { find, type Manifest, manifestsWith, stackWith } from '../support/stack';

type Props = Partial<VllmInferenceStackProps>;

const OPENSHIFT = 'https://thanos-querier.openshift-monitoring.svc:9091';

const at = (address: string | undefined) => (address === undefined ? undefined : PrometheusServer.at(address));
const scaled = (address?: string, network?: NetworkAccess, signals?: Signal[]): Props => ({
  monitoringLabels: {},
  scaling: Scaling.keda({ maxReplicas: 4, prometheus: at(address), signals }),
  network,
});
const delivered = (address?: string, network?: NetworkAccess): Props => ({
  monitoringLabels: {},
  objectives: [Objective.errorRate({ below: 0.01 })],
  delivery: Delivery.canary({ router: CanaryRouter.istio(), prometheus: at(address) }),
  network,
});

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const linesOf = (props: Props): string[] =>
  stackWith(props)
    .findings.filter(({ id }) => id === 'monitor-shut-out')
    .map(findingLine);

/** Namespaces that the NetworkPolicy lets in. */
const admitted = (props: Props): string[] =>
  find(manifestsWith(props), 'NetworkPolicy').spec.ingress[0].from.flatMap(({ namespaceSelector }: Manifest) =>
    namespaceSelector ? [namespaceSelector.matchLabels['kubernetes.io/metadata.name']] : [],
  );

describe('the NetworkPolicy lets Prometheus in', () => {
  test.each<[what: string, props: Props, namespaces: string[]]>([
    ['from the default namespace', scaled(), ['monitoring']],
    ['at the default address', scaled('http://prometheus.monitoring:9090'), ['monitoring']],
    ['where KEDA asks', scaled('http://prometheus.observability.svc:9090'), ['monitoring', 'observability']],
    ['where Argo Rollouts asks', delivered('http://prometheus.ops:9090'), ['monitoring', 'ops']],
    ['of OpenShift', scaled(OPENSHIFT), ['monitoring', 'openshift-user-workload-monitoring', 'openshift-monitoring']],
    ['not where only queries are answered', scaled('http://thanos-query.observability:9090'), ['monitoring']],
    ['not from outside of the cluster', scaled('https://mimir.corp.io/prometheus'), ['monitoring']],
    [
      'only where the user set it',
      scaled('http://prometheus.observability:9090', { monitoringNamespaces: ['observability'] }),
      ['observability'],
    ],
    [
      'not from a shared namespace of its own',
      scaled('http://prometheus.llm:9090', { ownNamespace: false }),
      ['monitoring'],
    ],
  ])('%s', (_, props, namespaces) => {
    expect(admitted(props)).toEqual(namespaces);
  });

  it('and the decision has the reason', () => {
    const [decision] = stackWith(scaled('http://prometheus.observability:9090')).decisions.filter(
      ({ what }) => what === 'namespaces of Prometheus',
    );
    expect(decision).toEqual({
      what: 'namespaces of Prometheus',
      value: 'monitoring, observability',
      reason: 'the default, and the host in scaling.prometheus',
    });
  });

  test.each<[what: string, props: Props]>([
    ['the default is right', scaled('http://prometheus.monitoring:9090')],
    ['the user set the namespaces', scaled('http://prometheus.ops:9090', { monitoringNamespaces: ['ops'] })],
    ['there is no policy', scaled('http://prometheus.ops:9090', { policy: false })],
  ])('and nothing is decided when %s', (_, props) => {
    expect(stackWith(props).decisions.map(({ what }) => what)).not.toContain('namespaces of Prometheus');
  });
});

describe('a NetworkPolicy and the Prometheus that is asked', () => {
  test.each<[what: string, props: Props, line: string]>([
    [
      'that the policy shuts out',
      scaled('http://prometheus.observability:9090', { monitoringNamespaces: ['ops'] }),
      "network.monitoringNamespaces: is ['ops'], and KEDA asks the Prometheus in \"observability\" (http://prometheus.observability:9090): it cannot scrape the pods; add 'observability', or set scaling.prometheus to the Prometheus that scrapes them [monitor-shut-out]",
    ],
    [
      'at the default address, while another one scrapes',
      scaled(undefined, { monitoringNamespaces: ['observability'] }),
      'KEDA asks the Prometheus in "monitoring" (http://prometheus-operated.monitoring:9090)',
    ],
    [
      'while the list is empty',
      scaled('http://prometheus.observability:9090', { monitoringNamespaces: [] }),
      'is [], and KEDA asks the Prometheus in "observability"',
    ],
    [
      'in the shared namespace of the stack',
      scaled('http://prometheus.llm:9090', { ownNamespace: false }),
      'is [\'monitoring\'], and KEDA asks the Prometheus in "llm"',
    ],
    [
      'of OpenShift',
      scaled(OPENSHIFT, { monitoringNamespaces: ['monitoring'] }),
      "add 'openshift-user-workload-monitoring'",
    ],
    [
      'of a canary',
      delivered('http://prometheus.observability:9090', { monitoringNamespaces: ['ops'] }),
      'Argo Rollouts asks the Prometheus in "observability"',
    ],
    [
      'by default, of a canary',
      delivered(undefined, { monitoringNamespaces: ['ops'] }),
      'or set delivery.prometheus to the Prometheus that scrapes them',
    ],
  ])('warns about one %s', (_, props, line) => {
    expect(linesOf(props)).toEqual([expect.stringContaining(line)]);
  });

  it('warns once when KEDA and Argo Rollouts ask the same one', () => {
    const server = PrometheusServer.at('http://prometheus.observability:9090');
    const both = { ...delivered(undefined, { monitoringNamespaces: ['ops'] }) };
    const scaling = Scaling.keda({ maxReplicas: 4, prometheus: server });
    expect(linesOf({ ...both, scaling })).toHaveLength(1);
  });

  const OPS = { monitoringNamespaces: ['ops'] };
  test.each<[what: string, props: Props]>([
    ['in a listed namespace', scaled('http://prometheus.ops.svc:9090', OPS)],
    ['in a namespace of clients', scaled('http://prometheus.tools:9090', { ...OPS, clientNamespaces: ['tools'] })],
    ['in the namespace of the stack', scaled('http://prometheus.llm:9090', OPS)],
    [
      'that scrapes users of OpenShift',
      scaled(OPENSHIFT, { monitoringNamespaces: ['openshift-user-workload-monitoring'] }),
    ],
    ['that is a Thanos', scaled('http://thanos-query.observability:9090', OPS)],
    ['outside of the cluster', scaled('https://prometheus.corp.io', OPS)],
    ['without a namespace', scaled('http://prometheus:9090', OPS)],
    ['without a policy', scaled('http://prometheus.observability:9090', { ...OPS, policy: false })],
    ['beside a monitor of the user', { ...scaled('http://prometheus.a-team:9090', OPS), monitor: Monitor.none() }],
    [
      'that is asked about a gateway only',
      scaled('http://prometheus.gateways:9090', OPS, [
        Signal.gatewayRequests({ metric: 'a', matchers: { b: 'c' }, perReplica: 4 }),
      ]),
    ],
  ])('have no warning about one %s', (_, props) => {
    expect(linesOf(props)).toEqual([]);
  });
});
