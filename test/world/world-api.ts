import { writeFileSync } from 'node:fs';
import type { Connection } from '../cluster/api-client';
import { ApiClient, MERGE_PATCH } from '../cluster/api-client';

/** Metadata of an object as the API has it. */
export interface Stored {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** An object as the API has it, of any kind. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests follow paths through objects of any kind.
export type Any = any;

/** A request that the API refused. */
export class RefusedError extends Error {
  public constructor(
    public readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The API, with an error for each request that fails. */
export class WorldApi {
  private readonly client: ApiClient;

  public constructor(private readonly connection: Connection) {
    this.client = new ApiClient(connection);
  }

  public async get(path: string): Promise<Any> {
    return this.ask('GET', path);
  }

  public async post(path: string, body: object): Promise<Any> {
    return this.ask('POST', path, body);
  }

  public async delete(path: string): Promise<void> {
    await this.client.request('DELETE', path);
  }

  /** Server-side apply of a part of an object, for example its status. */
  public async patch(path: string, body: object): Promise<Any> {
    return this.ask('PATCH', `${path}?fieldManager=test-kubelet&force=true`, body);
  }

  /** Changes the fields of `body`; null removes a field. */
  public async merge(path: string, body: object): Promise<Any> {
    return this.ask('PATCH', path, body, MERGE_PATCH);
  }

  /** A token with the rights of a ServiceAccount. */
  public async tokenOf(namespace: string, serviceAccount: string): Promise<string> {
    const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
    const { status } = await this.post(
      `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}/token`,
      request,
    );
    return status.token;
  }

  /** Writes the configuration of a client; without a token, it is an administrator. */
  public writeKubeconfig(file: string, token = this.connection.token): string {
    const { port, ca } = this.connection;
    const cluster = {
      server: `https://127.0.0.1:${port}`,
      'certificate-authority-data': Buffer.from(ca).toString('base64'),
    };
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'test', cluster }],
      users: [{ name: 'test', user: { token } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
      'current-context': 'test',
    };
    writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
    return file;
  }

  public close(): void {
    this.client.close();
  }

  private async ask(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object, contentType?: string): Promise<Any> {
    const { status, body: answer } = await this.client.request(method, path, body && JSON.stringify(body), contentType);
    if (status >= 300) throw new RefusedError(status, `${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  }
}
