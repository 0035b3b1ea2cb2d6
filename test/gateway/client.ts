import { Agent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as TlsAgent, request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import type { RoutedRequest } from '../support/route-evaluator';
import type { StreamWish } from './pods';

export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly contentType: string | undefined;
}

/** A listener of the gateway, on this machine. */
export interface Endpoint {
  readonly port: number;
  readonly tls: boolean;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
/** The certificates are the tests' own. */
const tlsAgent = new TlsAgent({ keepAlive: true, rejectUnauthorized: false });

/** Sends a request to a listener of the gateway. The path goes out as it is, unlike with `fetch`. */
export async function send(endpoint: Endpoint, request: RoutedRequest): Promise<Reply> {
  const response = await open(endpoint, request);
  const contentType = response.headers['content-type'];
  return { status: response.statusCode ?? 0, body: await text(response), contentType };
}

export interface Event {
  readonly data: string;
  readonly atMs: number;
}

/** A stream, with the times of its events since the request. `complete`: the response ended as HTTP wants it. */
export async function stream(endpoint: Endpoint, request: RoutedRequest, wish: StreamWish) {
  const start = performance.now();
  const response = await open(endpoint, { ...request, method: 'POST' }, JSON.stringify(wish));
  const events: Event[] = [];
  try {
    for await (const chunk of response.setEncoding('utf8')) {
      const atMs = performance.now() - start;
      for (const line of (chunk as string).split('\n'))
        if (line.startsWith('data: ')) events.push({ data: line.slice(6), atMs });
    }
  } catch {
    // The gateway closed the connection: `complete` is false.
  }
  return { events, complete: response.complete, lastedMs: performance.now() - start };
}

function open({ port, tls }: Endpoint, request: RoutedRequest, body?: string): Promise<IncomingMessage> {
  const { host, path, method, headers } = request;
  const target = { host: '127.0.0.1', port, path, method, headers: { ...headers, host } };
  return new Promise((resolve, reject) => {
    const sent = tls
      ? httpsRequest({ ...target, agent: tlsAgent, servername: host }, resolve)
      : httpRequest({ ...target, agent }, resolve);
    sent.once('error', reject).end(body);
  });
}
