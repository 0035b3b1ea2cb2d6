import { holds } from '../engine/catalogue/span';
import { isOn } from '../memory/host/host-context';
import type { EnginePort } from './engine-port';
import type { PortContext } from './port-context';

/** Where a publisher of KV events binds or connects. */
export interface Endpoint {
  readonly key: 'endpoint' | 'replay_endpoint';
  readonly text: string;
  /** Undefined for text that ZeroMQ cannot read. */
  readonly transport: 'tcp' | 'ipc' | 'inproc' | undefined;
  readonly host: string;
  /** Undefined for a text with a variable in place of the port. */
  readonly port: number | undefined;
  /** Whether the engine listens there; otherwise it connects to it. */
  readonly binds: boolean;
}

/** The KV events of an engine, as it reads them. */
export interface KvEvents {
  readonly origin: string;
  readonly isOn: boolean;
  readonly publisher: string;
  readonly endpoints: readonly Endpoint[];
}

/** `tcp://*:5557`; the port may be a reference to a variable. */
const TCP = /^tcp:\/\/(\*|\[[0-9a-fA-F:]+\]|[^\s:/[\]]+|[0-9a-fA-F:]*::[0-9a-fA-F:]*):(\d{1,6}|\$\([^)]*\))$/;

const DEFAULT_ENDPOINT = 'tcp://*:5557';

/**
 * The endpoint is bound where it has a wildcard or `::`, or is a socket of the pod; otherwise the publisher connects to
 * it. The replay endpoint is always bound (vllm/distributed/kv_events.py, _socket_setup).
 */
export function endpointOf(key: Endpoint['key'], text: string): Endpoint {
  const local = /^(ipc|inproc):\/\/./.exec(text)?.[1] as 'ipc' | 'inproc' | undefined;
  const [, host, port] = TCP.exec(text) ?? [];
  const binds = key === 'replay_endpoint' || local !== undefined || /\*|::/.test(text);
  const number = port === undefined || !/^\d+$/.test(port) ? undefined : Number(port);
  return {
    key,
    text,
    transport: local ?? (host === undefined ? undefined : 'tcp'),
    host: host ?? '',
    port: number,
    binds,
  };
}

/** The KV events of an engine; undefined where they are not configured. */
export function kvEventsOf({ facts, release }: Pick<PortContext, 'facts' | 'release'>): KvEvents | undefined {
  const { value: config, origin } = facts.kvEventsConfig;
  if (config === undefined) return undefined;
  const { endpoint, replay_endpoint: replay, publisher } = config;
  // Since 0.11, events that are on are published without a publisher too (vllm/config/kv_events.py, __post_init__).
  const isEnabled = isOn(config['enable_kv_cache_events']);
  const unset = isEnabled && holds('0.11..', release) ? 'zmq' : 'null';
  const texts: [Endpoint['key'], unknown][] = [
    ['endpoint', endpoint ?? DEFAULT_ENDPOINT],
    ['replay_endpoint', replay],
  ];
  return {
    origin,
    isOn: isEnabled,
    publisher: typeof publisher === 'string' ? publisher : unset,
    endpoints: texts.flatMap(([key, text]) => (typeof text === 'string' && text !== '' ? [endpointOf(key, text)] : [])),
  };
}

/** Whether an engine publishes KV events. */
export const publishes = (events: KvEvents | undefined): events is KvEvents =>
  events !== undefined && events.isOn && events.publisher === 'zmq';

/** Ports of the KV events: each data-parallel rank has its own publisher. Subscribers choose a pod, so no Service. */
export function kvEventPorts(context: PortContext): EnginePort[] {
  const events = kvEventsOf(context);
  if (!publishes(events)) return [];
  const { dataLocal: count } = context.facts.parallelism;
  return events.endpoints.flatMap(({ key, transport, port, binds }) => {
    if (transport !== 'tcp' || port === undefined || !binds) return [];
    const [name, what] = key === 'endpoint' ? ['kv-events', 'KV events'] : ['kv-replay', 'past KV events'];
    return [{ name, port, count, users: 'clients' as const, inService: false, origin: events.origin, what }];
  });
}
