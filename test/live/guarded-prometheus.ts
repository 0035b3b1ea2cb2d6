import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate';
import { PROMETHEUS } from './ports';

/** Prometheus behind a proxy with TLS that wants a token, such as that of OpenShift. */
export class GuardedPrometheus {
  /** Requests that had the token, and those that had not. */
  public readonly requests = { allowed: 0, refused: 0 };
  /** Why clients ended the handshake. */
  public readonly endedHandshakes: string[] = [];
  private readonly server: Server;

  public constructor({ certificate, key }: Certificate, token: string) {
    this.server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
      request.resume();
      if (request.headers.authorization !== `Bearer ${token}`) {
        this.requests.refused++;
        return void response.writeHead(401).end('no token');
      }
      this.requests.allowed++;
      fetch(`${PROMETHEUS}${request.url ?? ''}`).then(
        async (answer) => void response.writeHead(answer.status).end(await answer.text()),
        () => void response.writeHead(502).end(),
      );
    });
    this.server.on('tlsClientError', ({ code }: NodeJS.ErrnoException) => this.endedHandshakes.push(code ?? ''));
  }

  public listen(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  public get address(): string {
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
