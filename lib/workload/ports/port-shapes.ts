import { labelMap } from '../../shapes/label-shapes';
import { namespace } from '../../shapes/object-names';
import { flag, integer, listOf, oneOf, shape } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import { range } from '../pod/pod-shapes';
import type { ExtraPort, NetworkPort } from './port-options';
import { NetworkProtocol } from './port-options';
import { MAX_PORT } from '../../units/port';

/** Kubernetes' own rule for names of ports (k8s.io/apimachinery/pkg/util/validation, IsValidPortName). */
const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

const portName = shape<string>(
  'a name of at most 15 lower-case letters, digits and "-", with a letter and without "--"',
  (value) => typeof value === 'string' && PORT_NAME.test(value),
);
const port = integer(1, MAX_PORT);
const protocol = oneOf(...Object.values(NetworkProtocol));

export const EXTRA_PORTS = listOf(structOf<ExtraPort>({ name: portName, port }, { protocol, service: flag }));

export const NETWORK_PORTS = listOf(
  structOf<NetworkPort>(
    { port },
    {
      endPort: port,
      protocol,
      fromNamespaces: listOf(namespace, 1),
      fromPods: labelMap({ least: 1 }),
      fromRanges: listOf(range, 1),
    },
  ),
);
