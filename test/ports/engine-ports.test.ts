import { Size } from 'cdk8s';
import { SecretKey } from '../../lib';
import type { ServingProps } from '../../lib/stack/serving-props';
import { h100, pinned, planOf } from '../support/plan';
import { connector, events, P2P_TIER } from '../support/transfer';

const portsOf = (props: Partial<ServingProps>): string[] =>
  planOf(props).opened.ports.map(({ name, port, count, users }) => `${name} ${port}+${count} ${users}`);

const two = { accelerator: h100(2) };

describe('ports besides HTTP', () => {
  it.each<[string, Partial<ServingProps>, string[]]>([
    ['none of a plain stack', {}, []],
    ['none of offloading to the host', { engine: { kvOffloadingSize: Size.gibibytes(20) } }, []],
    ['those of KV events', events(), ['kv-events 5557+1 clients']],
    [
      'those of past events',
      events({ endpoint: 'tcp://*:6000', replay_endpoint: 'tcp://*:6001' }),
      ['kv-events 6000+1 clients', 'kv-replay 6001+1 clients'],
    ],
    ['an endpoint of IPv6', events({ endpoint: 'tcp://[::]:5557' }), ['kv-events 5557+1 clients']],
    ['none where the publisher connects', events({ endpoint: 'tcp://collector:5557' }), []],
    ['none where events are off', { engine: { kvEventsConfig: { endpoint: 'tcp://*:5557' } } }, []],
    [
      'one for each data-parallel rank',
      { ...two, engine: { ...events().engine, dataParallelSize: 2 } },
      ['kv-events 5557+2 clients'],
    ],
    [
      'those of events in dotted flags',
      { extraArgs: ['--kv-events-config.enable_kv_cache_events=true', '--kv-events-config.endpoint=tcp://*:7000'] },
      ['kv-events 7000+1 clients'],
    ],
    ['the side channel of NIXL', connector('NixlConnector'), ['nixl 5600+1 peers']],
    [
      'a side channel that the user moved',
      { ...connector('NixlPullConnector'), env: { VLLM_NIXL_SIDE_CHANNEL_PORT: '5700' } },
      ['nixl 5700+1 peers'],
    ],
    ['the older default', { ...connector('NixlConnector'), ...pinned('0.10.2') }, ['nixl 5557+1 peers']],
    [
      'workers of older releases',
      { ...two, engine: { ...connector('NixlConnector').engine, tensorParallelSize: 2 }, ...pinned('0.11.2') },
      ['nixl 5600+2 peers'],
    ],
    [
      'NIXL behind MultiConnector',
      connector('MultiConnector', {
        connectors: [
          { kv_connector: 'NixlConnector', kv_role: 'kv_both' },
          { kv_connector: 'OffloadingConnector', kv_role: 'kv_both', kv_connector_extra_config: P2P_TIER },
        ],
      }),
      ['nixl 5600+1 peers', 'p2p-tier 5710+1 peers'],
    ],
    [
      'the bootstrap server of a prefiller',
      connector('MooncakeConnector', {}, 'kv_producer'),
      ['mooncake 8998+1 clients'],
    ],
    ['none of a decoder', connector('MooncakeConnector', {}, 'kv_consumer'), []],
    [
      'none with a bootstrap server elsewhere',
      connector('MooncakeConnector', { bootstrap_server_address: 'a:8998' }),
      [],
    ],
    [
      'both of MoRI, written as text',
      connector('MoRIIOConnector', { handshake_port: '6301', notify_port: '61005', proxy_ip: '10.0.0.1' }),
      ['mori-shake 6301+1 peers', 'mori-notify 61005+1 peers'],
    ],
    [
      'the older connector of NCCL',
      { ...connector('P2pNcclConnector'), ...pinned('0.20.2') },
      ['p2p-nccl 14579+1 peers'],
    ],
    [
      'receivers of LMCache for each rank',
      connector('LMCacheConnectorV1', {
        'lmcache.enable_pd': true,
        'lmcache.pd_peer_init_port': [7300, 7301],
        'lmcache.pd_peer_alloc_port': 7400,
      }),
      ['lmc-pd-init 7300+1 peers', 'lmc-pd-init-1 7301+1 peers', 'lmc-pd-alloc 7400+1 peers'],
    ],
    [
      'peers of LMCache in variables',
      {
        ...connector('LMCacheConnectorV1'),
        env: { LMCACHE_ENABLE_P2P: 'true', LMCACHE_P2P_INIT_PORTS: '8200,8202', LMCACHE_P2P_LOOKUP_PORTS: '8201' },
      },
      ['lmc-p2p-init 8200+1 peers', 'lmc-p2p-init-1 8202+1 peers', 'lmc-p2p-find 8201+1 peers'],
    ],
    ['none of LMCache in the host’s memory', connector('LMCacheConnectorV1'), []],
    ['gRPC of the Rust frontend', { extraArgs: ['--grpc-port=50051'] }, ['grpc 50051+1 clients']],
    [
      'encoders that serve their output',
      {
        extraArgs: [
          '--ec-transfer-config={"ec_connector":"ECCPUConnector","ec_role":"ec_producer","ec_connector_extra_config":{"ec_enable_nixl":true}}',
        ],
      },
      ['ec 5601+1 peers'],
    ],
  ])('are %s', (_, props, expected) => {
    expect(portsOf(props)).toEqual(expected);
  });

  it('are not known where a Secret has the number', () => {
    const props = { ...connector('NixlConnector'), secretEnv: { VLLM_NIXL_SIDE_CHANNEL_PORT: SecretKey.of('a', 'b') } };
    expect(portsOf(props)).toEqual([]);
  });
});
