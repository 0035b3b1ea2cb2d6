import type { VllmInferenceStackProps } from '../../lib';
import { Accelerator, Delivery, ExtraVolume, GpuModel, Mesh, NetworkProtocol, Objective, VllmVersion } from '../../lib';
import type { Manifest } from '../support/stack';
import { containerWith, find, manifestsWith, refusalOf, stackWith, WITH_TOKEN } from '../support/stack';
import { connector, events } from '../support/transfer';

type Props = Partial<VllmInferenceStackProps>;

const HTTP = { name: 'http', containerPort: 8000, protocol: 'TCP' };
const PEER = { 'cdk8s-vllm/kv-peer': 'true' };
const peers = { podSelector: { matchLabels: PEER } };
const own = { podSelector: {} };
const namespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });

const two = { accelerator: Accelerator.gpu(GpuModel.H100, 2) };
const ranks = { ...two, engine: { ...events().engine, dataParallelSize: 2 } } satisfies Props;

const RUST: Props = { env: { VLLM_USE_RUST_FRONTEND: '1' } };

const WARNINGS: Props = { model: WITH_TOKEN };
const rulesWith = (props: Props): Manifest[] =>
  find(manifestsWith({ ...WARNINGS, ...props }), 'NetworkPolicy').spec.ingress.slice(1);
const idsOf = (props: Props) => stackWith({ ...WARNINGS, ...props }).findings.map(({ id }) => id);

beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});

describe('the container lists', () => {
  it.each<[string, Props, object[]]>([
    ['only HTTP for a plain stack', {}, [HTTP]],
    ['KV events', events(), [HTTP, { name: 'kv-events', containerPort: 5557, protocol: 'TCP' }]],
    [
      'a port for each rank',
      ranks,
      [
        HTTP,
        { name: 'kv-events', containerPort: 5557, protocol: 'TCP' },
        { name: 'kv-events-1', containerPort: 5558, protocol: 'TCP' },
      ],
    ],
    ['NIXL', connector('NixlConnector'), [HTTP, { name: 'nixl', containerPort: 5600, protocol: 'TCP' }]],
    [
      'ports of the user',
      {
        extraPorts: [
          { name: 'plugin', port: 9100 },
          { name: 'stats', port: 9100, protocol: NetworkProtocol.UDP },
        ],
      },
      [
        HTTP,
        { name: 'plugin', containerPort: 9100, protocol: 'TCP' },
        { name: 'stats', containerPort: 9100, protocol: 'UDP' },
      ],
    ],
    [
      'a port that an override declares too only once',
      {
        ...events(),
        podTemplateOverrides: {
          spec: { containers: [{ name: 'vllm', ports: [{ name: 'kv', containerPort: 5557 }] }] },
        },
      },
      [HTTP, { name: 'kv', containerPort: 5557 }],
    ],
  ])('%s', (_, props, expected) => {
    expect(containerWith(props).ports).toEqual(expected);
  });
});

describe('the Service has', () => {
  const portsWith = (props: Props) => find(manifestsWith(props), 'Service').spec.ports.slice(1);

  it.each<[string, Props, object[]]>([
    ['no port of KV events, whose subscribers choose a pod', events(), []],
    ['no port of NIXL', connector('NixlConnector'), []],
    ['gRPC', { ...RUST, extraArgs: ['--grpc-port=50051'] }, [{ name: 'grpc', port: 50051, targetPort: 'grpc' }]],
    [
      'ports of the user',
      { extraPorts: [{ name: 'dns', port: 5353, protocol: NetworkProtocol.UDP }] },
      [{ name: 'dns', port: 5353, targetPort: 'dns', protocol: 'UDP' }],
    ],
    ['no port that the user keeps out', { extraPorts: [{ name: 'plugin', port: 9100, service: false }] }, []],
  ])('%s', (_, props, expected) => {
    expect(portsWith(props)).toEqual(expected);
  });

  it('the same ports for both versions of a rollout', () => {
    const manifests = manifestsWith({
      ...WARNINGS,
      extraPorts: [{ name: 'plugin', port: 9100 }],
      delivery: Delivery.blueGreen(),
      objectives: [Objective.errorRate({ below: 0.01 })],
    });
    const services = manifests.filter(({ kind }: Manifest) => kind === 'Service');
    expect(services).toHaveLength(2);
    for (const { spec } of services) expect(spec.ports.map(({ name }: Manifest) => name)).toEqual(['http', 'plugin']);
  });
});

describe('the NetworkPolicy', () => {
  it.each<[string, Props, object[]]>([
    [
      'opens KV events to who may call the API, without the monitoring',
      events(),
      [{ from: [own], ports: [{ port: 'kv-events' }] }],
    ],
    [
      'opens KV events to a router in another namespace',
      { ...events(), network: { clientNamespaces: ['router'], ownNamespace: false } },
      [{ from: [namespace('router')], ports: [{ port: 'kv-events' }] }],
    ],
    ['opens a range for several ranks', ranks, [{ from: [own], ports: [{ port: 5557, endPort: 5558 }] }]],
    [
      'opens a port that an override declares under another name',
      {
        ...events(),
        podTemplateOverrides: {
          spec: { containers: [{ name: 'vllm', ports: [{ name: 'kv', containerPort: 5557 }] }] },
        },
      },
      [{ from: [own], ports: [{ port: 5557 }] }],
    ],
    ['opens every port to peers, since UCX chooses them', connector('NixlConnector'), [{ from: [peers] }]],
    [
      'opens every port to peers of another namespace',
      { ...connector('NixlConnector'), network: { peerNamespaces: ['decode'] } },
      [{ from: [peers, { ...namespace('decode'), ...peers }] }],
    ],
    [
      'opens the bootstrap server to the proxy, and the rest to peers',
      connector('MooncakeConnector', {}, 'kv_producer'),
      [{ from: [own], ports: [{ port: 'mooncake' }] }, { from: [peers] }],
    ],
    [
      'keeps peers where other pods of the namespace are shut out',
      { ...connector('NixlConnector'), network: { ownNamespace: false } },
      [{ from: [peers] }],
    ],
    [
      'opens ports of the user to who may call the API',
      { extraPorts: [{ name: 'dns', port: 5353, protocol: NetworkProtocol.UDP }] },
      [{ from: [own], ports: [{ port: 'dns', protocol: 'UDP' }] }],
    ],
    [
      'opens the tunnel of a mesh that the namespace adds',
      { network: { extraPorts: [{ port: 15008 }] } },
      [{ from: [own], ports: [{ port: 15008 }] }],
    ],
    [
      'opens a range to labelled pods of other namespaces',
      {
        network: {
          extraPorts: [{ port: 7000, endPort: 7010, fromNamespaces: ['a', 'b'], fromPods: { app: 'debugger' } }],
        },
      },
      [
        {
          from: ['a', 'b'].map((name) => ({ ...namespace(name), podSelector: { matchLabels: { app: 'debugger' } } })),
          ports: [{ port: 7000, endPort: 7010 }],
        },
      ],
    ],
    [
      'opens a port to labelled pods of the namespace, and to ranges of both families',
      {
        network: {
          extraPorts: [
            {
              port: 5678,
              protocol: NetworkProtocol.TCP,
              fromPods: { app: 'ide' },
              fromRanges: ['10.0.0.0/8', 'fd00::/8'],
            },
          ],
        },
      },
      [
        {
          from: [
            { podSelector: { matchLabels: { app: 'ide' } } },
            { ipBlock: { cidr: '10.0.0.0/8' } },
            { ipBlock: { cidr: 'fd00::/8' } },
          ],
          ports: [{ port: 5678, protocol: 'TCP' }],
        },
      ],
    ],
  ])('%s', (_, props, expected) => {
    expect(rulesWith(props)).toEqual(expected);
  });

  it.each<[string, Props, boolean]>([
    ['marks pods that exchange blocks', connector('NixlConnector'), true],
    ['marks no pod with only KV events', events(), false],
    ['marks no pod that offloads to its own host', connector('OffloadingConnector', { cpu_bytes_to_use: 1e9 }), false],
    [
      'marks pods whose LMCache is set in a file',
      {
        ...connector('LMCacheConnectorV1'),
        env: { LMCACHE_CONFIG_FILE: '/etc-lmcache/l.yaml' },
        extraVolumes: [ExtraVolume.fromConfigMap('lmcache', '/etc-lmcache')],
      },
      true,
    ],
  ])('%s', (_, props, expected) => {
    const { labels } = find(manifestsWith({ ...WARNINGS, ...props }), 'Deployment').spec.template.metadata;
    expect('cdk8s-vllm/kv-peer' in labels).toBe(expected);
  });

  it.each([
    'fd00:10::/64',
    '2001:db8::/32',
    '::/0',
    'fe80::1/128',
    '10.0.0.0/8',
    'FD00:10::/64',
    '1:2:3:4:5:6:7:8/128',
  ])('lets in the range %s', (cidr) => {
    const [rule] = find(manifestsWith({ network: { clientRanges: [cidr] } }), 'NetworkPolicy').spec.ingress;
    expect(rule.from).toContainEqual({ ipBlock: { cidr } });
  });

  it.each([
    'fd00:10::1/64',
    'fd00:10::/129',
    'fd00:10::',
    'fd00::10::/64',
    '::ffff:10.0.0.0/104',
    'fd00:10::%eth0/64',
    '[fd00::]/64',
    'fd00::/064',
    '2001:db8:0:0:0:0:0:0:0/32',
    '10.0.0.1/8',
    '10.0.0.0',
  ])('fails for the range %s', (cidr) => {
    expect(refusalOf({ network: { clientRanges: [cidr] } })).toContain('network.clientRanges[0]: is ');
  });
});

const sidecar = (containerPort: number, more: object = {}) => ({
  podTemplateOverrides: {
    spec: { containers: [{ name: 'router', image: 'router:1', ports: [{ containerPort }], ...more }] },
  },
});

describe('ports of one pod', () => {
  it('refuses ranges beyond the largest port, each overlap of two once', () => {
    const { engine } = connector('MoRIIOConnector', { handshake_port: 6000, notify_port: 7000 });
    const refusal = refusalOf({ engine: { ...engine, tensorParallelSize: 1_000_000 } });
    expect(refusal.match(/\[port-taken\]/g)).toHaveLength(3);
    expect(refusal.match(/\[port-range\]/g)).toHaveLength(2);
  });

  it.each<[string, object, string]>([
    [
      'KV events on the port of HTTP',
      events({ endpoint: 'tcp://*:8000' }),
      'engine.kvEventsConfig: has port 8000 for KV events, on which HTTP listens; use another port [port-taken]',
    ],
    [
      'past events on the port of KV events',
      events({ replay_endpoint: 'tcp://*:5557' }),
      'engine.kvEventsConfig: has port 5557 for past KV events, on which KV events listens; use another port [port-taken]',
    ],
    [
      'past events on the port of the second rank',
      { ...two, engine: { ...events({ replay_endpoint: 'tcp://*:5558' }).engine, dataParallelSize: 2 } },
      'has port 5558 for past KV events, on which KV events listens',
    ],
    [
      'NIXL on the port of KV events',
      {
        engine: { ...events().engine, ...connector('NixlConnector').engine },
        env: { VLLM_NIXL_SIDE_CHANNEL_PORT: '5557' },
      },
      'env.VLLM_NIXL_SIDE_CHANNEL_PORT: has port 5557 for the side channel of NIXL, on which KV events listens (engine.kvEventsConfig)',
    ],
    [
      'KV events and NIXL of an old release, which share a default',
      {
        engine: { ...events().engine, ...connector('NixlConnector').engine },
        vllmVersion: VllmVersion.of('0.10.2'),
      },
      'has port 5557 for the side channel of NIXL, on which KV events listens',
    ],
    [
      'the Rust frontend’s gRPC on the port of HTTP',
      { ...RUST, extraArgs: ['--grpc-port=8000'] },
      'extraArgs[0]: has port 8000 for gRPC, on which HTTP listens',
    ],
    [
      'data-parallel ranks on the port of HTTP',
      { ...two, engine: { dataParallelSize: 2 }, extraArgs: ['--data-parallel-rpc-port=8000'] },
      'extraArgs[0]: has port 8000 for the data-parallel ranks, on which HTTP listens',
    ],
    [
      'a sidecar on the port of HTTP',
      sidecar(8000),
      'podTemplateOverrides.spec.containers[0].ports[0]: has port 8000 for the container router, on which HTTP listens',
    ],
    [
      'a sidecar on the port of NIXL',
      { ...connector('NixlConnector'), ...sidecar(5600) },
      'has port 5600 for the container router, on which the side channel of NIXL listens (engine.kvTransferConfig)',
    ],
    [
      'a port of the user on the port of HTTP',
      { extraPorts: [{ name: 'a', port: 8000 }] },
      'extraPorts[0]: has port 8000 for the port a, on which HTTP listens',
    ],
    [
      'two ports of the user',
      {
        extraPorts: [
          { name: 'a', port: 9000 },
          { name: 'b', port: 9000 },
        ],
      },
      'extraPorts[1]: has port 9000 for the port b, on which the port a listens (extraPorts[0])',
    ],
    [
      'a port of Istio',
      { mesh: Mesh.istioSidecar(), extraPorts: [{ name: 'a', port: 15021 }] },
      'has port 15021 for the port a, on which the sidecar of Istio listens',
    ],
    [
      'two ports of one name',
      {
        extraPorts: [
          { name: 'a', port: 1 },
          { name: 'a', port: 2 },
        ],
      },
      'extraPorts[1].name: is "a", the name of another port of the pod',
    ],
    [
      'the name of the HTTP port',
      { extraPorts: [{ name: 'http', port: 9000 }] },
      'extraPorts[0].name: is "http", the name of another port of the pod',
    ],
    [
      'the name of a known port',
      { ...events(), extraPorts: [{ name: 'kv-events', port: 9000 }] },
      'is "kv-events", the name of another port',
    ],
    [
      'a name with capitals',
      { extraPorts: [{ name: 'KV', port: 9000 }] },
      'extraPorts[0].name: is "KV"; give a name of at most 15',
    ],
    [
      'a name that is too long',
      { extraPorts: [{ name: 'a-very-long-port-name', port: 9000 }] },
      'give a name of at most 15',
    ],
    ['a name of digits', { extraPorts: [{ name: '9000', port: 9000 }] }, 'give a name of at most 15'],
    [
      'port 0',
      { extraPorts: [{ name: 'a', port: 0 }] },
      'extraPorts[0].port: is 0; give a whole number from 1 to 65535',
    ],
    [
      'a port that is too large',
      { network: { extraPorts: [{ port: 65536 }] } },
      'network.extraPorts[0].port: is 65536',
    ],
    ['a port as text', { network: { extraPorts: [{ port: '15008' }] } }, 'network.extraPorts[0].port: is "15008"'],
    [
      'a range that ends before it begins',
      { network: { extraPorts: [{ port: 9000, endPort: 8999 }] } },
      'network.extraPorts[0].endPort: is 8999, and the range begins with 9000',
    ],
    [
      'an unknown protocol',
      { network: { extraPorts: [{ port: 1, protocol: 'tcp' }] } },
      'protocol: is "tcp"; give one of TCP, UDP, SCTP',
    ],
    ['no pods', { network: { extraPorts: [{ port: 1, fromPods: {} }] } }, 'network.extraPorts[0].fromPods: is {}'],
    [
      'an empty list of namespaces',
      { network: { extraPorts: [{ port: 1, fromNamespaces: [] }] } },
      'network.extraPorts[0].fromNamespaces: is []',
    ],
    [
      'a port for no pod',
      { network: { ownNamespace: false, extraPorts: [{ port: 1 }] } },
      'network.extraPorts[0]: is open to whoever may call the API, and network lets in none',
    ],
    [
      'ports without a policy',
      { network: { policy: false, extraPorts: [{ port: 1 }] } },
      'network.extraPorts: has no effect: network.policy is false',
    ],
    [
      'peers without a policy',
      { ...connector('NixlConnector'), network: { policy: false, peerNamespaces: ['a'] } },
      'network.peerNamespaces: has no effect',
    ],
    [
      'peers without a connector',
      { network: { peerNamespaces: ['a'] } },
      'network.peerNamespaces: is set, and no connector of this stack exchanges KV blocks',
    ],
    [
      'peers of an unknown namespace',
      { ...connector('NixlConnector'), network: { peerNamespaces: ['A'] } },
      'network.peerNamespaces[0]: is "A"',
    ],
  ])('fail with %s', (_, props, message) => {
    const refusal = refusalOf({ ...WARNINGS, ...props });
    expect(refusal).toContain(message);
    expect(refusal).toContain('has 1 problem:');
  });

  it.each<[string, Props]>([
    [
      'TCP and UDP with one number',
      {
        extraPorts: [
          { name: 'a', port: 53 },
          { name: 'b', port: 53, protocol: NetworkProtocol.UDP },
        ],
      },
    ],
    [
      'an init container that ends before the engine starts',
      {
        podTemplateOverrides: {
          spec: { initContainers: [{ name: 'i', image: 'i:1', ports: [{ containerPort: 8000 }] }] },
        },
      },
    ],
    ['ports of Istio in ambient mode', { mesh: Mesh.istioAmbient(), extraPorts: [{ name: 'a', port: 15021 }] }],
    ['data-parallel ranks of a single engine', { extraArgs: ['--data-parallel-rpc-port=8000'] }],
    ['a longest name', { extraPorts: [{ name: 'a23456789012345', port: 9000 }] }],
  ])('may be %s', (_, props) => {
    expect(idsOf(props).filter((id) => id.startsWith('port'))).toEqual([]);
  });
});
