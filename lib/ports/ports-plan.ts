import { HASH_SEED } from '../defaults';
import type { Decision } from '../defaults/decision';
import type { EnginePort } from './engine-port';
import { hashingOf, SEED_VARIABLE } from './hashing';
import { kvEventPorts } from './kv-events';
import type { Opened } from './opened';
import type { PortContext } from './port-context';
import type { Transfer } from './transfer';
import { transfersOf } from './transfer';

/** Ports that other options open. */
function ofOptions({ facts }: PortContext): EnginePort[] {
  const { grpcPort, dataParallelRpcPort: rpc, parallelism } = facts;
  const grpc = { name: 'grpc', users: 'clients' as const, inService: true, what: 'gRPC' };
  const ofRanks = { name: 'dp-rpc', users: 'pod' as const, inService: false, what: 'the data-parallel ranks' };
  return [
    ...(grpcPort.value === undefined ? [] : [{ ...grpc, port: grpcPort.value, count: 1, origin: grpcPort.origin }]),
    ...(rpc.value === undefined || parallelism.data === 1
      ? []
      : [{ ...ofRanks, port: rpc.value, count: 1, origin: rpc.origin }]),
  ];
}

/** The address of the pod, where a connector announces one to other pods and the release has a variable for it. */
function addresses(transfers: readonly Transfer[], { environment, catalogue }: PortContext): Decision[] {
  const reasons = new Map<string, string>();
  for (const { connector, addressVariable: name } of transfers) {
    if (name === undefined || environment.has(name) || catalogue.env(name) === undefined) continue;
    if (!reasons.has(name))
      reasons.set(name, `${connector} announces it to other pods; vLLM's default is ${defaultOf(name)}`);
  }
  return [...reasons].map(([what, reason]) => ({ what, value: 'status.podIP', reason }));
}

/** vllm/envs.py; without VLLM_HOST_IP, vLLM looks for a route to the internet (vllm/utils/network_utils.py, get_ip). */
const defaultOf = (name: string): string =>
  name === 'VLLM_HOST_IP' ? 'the address with a route to the internet' : 'localhost';

/** Decides what an engine opens besides HTTP. */
export function planPorts(context: PortContext): Opened {
  const transfers = transfersOf(context);
  const hashing = hashingOf(context);
  const announced = addresses(transfers, context);
  const seed: Decision[] =
    hashing === undefined || context.environment.has(SEED_VARIABLE)
      ? []
      : [{ what: SEED_VARIABLE, value: HASH_SEED, reason: `all pods must hash blocks alike for ${hashing.why}` }];
  return {
    ports: [...ofOptions(context), ...kvEventPorts(context), ...transfers.flatMap(({ ports }) => ports)],
    transfers,
    hashing,
    environment: [
      ...announced.map(({ what, value }) => ({ name: what, field: value })),
      ...seed.map(({ what, value }) => ({ name: what, value })),
    ],
    decisions: [...announced, ...seed],
  };
}
