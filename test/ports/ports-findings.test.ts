import type { ServingProps } from '../../lib/stack/serving-props';
import { errorsOf, h100, idsOf, pinned, warningsOf } from '../support/plan';
import { connector, events, P2P_TIER } from '../support/transfer';

const NIXL = connector('NixlConnector');

describe('an address that others connect to', () => {
  it.each([
    ['localhost', 'each pod then announces its own loopback address, and others connect to themselves'],
    ['127.0.0.1', 'each pod then announces its own loopback address, and others connect to themselves'],
    ['::1', 'each pod then announces its own loopback address, and others connect to themselves'],
    ['0.0.0.0', 'each pod announces this text to others, and it is the address of none'],
    ['*', 'each pod announces this text to others, and it is the address of none'],
    ['::', 'each pod announces this text to others, and it is the address of none'],
    ['', 'each pod announces an empty address'],
  ])('fails as "%s"', (value, reason) => {
    expect(errorsOf({ ...NIXL, env: { VLLM_NIXL_SIDE_CHANNEL_HOST: value } })).toEqual([
      `env.VLLM_NIXL_SIDE_CHANNEL_HOST: is "${value}", and NixlConnector moves KV blocks between pods: ${reason}; remove it: the address of the pod is set then [address-not-reachable]`,
    ]);
  });

  it.each<[string, Partial<ServingProps>]>([
    ['Mooncake', { ...connector('MooncakeConnector'), env: { VLLM_HOST_IP: '127.0.0.1' } }],
    ['MoRI', connector('MoRIIOConnector', { host_ip: '0.0.0.0' })],
    [
      'a tier of peers',
      connector('OffloadingConnector', { ...P2P_TIER, secondary_tiers: [{ type: 'p2p', host: 'localhost' }] }),
    ],
    [
      'a tier of peers, by its variable',
      { ...connector('OffloadingConnector', P2P_TIER), env: { VLLM_P2P_SIDE_CHANNEL_HOST: '0.0.0.0' } },
    ],
    ['LMCache', connector('LMCacheConnectorV1', { 'lmcache.enable_pd': true, 'lmcache.pd_peer_host': 'localhost' })],
    [
      'NIXL behind MultiConnector',
      {
        ...connector('MultiConnector', { connectors: [{ kv_connector: 'NixlConnector', kv_role: 'kv_both' }] }),
        env: { VLLM_NIXL_SIDE_CHANNEL_HOST: 'localhost' },
      },
    ],
  ])('fails as a loopback address for %s', (_, props) => {
    expect(idsOf(props)).toEqual(['address-not-reachable']);
  });

  it.each<[string, Partial<ServingProps>]>([
    ['without a connector', { env: { VLLM_NIXL_SIDE_CHANNEL_HOST: 'localhost' } }],
    [
      'for a connector that does not read it',
      { ...connector('LMCacheConnectorV1'), env: { VLLM_HOST_IP: '127.0.0.1' } },
    ],
    ['as an address of a second network', { ...NIXL, env: { VLLM_NIXL_SIDE_CHANNEL_HOST: '192.168.7.4' } }],
    ['as an address of IPv6', { ...NIXL, env: { VLLM_NIXL_SIDE_CHANNEL_HOST: 'fd00::7' } }],
    [
      'as an empty VLLM_HOST_IP, which counts as unset',
      { ...connector('MooncakeConnector'), env: { VLLM_HOST_IP: '' } },
    ],
  ])('is accepted %s', (_, props) => {
    expect(idsOf(props)).toEqual([]);
  });
});

describe('KV events', () => {
  it.each<[string, object, string]>([
    ['no scheme', { endpoint: '*:5557' }, 'has endpoint "*:5557", which is no address of ZeroMQ: it has no tcp://'],
    ['another scheme', { endpoint: 'http://*:5557' }, 'has endpoint "http://*:5557", which is no address of ZeroMQ'],
    ['no port', { endpoint: 'tcp://*' }, 'has endpoint "tcp://*", which has no host and port'],
    ['a name for the port', { endpoint: 'tcp://*:kv' }, 'has endpoint "tcp://*:kv", which has no host and port'],
    ['a space', { endpoint: 'tcp://* :5557' }, 'has endpoint "tcp://* :5557", which has no host and port'],
    ['a path', { endpoint: 'tcp://*:5557/events' }, 'has endpoint "tcp://*:5557/events", which has no host and port'],
    [
      'a wrong replay endpoint',
      { replay_endpoint: '5558' },
      'has replay_endpoint "5558", which is no address of ZeroMQ: it has no tcp://',
    ],
    [
      'all interfaces in the way of other programs',
      { endpoint: 'tcp://0.0.0.0:5557' },
      'has endpoint "tcp://0.0.0.0:5557": vLLM listens only where the address has "*" or "::", and connects to this one, so no event is sent',
    ],
    [
      'a replay endpoint at another host',
      { replay_endpoint: 'tcp://collector.kv.svc:5558' },
      'has replay_endpoint "tcp://collector.kv.svc:5558", on which vLLM always listens, and collector.kv.svc is not the pod',
    ],
    [
      'a port that is too large',
      { endpoint: 'tcp://*:70000' },
      'has port 70000 for KV events, and the largest port is 65535',
    ],
    ['port 0', { endpoint: 'tcp://*:0' }, 'has port 0 for KV events: the engine listens on a random port'],
  ])('fail with %s', (_, keys, problem) => {
    const [first, ...others] = errorsOf(events(keys));
    expect(first).toContain(`engine.kvEventsConfig: ${problem}`);
    expect(others).toEqual([]);
  });

  it.each<[string, Partial<ServingProps>, string]>([
    ['localhost', events({ endpoint: 'tcp://localhost:5557' }), 'kv-events-unreachable'],
    ['127.0.0.1', events({ endpoint: 'tcp://127.0.0.1:5557' }), 'kv-events-unreachable'],
    ['loopback of IPv6', events({ endpoint: 'tcp://[::1]:5557' }), 'kv-events-unreachable'],
    [
      'its own address',
      { ...events({ endpoint: 'tcp://$(K8S_POD_IP):5557' }), env: { K8S_POD_IP: 'x' } },
      'kv-events-unreachable',
    ],
    ['a socket of the pod', events({ endpoint: 'ipc:///tmp/kv' }), 'kv-events-unreachable'],
    ['past events on loopback', events({ replay_endpoint: 'tcp://127.0.0.1:5558' }), 'kv-events-unreachable'],
    ['a port below 1024', events({ endpoint: 'tcp://*:557' }), 'port-privileged'],
    [
      'an endpoint of events that are off',
      { engine: { kvEventsConfig: { publisher: 'zmq', endpoint: 'tcp://*:5557' } } },
      'kv-events-off',
    ],
    ['the publisher null', events({ publisher: 'null' }), 'kv-events-off'],
    [
      'no publisher in a release that needs one',
      { engine: { kvEventsConfig: { enable_kv_cache_events: true } }, ...pinned('0.9.2') },
      'kv-events-off',
    ],
    ['prefix caching that is off', { engine: { ...events().engine, enablePrefixCaching: false } }, 'kv-events-off'],
  ])('warn about %s', (_, props, id) => {
    expect(errorsOf(props)).toEqual([]);
    expect(warningsOf(props).map((line) => /\[([a-z-]+)\]$/.exec(line)?.[1])).toEqual([id]);
  });

  it('fail once for a socket of several ranks', () => {
    const props = {
      accelerator: h100(2),
      engine: { ...events({ endpoint: 'ipc:///tmp/kv' }).engine, dataParallelSize: 2 },
    };
    expect(idsOf(props).filter((id) => id.startsWith('kv-'))).toEqual(['kv-events-endpoint']);
  });

  it.each<[string, Partial<ServingProps>]>([
    ['the default', events()],
    ['a wildcard of IPv6', events({ endpoint: 'tcp://[::]:5557' })],
    ['a router that collects them', events({ endpoint: 'tcp://llm-d-epp.llm.svc.cluster.local:5557' })],
    [
      'an address in a variable',
      { ...events({ endpoint: 'tcp://$(ROUTER):$(PORT)' }), env: { ROUTER: 'a', PORT: '5557' } },
    ],
    ['past events on all interfaces', events({ replay_endpoint: 'tcp://0.0.0.0:5558' })],
    ['an interface', events({ endpoint: 'tcp://eth1:5557' })],
    ['events that are off with the publisher null', { engine: { kvEventsConfig: { publisher: 'null' } } }],
    ['a topic with the address of the pod', { ...events({ topic: 'kv@$(IP)@llama' }), env: { IP: '10.0.0.1' } }],
  ])('accept %s', (_, props) => {
    expect(idsOf(props)).toEqual([]);
  });
});

describe('the hash seed', () => {
  it.each<[string, Partial<ServingProps>]>([
    ['KV events', events()],
    ['LMCache', connector('LMCacheConnectorV1')],
    ['the store of Mooncake', connector('MooncakeStoreConnector')],
  ])('fails as random with %s', (_, props) => {
    expect(idsOf({ ...props, env: { PYTHONHASHSEED: 'random' } })).toEqual(['hash-seed-random']);
  });

  it('fails as random with its reason', () => {
    expect(errorsOf({ ...events(), env: { PYTHONHASHSEED: 'random' } })).toEqual([
      'env.PYTHONHASHSEED: is "random": Python then hashes differently in each process, and all pods must hash blocks alike for KV events; remove it, or set it to one number in all stacks [hash-seed-random]',
    ]);
  });

  it.each(['abc', '-1', '4294967296', '0x10', '1.5', 'Random'])('fails as "%s", which Python refuses', (value) => {
    expect(idsOf({ env: { PYTHONHASHSEED: value } })).toEqual(['wrong-variable-value']);
  });

  it.each<[string, Partial<ServingProps>]>([
    ['random without shared blocks', { env: { PYTHONHASHSEED: 'random' } }],
    ['random with NIXL, which sends blocks and no hashes', { ...NIXL, env: { PYTHONHASHSEED: 'random' } }],
    ['a number', { ...events(), env: { PYTHONHASHSEED: '42' } }],
    ['the largest number', { ...events(), env: { PYTHONHASHSEED: '4294967295' } }],
  ])('may be %s', (_, props) => {
    expect(idsOf(props)).toEqual([]);
  });
});
