import { PodField } from '../../lib';
import type { ServingProps } from '../../lib/stack/serving-props';
import { pinned, planOf } from '../support/plan';
import { stackWith, WITH_TOKEN } from '../support/stack';
import { connector, events, P2P_TIER } from '../support/transfer';

/** A variable as `NAME=value` or `NAME<field`. */
const added = (props: Partial<ServingProps>): string[] => {
  const plain = new Set(planOf().environment.map(({ name }) => name));
  const variables = planOf(props).environment.filter(({ name }) => !plain.has(name));
  return variables.map(({ name, value, field }) => (field === undefined ? `${name}=${value}` : `${name}<${field}`));
};

const NIXL = 'VLLM_NIXL_SIDE_CHANNEL_HOST<status.podIP';
const HOST = 'VLLM_HOST_IP<status.podIP';
const SEED = 'PYTHONHASHSEED=0';

describe('the variables of a stack that sends KV blocks', () => {
  it.each<[string, Partial<ServingProps>, string[]]>([
    ['no connector', {}, []],
    ['NixlConnector', connector('NixlConnector'), [NIXL]],
    ['NixlPushConnector', connector('NixlPushConnector'), [NIXL]],
    [
      'a connector in extraArgs',
      { extraArgs: ['--kv-transfer-config={"kv_connector":"NixlConnector","kv_role":"kv_both"}'] },
      [NIXL],
    ],
    ['MooncakeConnector', connector('MooncakeConnector'), [HOST]],
    ['the store of Mooncake', connector('MooncakeStoreConnector'), [SEED, HOST]],
    ['MoRI', connector('MoRIIOConnector', { handshake_port: 6301, notify_port: 6302 }), [HOST]],
    ['MoRI with an address', connector('MoRIIOConnector', { host_ip: '10.0.0.7' }), []],
    ['LMCache', connector('LMCacheConnectorV1'), [SEED]],
    ['LMCache beside the engine', connector('LMCacheMPConnector'), [SEED]],
    ['the memory of the host', connector('OffloadingConnector', { cpu_bytes_to_use: 1e9 }), []],
    [
      'a folder that pods share',
      connector('OffloadingConnector', {
        cpu_bytes_to_use: 1e9,
        secondary_tiers: [{ type: 'fs', root_dir: '/cache/kv' }],
      }),
      [SEED],
    ],
    ['peers of a tier', connector('OffloadingConnector', P2P_TIER), [SEED, 'VLLM_P2P_SIDE_CHANNEL_HOST<status.podIP']],
    [
      'peers in a release without that variable',
      { ...connector('OffloadingConnector', P2P_TIER), ...pinned('0.25.1') },
      [SEED],
    ],
    ['KV events', events(), [SEED]],
    ['KV events that are off', { engine: { kvEventsConfig: { enable_kv_cache_events: false } } }, []],
    ['KV events of an older release', { ...events(), ...pinned('0.12.0') }, [SEED]],
    [
      'events without a publisher in a release that publishes none',
      { engine: { kvEventsConfig: { enable_kv_cache_events: true } }, ...pinned('0.9.2') },
      [],
    ],
    ['both at once', { engine: { ...connector('NixlConnector').engine, ...events().engine } }, [SEED, NIXL]],
  ])('with %s', (_, props, expected) => {
    expect(added(props)).toEqual(expected);
  });

  it.each<[string, Partial<ServingProps>, string[]]>([
    [
      'a field',
      { fieldEnv: { VLLM_NIXL_SIDE_CHANNEL_HOST: PodField.HOST_IP } },
      ['VLLM_NIXL_SIDE_CHANNEL_HOST<status.hostIP'],
    ],
    ['a text', { env: { VLLM_NIXL_SIDE_CHANNEL_HOST: '10.0.0.9' } }, ['VLLM_NIXL_SIDE_CHANNEL_HOST=10.0.0.9']],
  ])('give way to %s of the user', (_, set, expected) => {
    expect(added({ ...connector('NixlConnector'), ...set })).toEqual(expected);
  });

  it('give way to a seed of the user', () => {
    expect(added({ ...events(), env: { PYTHONHASHSEED: '42' } })).toEqual(['PYTHONHASHSEED=42']);
  });

  it('are decisions with a reason', () => {
    const engine = { ...connector('NixlConnector').engine, ...events().engine };
    const { decisions } = stackWith({ model: WITH_TOKEN, engine });
    expect(decisions.slice(-2)).toEqual([
      {
        what: 'VLLM_NIXL_SIDE_CHANNEL_HOST',
        value: 'status.podIP',
        reason: "NixlConnector announces it to other pods; vLLM's default is localhost",
      },
      { what: 'PYTHONHASHSEED', value: '0', reason: 'all pods must hash blocks alike for KV events' },
    ]);
  });
});
