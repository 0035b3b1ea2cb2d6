import { holds } from '../engine/catalogue/span';
import type { Connector } from '../memory/connectors';
import { connectorsOf } from '../memory/connectors';
import { isOn, numberIn } from '../memory/host/host-context';
import { FILE, isLmcache, setting } from '../memory/host/lmcache';
import { isJsonObject } from '../shapes/json-object';
import type { EnginePort } from './engine-port';
import type { PortContext } from './port-context';
import { portOfVariable, portsIn } from './port-context';

/** What a connector opens to other pods, and the variable with the address that it announces to them. */
export interface Transfer {
  readonly connector: string;
  readonly origin: string;
  /** Undefined where the connector has no such variable, or the user set the address in its JSON. */
  readonly addressVariable: string | undefined;
  readonly ports: readonly EnginePort[];
}

type TransferOf = (connector: Connector, context: PortContext) => Transfer | undefined;

type PortOptions = Pick<EnginePort, 'name' | 'what' | 'count'> & { readonly users?: EnginePort['users'] };

const portOf = (port: number, origin: string, { users = 'peers', ...options }: PortOptions): EnginePort => ({
  port,
  origin,
  users,
  inService: false,
  ...options,
});

/** Consecutive ports from a variable. Their origin is the connector where the variable is unset. */
const fromVariable = (
  variable: string,
  context: PortContext,
  connector: Connector,
  options: PortOptions,
): EnginePort[] =>
  portOfVariable(variable, context).map(({ port, origin }) => portOf(port, origin || connector.origin, options));

/**
 * Other pods ask the scheduler of a rank for its memory (nixl/base_scheduler.py); before 0.12 each worker answered for
 * itself, so ports of workers are listed too.
 */
const nixl: TransferOf = (connector, context) => {
  const { dataLocal, tensor } = context.facts.parallelism;
  const count = dataLocal * (holds('..0.12', context.release) ? tensor : 1);
  const options = { name: 'nixl', what: 'the side channel of NIXL', count };
  const ports = fromVariable('VLLM_NIXL_SIDE_CHANNEL_PORT', context, connector, options);
  return { connector: connector.name, origin: connector.origin, addressVariable: 'VLLM_NIXL_SIDE_CHANNEL_HOST', ports };
};

/**
 * The first rank of a prefiller has a bootstrap server, which the proxy asks too, unless one exists elsewhere
 * (docs/features/mooncake_connector_usage.md). Workers listen on random ports of the address of the pod.
 */
const mooncake: TransferOf = (connector, context) => {
  const { name, role, extra, origin } = connector;
  const serves = role !== 'kv_consumer' && extra['bootstrap_server_address'] === undefined;
  const options = { name: 'mooncake', what: 'the bootstrap server of Mooncake', count: 1, users: 'clients' as const };
  const ports = serves ? fromVariable('VLLM_MOONCAKE_BOOTSTRAP_PORT', context, connector, options) : [];
  return { connector: name, origin, addressVariable: 'VLLM_HOST_IP', ports };
};

/** Segments of the store are in the pods, on random ports (kv_connector/v1/mooncake/store). */
const mooncakeStore: TransferOf = ({ name, origin }) => ({
  connector: name,
  origin,
  addressVariable: 'VLLM_HOST_IP',
  ports: [],
});

/** A port for each rank, from both bases (moriio_common.py, get_port_offset). */
const moriio: TransferOf = ({ name, extra, origin }, { facts: { parallelism } }) => {
  const count = parallelism.dataLocal * parallelism.tensor;
  const keys = [
    ['handshake_port', 'mori-shake', 'the handshake of MoRI'],
    ['notify_port', 'mori-notify', 'notices of MoRI'],
  ] as const;
  const ports = keys.flatMap(([key, port, what]) =>
    portsIn(extra[key]).map((each) => portOf(each, origin, { name: port, what, count })),
  );
  const hasAddress = typeof extra['host_ip'] === 'string' && extra['host_ip'] !== '';
  return { connector: name, origin, addressVariable: hasAddress ? undefined : 'VLLM_HOST_IP', ports };
};

/** `kv_port`, and one more for each rank (p2p_nccl_connector.py of the releases before 0.24). */
const p2pNccl: TransferOf = ({ name, origin }, { facts: { kvTransferConfig, parallelism } }) => {
  const port = numberIn(kvTransferConfig.value?.['kv_port'] ?? 14579);
  const options = { name: 'p2p-nccl', what: 'KV blocks over NCCL', count: parallelism.tensor };
  const ports = port === undefined ? [] : [portOf(port, origin, options)];
  return { connector: name, origin, addressVariable: 'VLLM_HOST_IP', ports };
};

/** A tier of OffloadingConnector that asks other engines for their blocks (docs/features/kv_offloading_usage.md). */
const offloading: TransferOf = (connector, context) => {
  const { name, extra, origin } = connector;
  const tiers: unknown = extra['secondary_tiers'];
  const tier = (Array.isArray(tiers) ? tiers.filter(isJsonObject) : []).find(({ type }) => type === 'p2p');
  if (tier === undefined) return undefined;
  const options = { name: 'p2p-tier', what: 'the peers of the P2P tier', count: context.facts.parallelism.dataLocal };
  const own = numberIn(tier['port']);
  const ports =
    own === undefined
      ? fromVariable('VLLM_P2P_SIDE_CHANNEL_PORT', context, connector, options)
      : [portOf(own, origin, options)];
  const hasAddress = typeof tier['host'] === 'string';
  return { connector: name, origin, addressVariable: hasAddress ? undefined : 'VLLM_P2P_SIDE_CHANNEL_HOST', ports };
};

/** Ports of LMCache: one for each rank (LMCache/LMCache:lmcache/v1/config.py). */
const LMCACHE_PORTS = [
  ['pd_peer_init_port', 'lmc-pd-init', 'receivers of LMCache'],
  ['pd_peer_alloc_port', 'lmc-pd-alloc', 'receivers of LMCache'],
  ['p2p_init_ports', 'lmc-p2p-init', 'peers of LMCache'],
  ['p2p_lookup_ports', 'lmc-p2p-find', 'peers of LMCache'],
  ['lmcache_worker_ports', 'lmc-worker', 'the controller of LMCache'],
] as const;

const LMCACHE_SENDS = ['enable_pd', 'enable_p2p', 'enable_xpyd', 'enable_nixl', 'enable_controller'];

/** LMCache in the engine sends blocks where it is set to, or where a file that synth cannot read may set it. */
const lmcache: TransferOf = (connector, context) => {
  const read = (key: string) => setting(key, connector, context.environment);
  const sends = LMCACHE_SENDS.some((key) => isOn(read(key).value)) || context.environment.has(FILE);
  if (!sends) return undefined;
  const ports = LMCACHE_PORTS.flatMap(([key, name, what]) => {
    const { value, origin } = read(key);
    return portsIn(value).map((port, at) =>
      portOf(port, origin, { name: at === 0 ? name : `${name}-${at}`, what, count: 1 }),
    );
  });
  return { connector: connector.name, origin: connector.origin, addressVariable: undefined, ports };
};

const TRANSFERS: ReadonlyMap<string, TransferOf> = new Map(
  Object.entries({
    MooncakeConnector: mooncake,
    MooncakeStoreConnector: mooncakeStore,
    MoRIIOConnector: moriio,
    NixlConnector: nixl,
    NixlPullConnector: nixl,
    NixlPushConnector: nixl,
    OffloadingConnector: offloading,
    P2pNcclConnector: p2pNccl,
  }),
);

/** Encoders send their output to engines that generate (docs/features/ec_cpu_connector.md). */
function encoder(context: PortContext): Transfer[] {
  const { value: config, origin } = context.facts.ecTransferConfig;
  if (config === undefined) return [];
  const { ec_connector: name, ec_role: role, ec_connector_extra_config: extra } = config;
  if (name === 'ECMooncakeConnector') {
    return [{ connector: name, origin, addressVariable: 'VLLM_HOST_IP', ports: [] }];
  }
  if (name !== 'ECCPUConnector' || !isJsonObject(extra) || !isOn(extra['ec_enable_nixl'])) return [];
  const serves = role !== 'ec_consumer';
  const options = { name: 'ec', what: 'the output of encoders', count: 1 };
  const connector = { name, extra, role, origin };
  const ports = serves ? fromVariable('VLLM_EC_SIDE_CHANNEL_PORT', context, connector, options) : [];
  return [{ connector: name, origin, addressVariable: serves ? 'VLLM_EC_SIDE_CHANNEL_HOST' : undefined, ports }];
}

/** What the connectors of an engine open to other pods. */
export function transfersOf(context: PortContext): Transfer[] {
  const ofConnectors = connectorsOf(context).flatMap((connector) => {
    const transferOf = isLmcache(connector) ? lmcache : TRANSFERS.get(connector.name);
    return transferOf?.(connector, context) ?? [];
  });
  return [...ofConnectors, ...encoder(context)];
}
