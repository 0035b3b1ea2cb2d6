import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { isJsonObject } from '../shapes/json-object';
import { connectorsOf } from '../memory/connectors';
import type { Opened } from './opened';
import type { PortContext } from './port-context';

/** Addresses on which only the same pod reaches an engine. */
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i;

/** Addresses of every interface: an engine can listen there, but others cannot connect to them. */
const WILDCARD = /^(\*|0\.0\.0\.0|\[?::\]?)$/;

/** Why an address cannot be announced to other pods. */
export function unreachable(address: string): string | undefined {
  if (LOOPBACK.test(address))
    return 'each pod then announces its own loopback address, and others connect to themselves';
  if (WILDCARD.test(address)) return 'each pod announces this text to others, and it is the address of none';
  return address.trim() === '' ? 'each pod announces an empty address' : undefined;
}

const FIX = 'remove it: the address of the pod is set then';

/** Addresses in variables that a connector announces. */
function ofVariables({ transfers }: Opened, { environment }: PortContext): Finding[] {
  const users = new Map(transfers.map(({ addressVariable, connector }) => [addressVariable, connector]));
  return [...users].flatMap(([name, connector]) => {
    const value = name === undefined ? undefined : environment.get(name);
    // An empty VLLM_HOST_IP is an unset one to vLLM.
    if (name === undefined || value === undefined || (name === 'VLLM_HOST_IP' && value === '')) return [];
    const reason = unreachable(value);
    if (reason === undefined) return [];
    const problem = `is ${JSON.stringify(value)}, and ${connector} moves KV blocks between pods: ${reason}`;
    return [error('address-not-reachable', `env.${name}`, problem, FIX)];
  });
}

/** Keys with an address in the JSON of connectors. */
const KEYS: readonly [connector: string, key: string][] = [
  ['MoRIIOConnector', 'host_ip'],
  ['LMCacheConnectorV1', 'lmcache.pd_peer_host'],
  ['LMCacheConnectorV1', 'lmcache.p2p_host'],
];

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Addresses in the JSON of a connector. */
function ofJson(context: PortContext): Finding[] {
  return connectorsOf(context).flatMap(({ name, extra, origin }) => {
    const tiers: unknown = extra['secondary_tiers'];
    const tier = (Array.isArray(tiers) ? tiers.filter(isJsonObject) : []).find(({ type }) => type === 'p2p');
    const set: [key: string, value: string | undefined][] = [
      ...KEYS.filter(([connector]) => connector === name).map(([, key]): [string, string | undefined] => [
        key,
        textIn(extra[key]),
      ]),
      ['host of the tier p2p', textIn(tier?.['host'])],
    ];
    return set.flatMap(([key, value]) => {
      const reason = value === undefined ? undefined : unreachable(value);
      if (reason === undefined) return [];
      const problem = `has ${key} ${JSON.stringify(value)}, and ${name} moves KV blocks between pods: ${reason}`;
      const fix = 'write "$(POD_IP)", and set fieldEnv: { POD_IP: PodField.POD_IP }';
      return [error('address-not-reachable', origin, problem, fix)];
    });
  });
}

/** Addresses that other pods cannot reach. */
export const addressFindings = (opened: Opened, context: PortContext): Finding[] => [
  ...ofVariables(opened, context),
  ...ofJson(context),
];
