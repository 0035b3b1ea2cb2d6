import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a query returns: the values of its elements, or an error. */
export type Answer = readonly string[] | 'error';

/** A Prometheus that gives each path its own answers, one after the other; the last one stays. */
export class Answers {
  private readonly server: Server;
  private readonly asked = new Map<string, number>();

  public constructor(answers: Readonly<Record<string, readonly Answer[]>>) {
    this.server = createServer((request, response) => {
      request.resume();
      const [, path = ''] = (request.url ?? '').split('/');
      const given = answers[path] ?? [];
      const count = this.asked.get(path) ?? 0;
      this.asked.set(path, count + 1);
      const answer = given[Math.min(count, given.length - 1)] ?? 'error';
      response.setHeader('content-type', 'application/json');
      if (answer === 'error') {
        return void response.writeHead(503).end('{"status":"error","errorType":"unavailable","error":"down"}');
      }
      const result = answer.map((value, at) => ({ metric: { element: `${at}` }, value: [Date.now() / 1000, value] }));
      response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }));
    });
  }

  public listen(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  /** The address of a path, as a server. */
  public addressOf(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${path}`;
  }

  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
