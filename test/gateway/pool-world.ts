import { readFolders } from '../world/assets';
import { type ControlPlane, startControlPlane, startGateway } from '../world/control-plane';
import { gatewayApiGateway } from '../world/istio';
import { Kubelet } from '../world/kubelet';
import { PoolEngines } from './pool-engines';
import { POOL_NEEDS } from './pool-environment';
import { PoolPicker } from './pool-picker';

/** A control plane, Istio with one gateway, and pods that answer. */
export interface World extends ControlPlane {
  readonly engines: PoolEngines;
  readonly kubelet: Kubelet;
}

/** Starts everything, and the pods of the namespaces. */
export async function startWorld(namespaces: readonly string[]): Promise<World> {
  const folders = readFolders(POOL_NEEDS);
  const plane = await startControlPlane(folders, { namespaces, keepLogs: 'POOL_KEEP_LOGS' });
  const { api, logs } = plane;
  const { assets } = folders;
  const kubelet: Kubelet = new Kubelet(api, async (pod, address) =>
    pod.spec.containers[0].name === 'epp' ? PoolPicker.start(pod, address, api, { assets, logs }) : undefined,
  );
  const engines = new PoolEngines((address) => kubelet.at(address)?.pod.metadata.name);
  await engines.listen();
  await plane.apply([gatewayApiGateway()]);
  await startGateway(assets, plane, kubelet);
  return {
    ...plane,
    engines,
    kubelet,
    stop: async () => {
      await kubelet.stop();
      engines.close();
      await plane.stop();
    },
  };
}
