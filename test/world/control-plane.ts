import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiServerOptions, startApiServer } from '../cluster/api-server';
import { Cluster, type Manifest } from '../cluster/cluster';
import { installCrds } from '../cluster/crds';
import { poll } from '../cluster/poll';
import { ServerProcess } from '../cluster/server-process';
import { ADVERTISED } from './addresses';
import type { Folders } from './assets';
import { GATEWAY, proxyObjects, startEnvoy, startIstiod } from './istio';
import { type Kubelet, NODE_OBJECT } from './kubelet';
import { WorldApi } from './world-api';

/** Only what pods and endpoints need: the node has no kubelet that renews its lease. */
const CONTROLLERS = ['deployment', 'replicaset', 'endpointslice', 'serviceaccount', 'garbage-collector'];

const TIMEOUT_MS = 60_000;

export interface ControlPlaneOptions {
  /** Namespaces besides those of the gateway and of Istio. */
  readonly namespaces: readonly string[];
  /** Controllers of kube-controller-manager besides those of pods and endpoints, without `-controller`. */
  readonly controllers?: readonly string[];
  /** Flags of kube-controller-manager. */
  readonly controllerFlags?: readonly string[];
  readonly apiServer?: Pick<ApiServerOptions, 'aggregator'>;
  /** The folder is kept if it is set. */
  readonly keepLogs: string;
}

/** An API server with the controllers of Kubernetes and with Istio. */
export interface ControlPlane {
  readonly api: WorldApi;
  /** A folder for the logs and the files of programs. */
  readonly logs: string;
  /** Server-side apply with force. Fails if the API server refuses an object. */
  apply(manifests: readonly object[]): Promise<void>;
  /** Deletes objects; those that are not there are ignored. */
  remove(manifests: readonly object[]): Promise<void>;
  /** Waits until `ask` answers true. Fails after a minute, or as soon as a program has ended. */
  until(what: string, ask: () => Promise<boolean>, timeoutMs?: number): Promise<void>;
  /** Watches a program that must not end, and stops it at the end. */
  add(process: ServerProcess): void;
  stop(): Promise<void>;
}

/** Starts the programs, and waits for the namespaces. */
export async function startControlPlane(folders: Folders, options: ControlPlaneOptions): Promise<ControlPlane> {
  const { assets, crdDir } = folders;
  const logs = mkdtempSync(join(tmpdir(), 'world-'));
  const server = await startApiServer(assets, {
    authorization: 'RBAC',
    advertiseAddress: ADVERTISED,
    ...options.apiServer,
  });
  const api = new WorldApi(server.connection);
  const cluster = new Cluster(server.connection);
  const processes: ServerProcess[] = [];

  const plane: ControlPlane = {
    api,
    logs,
    apply: async (manifests) => {
      for (const manifest of manifests as Manifest[]) {
        const answer = await cluster.apply(manifest, 'stored');
        if (answer === undefined || answer.status >= 300)
          throw new Error(
            `${manifest.kind} ${manifest.metadata.name}: ${JSON.stringify(answer?.body ?? 'no such kind')}`,
          );
      }
    },
    remove: async (manifests) => {
      for (const manifest of manifests as Manifest[]) await cluster.delete(manifest);
    },
    until: async (what, ask, timeoutMs = TIMEOUT_MS) => {
      const complaint = () => new Error(`not after ${timeoutMs / 1000} s: ${what}`);
      const orFailed = async (): Promise<boolean> => {
        const failure = processes.map((each) => each.failure).find((text) => text !== undefined);
        if (failure !== undefined) throw new Error(failure);
        return ask();
      };
      await poll(orFailed, timeoutMs, complaint);
    },
    add: (process) => void processes.push(process),
    stop: async () => {
      await Promise.all(processes.map((each) => each.kill()));
      cluster.close();
      api.close();
      await server.stop();
      if (process.env[options.keepLogs] === undefined) rmSync(logs, { recursive: true, force: true });
      else process.stdout.write(`logs: ${logs}\n`);
    },
  };

  // Those of the programs win: a folder may have shortened ones.
  await installCrds(server, crdDir);
  await installCrds(server, assets);
  const namespaces = [...options.namespaces, GATEWAY.namespace];
  await plane.apply([
    NODE_OBJECT,
    ...[...namespaces, 'istio-system'].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
  ]);
  plane.add(startControllerManager(assets, plane, options));
  plane.add(startIstiod(assets, logs, api));
  for (const namespace of namespaces) {
    await plane.until(`${namespace} has its ServiceAccount`, async () => {
      const { items } = await api.get(`/api/v1/namespaces/${namespace}/serviceaccounts`);
      return items.length > 0;
    });
  }
  return plane;
}

function startControllerManager(
  assets: string,
  { api, logs }: ControlPlane,
  { controllers = [], controllerFlags = [] }: ControlPlaneOptions,
): ServerProcess {
  const names = [...CONTROLLERS, ...controllers].map((name) => `${name}-controller`);
  const flags = [
    ...['--kubeconfig', api.writeKubeconfig(join(logs, 'manager')), '--leader-elect=false', '--secure-port=0'],
    ...[`--controllers=${names.join(',')}`, ...controllerFlags],
  ];
  return new ServerProcess(join(assets, 'kube-controller-manager'), flags, logs);
}

/** Starts the Envoy of the gateway, as soon as the kubelet runs its pod. */
export async function startGateway(assets: string, plane: ControlPlane, kubelet: Kubelet): Promise<void> {
  await plane.apply(proxyObjects());
  await plane.until('the pod of the gateway runs', async () => kubelet.labelled('app', GATEWAY.app).length > 0);
  const [proxy] = kubelet.labelled('app', GATEWAY.app);
  if (proxy === undefined) throw new Error('no pod of the gateway');
  plane.add(startEnvoy(assets, plane.logs, { name: proxy.pod.metadata.name, address: proxy.address }));
}
