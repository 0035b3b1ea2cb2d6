import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { EnginePod } from './engine-pod';
import type { PodProcess } from '../world/kubelet';

/** The port of the engine's container. */
const PORT = 8000;

/** What runs at an address of the pod network. */
export type ProcessAt = (address: string) => PodProcess | undefined;

/** The server of all engines, since every address of the pod network is this machine's. */
export class Engines {
  private readonly server: Server;

  public constructor(private readonly processAt: ProcessAt) {
    this.server = createServer((request, response) => void this.answer(request, response));
    // Longer than a gateway keeps an idle connection, as vLLM must be set, too.
    this.server.keepAliveTimeout = 600_000;
  }

  public listen(): Promise<void> {
    return new Promise((resolve) => this.server.listen(PORT, '0.0.0.0', 1024, resolve));
  }

  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const engine = this.processAt(request.socket.localAddress ?? '');
    // vLLM listens when the model is loaded.
    if (!(engine instanceof EnginePod) || !engine.ready) return void request.socket.destroy();
    if (request.url === '/metrics')
      return void response.setHeader('content-type', 'text/plain; version=0.0.4').end(engine.metrics.text());
    request.resume();
    const status = await engine.answer();
    const body = JSON.stringify({ pod: engine.pod.metadata.name, version: engine.version });
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  }
}
