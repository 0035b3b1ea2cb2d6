import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';

/** Connection to the server. Plain data, since an environment variable passes it from Jest's setup to the tests. */
export interface Connection {
  readonly port: number;
  readonly token: string;
  readonly ca: string;
}

export interface Answer {
  readonly status: number;
  /** Parsed if it is JSON. */
  readonly body: unknown;
  /** The texts of the `Warning` headers, the only place for deprecated APIs and Pod Security findings. */
  readonly warnings: readonly string[];
}

const CONTENT_TYPES = {
  GET: undefined,
  DELETE: undefined,
  POST: 'application/yaml',
  PATCH: 'application/apply-patch+yaml',
} as const;

/** The type of a body that changes single fields, as `kubectl patch --type merge` sends it. */
export const MERGE_PATCH = 'application/merge-patch+json';

/** Requests over keep-alive connections: a dry-run apply takes a few milliseconds, and a kubectl call takes hundreds. */
export class ApiClient {
  private readonly agent: Agent;

  constructor(private readonly connection: Connection) {
    this.agent = new Agent({ ca: connection.ca, keepAlive: true, maxSockets: 8 });
  }

  async request(
    method: keyof typeof CONTENT_TYPES,
    path: string,
    body?: string,
    contentType: string | undefined = CONTENT_TYPES[method],
  ): Promise<Answer> {
    const { port, token } = this.connection;
    const headers = {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(contentType && { 'content-type': contentType }),
    };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, method, headers, agent: this.agent }, resolve)
        .once('error', reject)
        .end(body);
    });
    const content = await text(response);
    const isJson = response.headers['content-type']?.startsWith('application/json');
    return {
      status: response.statusCode ?? 0,
      body: isJson ? JSON.parse(content) : content,
      warnings: (response.headersDistinct.warning ?? []).map(warningText),
    };
  }

  close(): void {
    this.agent.destroy();
  }
}

/** `299 - "spec.x: \"y\" is deprecated"` → `spec.x: "y" is deprecated` */
function warningText(header: string): string {
  return header.replace(/^\d+ \S+ "(.*)"$/, '$1').replace(/\\(.)/g, '$1');
}
