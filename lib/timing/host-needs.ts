import { inGibibytes } from '../units/mebibytes';

/** Host memory or disk that a feature of the engine takes in one pod, in MiB. Plain data. */
export interface HostPart {
  /** What takes it, in words after a size: `LMCache, 5 GiB for each of 2 ranks`. */
  readonly what: string;
  readonly mib: number;
  /** What of it the engine takes when it starts, whatever the requests are; 0 for a cache that fills with use. */
  readonly atStart: number;
}

/** A folder that the engine writes to. */
export interface FolderNeed {
  readonly path: string;
  /** Undefined where the size has no limit. */
  readonly mib: number | undefined;
  /** What writes it, in words: `LMCache`. */
  readonly what: string;
  /** The property or variable that sets it. */
  readonly origin: string;
  /** Where its volume is mounted; undefined for a folder of the image, which cannot be written. */
  readonly mount: string | undefined;
}

/** What the features of an engine take of the host, beside weights and processes. */
export interface HostNeeds {
  /** Memory of the processes. */
  readonly memory: readonly HostPart[];
  /** Memory in `/dev/shm`. */
  readonly sharedMemory: readonly HostPart[];
  /** Memory that takes the place of the page cache of the weights: copies of them, and buffers to read them. */
  readonly weights: readonly HostPart[];
  /** Files of the download beside the weights that are loaded. */
  readonly download: readonly HostPart[];
  /** True when a part of the download has an unknown size. */
  readonly downloadIsOpen: boolean;
  /** Undefined where the download goes to the volume of the weights. */
  readonly downloadFolder: FolderNeed | undefined;
  readonly folders: readonly FolderNeed[];
}

/** Nothing beside weights and processes. */
export const NO_HOST_NEEDS: HostNeeds = {
  memory: [],
  sharedMemory: [],
  weights: [],
  download: [],
  downloadIsOpen: false,
  downloadFolder: undefined,
  folders: [],
};

/** The size of all parts, in MiB. */
export const sumOf = (parts: readonly HostPart[]): number => parts.reduce((total, { mib }) => total + mib, 0);

/** What all parts take when the engine starts, in MiB. */
export const atStartOf = (parts: readonly HostPart[]): number =>
  parts.reduce((total, { atStart }) => total + atStart, 0);

/** The parts in words: `8 GiB LMCache`. */
export const withParts = (parts: readonly HostPart[]): string[] =>
  parts.map(({ what, mib }) => `${inGibibytes(mib)} ${what}`);

/** The deepest of some mount paths that a path is in. */
export function mountOf(path: string, mounts: readonly string[]): string | undefined {
  const inside = mounts.filter((mount) => path === mount || path.startsWith(mount === '/' ? mount : `${mount}/`));
  return inside.sort((a, b) => b.length - a.length)[0];
}
