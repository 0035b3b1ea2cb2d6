import type { Finding } from '../preflight/finding';
import { error, warning } from '../preflight/finding';
import type { EnginePort } from './engine-port';
import type { Opened } from './opened';
import { MAX_PORT } from '../units/port';

/** Below this, a port needs a right that the pods do not have, unless the container runtime lowers the limit. */
const FIRST_OPEN = 1024;

const inWords = ({ port, count }: EnginePort): string => (count === 1 ? `${port}` : `${port} to ${port + count - 1}`);

/** Ports that are none, or that only root may listen on. */
export function rangeFindings({ ports }: Opened): Finding[] {
  return ports.flatMap((each) => {
    const { port, count, origin, what } = each;
    if (port === 0) {
      const problem = `has port 0 for ${what}: the engine listens on a random port, which no other pod knows`;
      return [error('port-range', origin, problem, 'use a port from 1024 to 65535')];
    }
    if (!Number.isInteger(port) || port < 0 || port + count - 1 > MAX_PORT) {
      const problem = `has port ${inWords(each)} for ${what}, and the largest port is ${MAX_PORT}`;
      return [error('port-range', origin, problem, 'use ports from 1024 to 65535')];
    }
    if (port >= FIRST_OPEN) return [];
    const problem = `has port ${inWords(each)} for ${what}: without root, many container runtimes refuse ports below ${FIRST_OPEN}`;
    return [warning('port-privileged', origin, problem, `use a port of at least ${FIRST_OPEN}`)];
  });
}
