import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFolders } from '../world/assets';
import { type ControlPlane, startControlPlane, startGateway } from '../world/control-plane';
import { gatewayApiGateway, istioGateway } from '../world/istio';
import { Kubelet } from '../world/kubelet';
import { makeCertificate } from './certificate';
import { CONTROLLER_NAMESPACES, startKeda, startRollouts } from './controllers';
import { EnginePod } from './engine-pod';
import { Engines } from './engines';
import { KEEP_LOGS, LIVE_NEEDS } from './needs';
import { Prometheus } from './prometheus';

/** Everything that takes part in a delivery. */
export interface LiveWorld extends ControlPlane {
  readonly kubelet: Kubelet;
  readonly prometheus: Prometheus;
}

/** Starts everything. */
export async function startLiveWorld(namespaces: readonly string[]): Promise<LiveWorld> {
  const folders = readFolders(LIVE_NEEDS);
  const secrets = mkdtempSync(join(tmpdir(), 'secrets-'));
  const certificate = makeCertificate(secrets);
  const plane = await startControlPlane(folders, {
    namespaces: [...namespaces, ...CONTROLLER_NAMESPACES],
    controllers: ['horizontal-pod-autoscaler'],
    controllerFlags: ['--horizontal-pod-autoscaler-sync-period=1s'],
    apiServer: { aggregator: certificate },
    keepLogs: KEEP_LOGS,
  });
  const kubelet: Kubelet = new Kubelet(plane.api, async (pod) =>
    namespaces.includes(pod.metadata.namespace) ? new EnginePod(pod) : undefined,
  );
  const engines = new Engines((address) => kubelet.at(address)?.process);
  const stop = async (): Promise<void> => {
    await kubelet.stop();
    engines.close();
    await plane.stop();
    rmSync(secrets, { recursive: true, force: true });
  };
  try {
    await engines.listen();
    plane.add(startRollouts(folders.assets, plane));
    await startKeda(folders.assets, plane, certificate);
    const prometheus = await Prometheus.start(folders.assets, plane);
    await plane.apply([gatewayApiGateway(), istioGateway()]);
    await startGateway(folders.assets, plane, kubelet);
    return { ...plane, kubelet, prometheus, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
