import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApiServer } from '../cluster/api-server';
import { Cluster, type Manifest } from '../cluster/cluster';
import { installCrds } from '../cluster/crds';
import { poll } from '../cluster/poll';
import { ServerProcess } from '../cluster/server-process';
import { ADVERTISED } from './pool-addresses';
import { PoolApi } from './pool-api';
import { PoolEngines } from './pool-engines';
import { readPoolEnvironment } from './pool-environment';
import { GATEWAY, gatewayObjects, startEnvoy, startIstiod } from './pool-istio';
import { PoolKubelet, poolNode } from './pool-kubelet';
import { PoolPicker } from './pool-picker';

/** Only what pods and endpoints need: the node has no kubelet that renews its lease. */
const CONTROLLERS = ['deployment', 'replicaset', 'endpointslice', 'serviceaccount', 'garbage-collector'].map(
  (name) => `${name}-controller`,
);

const TIMEOUT_MS = 60_000;

/** A control plane, Istio with one gateway, and pods that answer. */
export interface World {
  readonly api: PoolApi;
  readonly engines: PoolEngines;
  readonly kubelet: PoolKubelet;
  apply(manifests: readonly object[]): Promise<void>;
  until(what: string, ask: () => Promise<boolean>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts everything, and the pods of the namespaces. */
export async function startWorld(namespaces: readonly string[]): Promise<World> {
  const { assets, crdDir } = readPoolEnvironment();
  const logs = mkdtempSync(join(tmpdir(), 'pools-'));
  const server = await startApiServer(assets, { authorization: 'RBAC', advertiseAddress: ADVERTISED });
  const api = new PoolApi(server.connection);
  const cluster = new Cluster(server.connection);
  const processes: ServerProcess[] = [];

  const apply = async (manifests: readonly object[]): Promise<void> => {
    for (const manifest of manifests as Manifest[]) {
      const answer = await cluster.apply(manifest, 'stored');
      if (answer === undefined || answer.status >= 300)
        throw new Error(
          `${manifest.kind} ${manifest.metadata.name}: ${JSON.stringify(answer?.body ?? 'no such kind')}`,
        );
    }
  };
  const until = async (what: string, ask: () => Promise<boolean>): Promise<void> => {
    const complaint = () => new Error(`not after ${TIMEOUT_MS / 1000} s: ${what}`);
    const orFailed = async (): Promise<boolean> => {
      const failure = processes.map((each) => each.failure).find((text) => text !== undefined);
      if (failure !== undefined) throw new Error(failure);
      return ask();
    };
    await poll(orFailed, TIMEOUT_MS, complaint);
  };

  await installCrds(server, assets);
  await installCrds(server, crdDir);
  await apply([
    poolNode,
    ...[...namespaces, GATEWAY.namespace, 'istio-system'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    })),
  ]);
  const manager = [
    ...['--kubeconfig', api.writeKubeconfig(join(logs, 'manager')), '--leader-elect=false', '--secure-port=0'],
    `--controllers=${CONTROLLERS.join(',')}`,
  ];
  processes.push(new ServerProcess(join(assets, 'kube-controller-manager'), manager, logs));
  processes.push(startIstiod(assets, logs, api));
  for (const namespace of [...namespaces, GATEWAY.namespace]) {
    await until(`${namespace} has its ServiceAccount`, async () => {
      const { items } = await api.get(`/api/v1/namespaces/${namespace}/serviceaccounts`);
      return items.length > 0;
    });
  }

  const kubelet: PoolKubelet = new PoolKubelet(api, async (pod, address) =>
    pod.spec.containers[0].name === 'epp' ? PoolPicker.start(pod, address, api, { assets, logs }) : undefined,
  );
  const engines = new PoolEngines((address) => kubelet.at(address)?.pod.metadata.name);
  await engines.listen();
  await apply(gatewayObjects());
  await until('the pod of the gateway runs', async () => kubelet.labelled('app', GATEWAY.app).length > 0);
  const [proxy] = kubelet.labelled('app', GATEWAY.app);
  if (proxy === undefined) throw new Error('no pod of the gateway');
  processes.push(startEnvoy(assets, logs, { name: proxy.pod.metadata.name, address: proxy.address }));

  return {
    api,
    engines,
    kubelet,
    apply,
    until,
    stop: async () => {
      await kubelet.stop();
      await Promise.all(processes.map((each) => each.kill()));
      engines.close();
      cluster.close();
      api.close();
      await server.stop();
      if (process.env.POOL_KEEP_LOGS === undefined) rmSync(logs, { recursive: true, force: true });
      else process.stdout.write(`logs: ${logs}\n`);
    },
  };
}
