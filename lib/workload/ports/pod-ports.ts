import type { EnginePort } from '../../ports/engine-port';
import { singlePorts } from '../../ports/engine-port';
import { list, tree } from '../pod/tree';
import type { Tree } from '../pod/tree';
import { ENGINE_CONTAINER } from '../pod/pod-template-overrides';
import type { ExtraPort } from './port-options';
import { NetworkProtocol } from './port-options';

/** One port of the engine's container besides HTTP. Plain data. */
export interface PodPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly inService: boolean;
}

/** Ports of the engine's container in overrides: users of older releases had to declare those of options there. */
function declared(overrides: Tree): Tree[] {
  const containers = list(tree(overrides['spec'])['containers']);
  return containers.filter(({ name }) => name === ENGINE_CONTAINER).flatMap(({ ports }) => list(ports));
}

/** The ports that the engine's container lists besides HTTP, each once. */
export function podPorts(opened: readonly EnginePort[], extra: readonly ExtraPort[], overrides: Tree): PodPort[] {
  const own = opened
    .filter(({ users }) => users !== 'pod')
    .flatMap((each) => singlePorts(each).map((single) => ({ ...single, inService: each.inService })));
  const all = [
    ...own.map((each) => ({ ...each, protocol: 'TCP' })),
    ...extra.map(({ name, port, protocol = NetworkProtocol.TCP, service = true }) => ({
      name,
      port,
      protocol,
      inService: service,
    })),
  ];
  const others = declared(overrides);
  const isDeclared = ({ port, protocol }: PodPort) =>
    others.some((each) => each['containerPort'] === port && (each['protocol'] ?? 'TCP') === protocol);
  return all.filter((each) => !isDeclared(each));
}
