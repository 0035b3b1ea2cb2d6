import { Agent, type IncomingMessage, request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { GATEWAY_PORT } from '../world/istio';

/** One answer of the gateway. */
export interface PoolAnswer {
  readonly status: number;
  /** The pod that answered; undefined for an answer of gateway or picker. */
  readonly pod: string | undefined;
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

const PROMPT = { model: 'llama', messages: [{ role: 'user', content: 'How are you?' }] };

function open(host: string, body: object): Promise<IncomingMessage> {
  const headers = { host, 'content-type': 'application/json' };
  const options = {
    host: '127.0.0.1',
    port: GATEWAY_PORT,
    path: '/v1/chat/completions',
    method: 'POST',
    headers,
    agent,
  };
  return new Promise((resolve, reject) => {
    httpRequest(options, resolve).once('error', reject).end(JSON.stringify(body));
  });
}

/** Sends a chat request to a host of the gateway. An error of the connection is status 0. */
export async function ask(host: string): Promise<PoolAnswer> {
  try {
    const response = await open(host, PROMPT);
    const body = await text(response);
    const answered = response.statusCode === 200 ? (JSON.parse(body) as { pod: string }) : undefined;
    return { status: response.statusCode ?? 0, pod: answered?.pod };
  } catch {
    return { status: 0, pod: undefined };
  }
}

/** Sends `count` requests, eight at a time. */
export async function askMany(host: string, count: number): Promise<PoolAnswer[]> {
  const answers: PoolAnswer[] = [];
  let left = count;
  const worker = async () => {
    while (left-- > 0) answers.push(await ask(host));
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return answers;
}

/** The data of a stream, each with its time since the request in milliseconds. */
export async function askStream(host: string): Promise<{ readonly data: string; readonly at: number }[]> {
  const start = performance.now();
  const events: { data: string; at: number }[] = [];
  const response = await open(host, { ...PROMPT, stream: true });
  for await (const chunk of response.setEncoding('utf8')) {
    for (const line of (chunk as string).split('\n'))
      if (line.startsWith('data: ')) events.push({ data: line.slice(6), at: performance.now() - start });
  }
  return events;
}
