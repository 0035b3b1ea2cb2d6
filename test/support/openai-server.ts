import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the server behaves; by default like one ready replica of vLLM without a key. */
export interface OpenAiServerOptions {
  /** Default: a free one. */
  readonly port?: number;
  readonly key?: string;
  /** Models that it lists and serves. Default: `llama`. */
  readonly models?: readonly string[];
  /** Path of the API. Default: `/v1`. */
  readonly base?: string;
  /** Tokens of each answer. */
  readonly tokens?: readonly string[];
  /** Called before each token: a test can hold the stream. */
  readonly beforeToken?: (index: number) => Promise<void>;
  /** An error event after the tokens, as of an engine that failed. */
  readonly streamError?: string;
  /** How a stream ends: as it should, without its last event, or with a closed connection. */
  readonly end?: 'done' | 'silent' | 'cut';
  /** An answer of the gateway in place of the server's, for as many first requests. */
  readonly gateway?: { readonly status: number; readonly times: number; readonly body?: string };
}

/** A request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: { readonly model?: string; readonly stream?: boolean } & Readonly<Record<string, unknown>>;
}

/** A test that forgets the server does not keep its process, and the server ends after this time, in milliseconds. */
const LONGEST_LIFE = 120_000;

const json = (response: ServerResponse, status: number, body: unknown): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** A small OpenAI-compatible server on the loopback interface. Its errors are those of vLLM. */
export class OpenAiServer {
  public static async start(options: OpenAiServerOptions = {}): Promise<OpenAiServer> {
    const server = new OpenAiServer(options);
    await new Promise<void>((resolve) => server.http.listen(options.port ?? 0, '127.0.0.1', resolve));
    return server;
  }

  public readonly requests: ReceivedRequest[] = [];
  private readonly http: Server;
  private refused = 0;

  private constructor(private readonly options: OpenAiServerOptions) {
    this.http = createServer((request, response) => {
      this.answer(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
    this.http.unref();
    setTimeout(() => void this.close(), LONGEST_LIFE).unref();
  }

  /** Base URL for clients. */
  public get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}${this.base}`;
  }

  public async close(): Promise<void> {
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }

  private get base(): string {
    return this.options.base ?? '/v1';
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { method = '', url: path = '', headers } = request;
    const body = (text === '' ? {} : JSON.parse(text)) as ReceivedRequest['body'];
    this.requests.push({ method, path, headers, body });

    const { gateway, key, models = ['llama'] } = this.options;
    if (gateway !== undefined && this.refused < gateway.times) {
      this.refused += 1;
      response.writeHead(gateway.status).end(gateway.body);
      return;
    }
    if (key !== undefined && headers.authorization !== `Bearer ${key}`) {
      json(response, 401, { error: 'Unauthorized' });
      return;
    }
    const route = `${method} ${path.startsWith(this.base) ? path.slice(this.base.length) : ''}`;
    if (route === 'GET /models') {
      json(response, 200, { object: 'list', data: models.map((id) => ({ id, object: 'model' })) });
      return;
    }
    if (!['POST /chat/completions', 'POST /completions', 'POST /embeddings'].includes(route)) {
      json(response, 404, { detail: 'Not Found' });
      return;
    }
    if (!models.includes(body.model ?? '')) {
      const message = `The model \`${body.model}\` does not exist.`;
      json(response, 404, { error: { message, type: 'NotFoundError', param: 'model', code: 404 } });
      return;
    }
    if (route === 'POST /embeddings') {
      json(response, 200, { object: 'list', data: [{ object: 'embedding', index: 0, embedding: [0.1, 0.2] }] });
      return;
    }
    await this.complete(route === 'POST /chat/completions', body, response);
  }

  private async complete(chat: boolean, body: ReceivedRequest['body'], response: ServerResponse): Promise<void> {
    const { tokens = ['Hello', ',', ' world'], beforeToken, streamError, end = 'done' } = this.options;
    const choice = (text: string, last: boolean) => ({
      index: 0,
      ...(chat ? { [body.stream ? 'delta' : 'message']: { content: text } } : { text }),
      finish_reason: last ? 'stop' : null,
    });
    const object = chat ? 'chat.completion' : 'text_completion';
    if (!body.stream) {
      json(response, 200, { id: 'cmpl-1', object, model: body.model, choices: [choice(tokens.join(''), true)] });
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.flushHeaders();
    for (const [index, token] of tokens.entries()) {
      await beforeToken?.(index);
      const choices = [choice(token, end === 'done' && index === tokens.length - 1)];
      const event = { id: 'cmpl-1', object: `${object}.chunk`, model: body.model, choices };
      response.write(`data: ${JSON.stringify(event)}\n\n`);
    }
    if (streamError !== undefined) response.write(`data: ${JSON.stringify({ error: { message: streamError } })}\n\n`);
    if (end === 'cut') {
      // The client gets the tokens first: a destroyed socket may drop what is still buffered.
      await new Promise((resolve) => response.write('\n', resolve));
      response.destroy();
      return;
    }
    response.end(end === 'done' ? 'data: [DONE]\n\n' : undefined);
  }
}
