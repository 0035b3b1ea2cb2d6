import { PATHS } from '../../defaults';
import { isInObjectStorage } from '../../model/model-id';
import type { FolderNeed, HostNeeds, HostPart } from '../../timing/host-needs';
import { compileCache } from './compile-cache';
import { connectorsOf } from '../connectors';
import { downloadFolder, downloads } from './downloads';
import type { HostContext } from './host-context';
import { isLmcache, lmcacheFolders, lmcacheMemory } from './lmcache';
import { mediaFolders, multimodalCache } from './multimodal';
import { offloadingNeeds } from './offloading';
import { copiesOfWeights, offloadedWeights } from './weights-copies';
import { writtenFolders } from './written-folders';

/** Some keep the files of a disk in memory. */
const inSharedMemory = ({ mount, mib = 0, what }: FolderNeed): HostPart[] =>
  mount === PATHS.sharedMemory && mib > 0 ? [{ what, mib, atStart: 0 }] : [];

/** Decides what the features of an engine take of the host. */
export function hostNeeds(context: HostContext): HostNeeds {
  const { offline, isCached } = context.weights;
  const downloadsNothing = offline || isCached || isInObjectStorage(context.model.id);
  const connectors = connectorsOf(context);
  const offloading = offloadingNeeds(context, connectors);
  const lmcaches = connectors.filter(isLmcache);
  const images = multimodalCache(context);
  const inShm = images?.isShared ? [images.part] : [];
  const inProcesses = images && !images.isShared ? [images.part] : [];
  const downloaded = downloadsNothing ? { parts: [], isOpen: false } : downloads(context);
  const folders = [
    ...offloading.folders,
    ...lmcaches.flatMap((each) => lmcacheFolders(context, each)),
    ...mediaFolders(context),
    ...compileCache(context),
    ...writtenFolders(context),
  ];
  return {
    memory: [
      ...offloadedWeights(context),
      ...offloading.memory,
      ...lmcaches.flatMap((each) => lmcacheMemory(context, each)),
      ...inProcesses,
    ],
    sharedMemory: [...offloading.sharedMemory, ...inShm, ...folders.flatMap(inSharedMemory)],
    weights: copiesOfWeights(context),
    download: downloaded.parts,
    downloadIsOpen: downloaded.isOpen,
    downloadFolder: downloadsNothing ? undefined : downloadFolder(context),
    folders,
  };
}
