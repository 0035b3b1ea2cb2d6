import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient, type Connection } from './api-client';
import { freePorts } from './free-ports';
import { poll } from './poll';
import { ServerProcess } from './server-process';
import { SetupError } from './setup-error';

export interface ApiServer {
  readonly connection: Connection;
  readonly request: ApiClient['request'];
  /** Stops the servers and removes their data. */
  stop(): Promise<void>;
}

export interface ApiServerOptions {
  /** Default: everything is allowed, which is enough to judge manifests. */
  readonly authorization?: 'AlwaysAllow' | 'RBAC';
  /** Without a default route, the server needs an address to advertise. */
  readonly advertiseAddress?: string;
  /** Files with which the server proves to an aggregated API server who it is. */
  readonly aggregator?: { readonly certificate: string; readonly key: string };
}

/** Usual are 3 to 8 s on two busy cores. */
const START_TIMEOUT_MS = 60_000;

/** Starts etcd and kube-apiserver from the folder `assets`, on loopback only, with their data in a temporary folder. */
export async function startApiServer(assets: string, options: ApiServerOptions = {}): Promise<ApiServer> {
  const folder = mkdtempSync(join(tmpdir(), 'kube-apiserver-'));
  const [etcdPort = 0, port = 0] = await freePorts(2);
  const token = randomUUID();
  writeCredentials(folder, token);

  const processes = [
    new ServerProcess(join(assets, 'etcd'), etcdArgs(folder, etcdPort), folder),
    new ServerProcess(join(assets, 'kube-apiserver'), apiServerArgs(folder, etcdPort, port, options), folder),
  ];
  const stop = async () => {
    await Promise.all(processes.map((process) => process.kill()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const connection = await untilReady(processes, join(folder, 'certs', 'apiserver.crt'), { port, token });
    const client = new ApiClient(connection);
    return {
      connection,
      request: client.request.bind(client),
      stop: () => {
        client.close();
        return stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One EC key signs and verifies service account tokens; the token file makes its bearer an administrator. */
function writeCredentials(folder: string, token: string): void {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(join(folder, 'sa.key'), privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 });
  writeFileSync(join(folder, 'tokens.csv'), `${token},admin,admin,"system:masters"\n`, { mode: 0o600 });
}

function etcdArgs(folder: string, port: number): string[] {
  const url = `http://127.0.0.1:${port}`;
  return [
    ...['--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync', '--log-level', 'warn'],
    ...['--listen-client-urls', url, '--advertise-client-urls', url, '--listen-peer-urls', 'http://127.0.0.1:0'],
  ];
}

/**
 * `--allow-privileged`, as kubeadm sets it: without it no Pod Security level admits a privileged container.
 * `--endpoint-reconciler-type none` and no `--advertise-address`: since v1.37 the server refuses to advertise a loopback
 * address ("cannot use public IP 127.0.0.1 with endpoint reconciler").
 */
function apiServerArgs(
  folder: string,
  etcdPort: number,
  port: number,
  { authorization = 'AlwaysAllow', advertiseAddress, aggregator }: ApiServerOptions,
): string[] {
  const key = join(folder, 'sa.key');
  return [
    ...['--etcd-servers', `http://127.0.0.1:${etcdPort}`],
    ...['--bind-address', '127.0.0.1', '--secure-port', String(port), '--endpoint-reconciler-type', 'none'],
    ...['--cert-dir', join(folder, 'certs'), '--token-auth-file', join(folder, 'tokens.csv')],
    ...['--authorization-mode', authorization, '--allow-privileged=true'],
    ...(advertiseAddress === undefined ? [] : ['--advertise-address', advertiseAddress]),
    ...['--service-cluster-ip-range', '10.0.0.0/24'],
    ...['--service-account-issuer', 'https://kubernetes.default.svc'],
    ...['--service-account-key-file', key, '--service-account-signing-key-file', key],
    ...(aggregator === undefined ? [] : aggregatorArgs(aggregator)),
  ];
}

/** What requests to an aggregated API need. The certificate is self-signed for the name `aggregator`, so its own CA. */
function aggregatorArgs({ certificate, key }: NonNullable<ApiServerOptions['aggregator']>): string[] {
  return [
    ...['--proxy-client-cert-file', certificate, '--proxy-client-key-file', key],
    ...['--requestheader-client-ca-file', certificate, '--requestheader-allowed-names', 'aggregator'],
    ...['--requestheader-username-headers', 'X-Remote-User', '--requestheader-group-headers', 'X-Remote-Group'],
    ...['--requestheader-extra-headers-prefix', 'X-Remote-Extra-'],
  ];
}

/** While it starts, the server writes its self-signed certificate, which is also the CA for clients. */
async function untilReady(
  processes: ServerProcess[],
  certificate: string,
  address: Omit<Connection, 'ca'>,
): Promise<Connection> {
  let connection = { ...address, ca: '' };
  const isReady = async () => {
    const failure = processes.map((process) => process.failure).find((text) => text !== undefined);
    if (failure) {
      throw new SetupError(failure);
    }
    if (!existsSync(certificate)) {
      return false;
    }
    connection = { ...address, ca: readFileSync(certificate, 'utf8') };
    return answersReady(connection);
  };
  await poll(isReady, START_TIMEOUT_MS, () => {
    const words = processes.map((process) => process.endOfLog()).join('\n');
    return new SetupError(`The API server was not ready after ${START_TIMEOUT_MS / 1000} s. ${words}`);
  });
  return connection;
}

async function answersReady(connection: Connection): Promise<boolean> {
  const client = new ApiClient(connection);
  try {
    return (await client.request('GET', '/readyz')).status === 200;
  } catch {
    return false; // not listening yet, or the certificate is incomplete
  } finally {
    client.close();
  }
}
