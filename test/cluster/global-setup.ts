import { type ApiServer, startApiServer } from './api-server';
import { publishConnection } from './connection';
import { installCrds } from './crds';
import { readEnvironment } from './environment';

/** One server for the whole run, started by Jest before any test. */
export default async function globalSetup(): Promise<void> {
  const { assets, crdDir } = readEnvironment();
  const server = await startApiServer(assets);
  try {
    await installCrds(server, crdDir);
  } catch (error) {
    await server.stop();
    throw error;
  }
  publishConnection(server.connection);
  (globalThis as { clusterTestServer?: ApiServer }).clusterTestServer = server;
}
