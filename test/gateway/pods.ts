import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** The port of the engine's container. */
const PORT = 8000;

/** The answer of a pod. */
export interface Echo {
  /** Its address, which says which pod it is. */
  readonly address: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Models, as `/v1/models` lists them. */
  readonly data: readonly { readonly id: string }[];
}

/** The model of every pod. */
export const MODEL = 'Qwen/Qwen3-8B';

/** The body of a request for a stream: `events` of them, `gapMs` apart, then `[DONE]`. */
export interface StreamWish {
  readonly stream: true;
  readonly events: number;
  readonly gapMs: number;
}

/** A header of a request: the status that the pod answers with. */
export const ANSWER = 'x-test-answer';

/** One server is every pod, since the address of each pod is one of this machine's own. */
export async function startPods(): Promise<Server> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(PORT, '0.0.0.0', 1024, resolve));
  return server;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  const wish = body.startsWith('{') ? (JSON.parse(body) as Partial<StreamWish>) : {};
  if (wish.stream) return stream(wish, response);
  const echo = {
    address: request.socket.localAddress,
    path: request.url,
    headers: request.headers,
    data: [{ id: MODEL }],
  };
  const status = Number(request.headers[ANSWER] ?? 200);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(echo));
}

async function stream({ events = 3, gapMs = 50 }: Partial<StreamWish>, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (let index = 0; index < events && !response.destroyed; index++) {
    if (index > 0) await sleep(gapMs);
    response.write(`data: {"index":${index}}\n\n`);
  }
  response.end('data: [DONE]\n\n');
}
