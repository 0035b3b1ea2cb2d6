import { PATHS, RESOURCES } from '../defaults';
import type { Decided } from '../defaults/decision';
import { inGibibytes, wholeGib } from '../units/mebibytes';
import type { FolderNeed, HostNeeds } from './host-needs';
import { sumOf } from './host-needs';

/** What a pod downloads, and where to. */
export interface Download {
  /** Size of the volume of the weights; undefined when they are elsewhere or their size is unknown. */
  readonly size: Decided | undefined;
  /** The folder of the download, where it is not in the volume of the weights. */
  readonly folder: FolderNeed | undefined;
}

interface DownloadInput {
  readonly weights: Decided | undefined;
  readonly downloads: boolean;
  readonly host: HostNeeds;
}

/** Decides the size of the download. */
export function planDownload({ weights, downloads, host }: DownloadInput): Download {
  const inModels = host.folders.filter(({ mount, mib }) => mount === PATHS.models && (mib ?? 0) > 0);
  const parts = [
    ...host.download,
    ...inModels.map(({ mib, what }) => ({ mib: mib ?? 0, what: `written by ${what}`, atStart: 0 })),
  ];
  const folder = host.downloadFolder;
  if (weights === undefined) return { size: undefined, folder };
  const files = weights.value + sumOf(parts);
  const value = wholeGib(files * RESOURCES.downloadFactor);
  if (folder !== undefined) return { size: undefined, folder: { ...folder, mib: value } };
  if (!downloads) return { size: undefined, folder: undefined };
  const words = [
    `${inGibibytes(weights.value)} weights`,
    ...parts.map(({ mib, what }) => `${inGibibytes(mib)} ${what}`),
  ];
  const factor = `${RESOURCES.downloadFactor} times`;
  return {
    size: { value, reason: parts.length === 0 ? `${factor} the weights` : `${factor} ${words.join(', ')}` },
    folder: undefined,
  };
}
