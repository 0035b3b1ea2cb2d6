import type { Connection } from './api-client';
import { Cluster } from './cluster';

/** The environment is the only thing that Jest passes from its setup to tests. */
const VARIABLE = 'CLUSTER_TEST_CONNECTION';

export function publishConnection(connection: Connection): void {
  process.env[VARIABLE] = JSON.stringify(connection);
}

/** The server that Jest's global setup started. */
export function connect(): Cluster {
  return new Cluster(JSON.parse(process.env[VARIABLE] ?? '') as Connection);
}
