import type { HostNeeds } from '../../timing/host-needs';
import { connectorsOf } from './connectors';
import { downloadFolder, downloads } from './downloads';
import type { HostContext } from './host-context';
import { isLmcache, lmcacheFolders, lmcacheMemory } from './lmcache';
import { mediaFolders, multimodalCache } from './multimodal';
import { offloadingNeeds } from './offloading';
import { copiesOfWeights, offloadedWeights } from './weights-copies';

/** Decides what the features of an engine take of the host. */
export function hostNeeds(context: HostContext): HostNeeds {
  const { offline } = context.weights;
  const connectors = connectorsOf(context);
  const offloading = offloadingNeeds(context, connectors);
  const lmcaches = connectors.filter(isLmcache);
  const images = multimodalCache(context);
  const inShm = images?.isShared ? [images.part] : [];
  const inProcesses = images && !images.isShared ? [images.part] : [];
  const downloaded = offline ? { parts: [], isOpen: false } : downloads(context);
  return {
    memory: [
      ...offloadedWeights(context),
      ...offloading.memory,
      ...lmcaches.flatMap((each) => lmcacheMemory(context, each)),
      ...inProcesses,
    ],
    sharedMemory: [...offloading.sharedMemory, ...inShm],
    weights: copiesOfWeights(context),
    download: downloaded.parts,
    downloadIsOpen: downloaded.isOpen,
    downloadFolder: offline ? undefined : downloadFolder(context),
    folders: [
      ...offloading.folders,
      ...lmcaches.flatMap((each) => lmcacheFolders(context, each)),
      ...mediaFolders(context),
    ],
  };
}
