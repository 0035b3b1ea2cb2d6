import { Agent, type IncomingMessage, request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import type { RoutedRequest } from '../support/route-evaluator';
import type { StreamWish } from './pods';

export interface Reply {
  readonly status: number;
  readonly body: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** Sends a request to a listener of the gateway. The path goes out as it is, unlike with `fetch`. */
export async function send(port: number, request: RoutedRequest): Promise<Reply> {
  const response = await open(port, request);
  return { status: response.statusCode ?? 0, body: await text(response) };
}

export interface Event {
  readonly data: string;
  readonly atMs: number;
}

/** A stream, with the times of its events since the request. `complete`: the response ended as HTTP wants it. */
export async function stream(port: number, request: RoutedRequest, wish: StreamWish) {
  const start = performance.now();
  const response = await open(port, { ...request, method: 'POST' }, JSON.stringify(wish));
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

function open(port: number, { host, path, method, headers }: RoutedRequest, body?: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, headers: { ...headers, host }, agent };
    httpRequest(options, resolve).once('error', reject).end(body);
  });
}
