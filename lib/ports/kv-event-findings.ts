import type { Finding } from '../preflight/finding';
import { error, warning } from '../preflight/finding';
import { unreachable } from './address-findings';
import type { Endpoint, KvEvents } from './kv-events';
import { kvEventsOf, publishes } from './kv-events';
import type { PortContext } from './port-context';

const quoted = ({ key, text }: Endpoint): string => `has ${key} ${JSON.stringify(text)}`;

/** Text that ZeroMQ refuses when the engine starts. */
function syntax(endpoint: Endpoint, origin: string, example: string): Finding[] {
  const { transport, text } = endpoint;
  if (transport !== undefined || /^tcp:\/\/.*\$\(/.test(text)) return [];
  const scheme = /^[a-z]+:\/\//i.exec(text)?.[0] ?? '';
  const reason =
    scheme === 'tcp://'
      ? 'which has no host and port'
      : `which is no address of ZeroMQ${scheme === '' ? ': it has no tcp://' : ''}`;
  return [
    error('kv-events-endpoint', origin, `${quoted(endpoint)}, ${reason}: the engine would exit at start`, example),
  ];
}

/** A socket of the pod reaches no other pod, and several ranks cannot share it. */
function localSocket(endpoint: Endpoint, { origin }: KvEvents, ranks: number): Finding[] {
  const { transport } = endpoint;
  if (transport === undefined || transport === 'tcp') return [];
  const fix = 'use "tcp://*:5557"';
  if (transport === 'ipc' && ranks > 1) {
    // offset_endpoint_port of vllm/distributed/kv_events.py.
    const problem = `${quoted(endpoint)}, and vLLM has no endpoint of ipc for each of ${ranks} data-parallel ranks: it would exit at start`;
    return [error('kv-events-endpoint', origin, problem, fix)];
  }
  const problem = `${quoted(endpoint)}, which no other pod reaches`;
  return [warning('kv-events-unreachable', origin, problem, `${fix}, or acknowledge this finding for a sidecar`)];
}

/** Where the publisher connects, nothing answers in its own pod. */
function connects(endpoint: Endpoint, origin: string): Finding[] {
  const { key, host, transport, binds, port } = endpoint;
  if (transport !== 'tcp' || binds || key !== 'endpoint') return [];
  const reason = unreachable(host);
  const bind = `use "tcp://*:${port ?? 5557}"`;
  if (host === '0.0.0.0') {
    const problem = `${quoted(endpoint)}: vLLM listens only where the address has "*" or "::", and connects to this one, so no event is sent`;
    return [error('kv-events-endpoint', origin, problem, bind)];
  }
  if (reason === undefined && !/^\$\(.*(POD|HOST)_?IP/.test(host)) return [];
  const problem = `${quoted(endpoint)}: vLLM listens only where the address has "*" or "::", and connects to its own pod here`;
  return [warning('kv-events-unreachable', origin, problem, `${bind}, or acknowledge this finding for a sidecar`)];
}

/** What is bound to a loopback address, or to an address of another host. */
function bound(endpoint: Endpoint, origin: string): Finding[] {
  const { host, transport, binds, port, key } = endpoint;
  if (transport !== 'tcp' || !binds || host === '*' || host === '0.0.0.0' || host === '[::]' || host === '::')
    return [];
  const fix = `use "tcp://*:${port ?? 5558}"`;
  if (unreachable(host) !== undefined) {
    const problem = `${quoted(endpoint)}, a loopback address, which no other pod reaches`;
    return [warning('kv-events-unreachable', origin, problem, `${fix}, or acknowledge this finding for a sidecar`)];
  }
  // An address or an interface of the pod is possible; a name with dots is one of another host.
  if (key !== 'replay_endpoint' || !/^[a-z][-a-z0-9]*(\.[-a-z0-9]+)+$/i.test(host)) return [];
  const problem = `${quoted(endpoint)}, on which vLLM always listens, and ${host} is not the pod: the engine would exit at start`;
  return [error('kv-events-endpoint', origin, problem, fix)];
}

/** Options of events that are not published. */
function silent(events: KvEvents, { facts }: PortContext): Finding[] {
  const { origin, isOn, publisher } = events;
  const config = facts.kvEventsConfig.value ?? {};
  if (!isOn) {
    const set = ['publisher', 'endpoint', 'replay_endpoint', 'topic'].filter((key) => config[key] !== undefined);
    if (set.length === 0 || publisher === 'null') return [];
    const problem = `has ${set.join(', ')}, but enable_kv_cache_events is off: no event is published`;
    return [warning('kv-events-off', origin, problem, 'set enable_kv_cache_events to true, or remove it')];
  }
  if (publisher !== 'zmq') {
    if (publisher !== 'null') return []; // The check of values has a finding.
    const problem = 'has events that are on, and the publisher "null": they are made and thrown away';
    return [warning('kv-events-off', origin, problem, 'set publisher to "zmq", or turn enable_kv_cache_events off')];
  }
  if (facts.enablePrefixCaching.value !== false) return [];
  const problem = 'has events that are on, and prefix caching is off: there are no blocks to report';
  return [warning('kv-events-off', origin, problem, 'remove it, or turn engine.enablePrefixCaching on')];
}

/** What is wrong with the KV events of an engine. */
export function kvEventFindings(context: PortContext): Finding[] {
  const events = kvEventsOf(context);
  if (events === undefined) return [];
  const { origin, endpoints } = events;
  const { data } = context.facts.parallelism;
  const ofEndpoints = endpoints.flatMap((each) => [
    ...syntax(each, origin, `use "tcp://*:${each.key === 'endpoint' ? 5557 : 5558}"`),
    ...localSocket(each, events, data),
    ...connects(each, origin),
    ...bound(each, origin),
  ]);
  return [...silent(events, context), ...(publishes(events) ? ofEndpoints : [])];
}
