import { RELEASES } from './catalogue/data/releases';

/** A released version of vLLM: `0.32.0`, `0.8.5.post1`, `0.10.1.1`. */
export interface Release {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** The fourth number, in `.post1` or `.1`: a fix of the patch release before it. */
  readonly post?: number;
  /** As it was written, without a leading `v`. */
  readonly text: string;
}

/** The minors that the tables know, oldest first: `0.8` … */
export const KNOWN_MINORS: readonly string[] = RELEASES.map(({ minor }) => minor);

const NEWEST = RELEASES[RELEASES.length - 1];

const PATTERN = /^v?((\d+)\.(\d+)\.(\d+)(?:\.(?:post)?(\d+))?)$/;

/** Reads a version; throws when it is not a release (a tag such as `latest`, a minor without patch, a release candidate). */
export function parseRelease(text: string): Release {
  const [, plain, major, minor, patch, post] = PATTERN.exec(text) ?? [];
  if (plain === undefined) {
    throw new Error(`vLLM version "${text}" is not a release; give one such as "${NEWEST?.patch}"`);
  }
  const numbers = { major: Number(major), minor: Number(minor), patch: Number(patch) };
  return { ...numbers, ...(post === undefined ? {} : { post: Number(post) }), text: plain };
}

/** Negative when `a` is older than `b`, zero when they are equal. */
export function compareReleases(a: Release, b: Release): number {
  return compareNumbers(numbersOf(a), numbersOf(b));
}

/** Whether a release is a version or newer; the version may be short: `atLeast(release, '0.28')`. */
export function atLeast(release: Release, version: string): boolean {
  return compareNumbers(numbersOf(release), versionNumbers(version)) >= 0;
}

/** The minor of a release, as the tables name it: `0.32`. */
export function minorOf(release: Release): string {
  return `${release.major}.${release.minor}`;
}

/** Whether the tables know this release: its minor is in them, and it is not newer than the last patch they were made from. */
export function isKnown(release: Release): boolean {
  const row = RELEASES.find(({ minor }) => minor === minorOf(release));
  return row !== undefined && compareReleases(release, parseRelease(row.patch)) <= 0;
}

/** The minor before this one, or undefined for the oldest that the tables know and for unknown ones. */
export function previousMinor(minor: string): string | undefined {
  return KNOWN_MINORS[KNOWN_MINORS.indexOf(minor) - 1];
}

/** The last patch release of a minor that the tables know, or undefined. */
export function lastPatchOf(minor: string): Release | undefined {
  const row = RELEASES.find((each) => each.minor === minor);
  return row && parseRelease(row.patch);
}

/** Orders versions in the spelling of the tables: `0.9` before `0.10` before `0.10.1`. */
export function compareVersions(a: string, b: string): number {
  return compareNumbers(versionNumbers(a), versionNumbers(b));
}

const numbersOf = ({ major, minor, patch, post = 0 }: Release): number[] => [major, minor, patch, post];

/** The versions of the tables are few, and compared for every stack. */
const versions = new Map<string, readonly number[]>();

function versionNumbers(version: string): readonly number[] {
  const known = versions.get(version);
  if (known !== undefined) return known;
  const numbers = version.split('.').map(Number);
  versions.set(version, numbers);
  return numbers;
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < 4; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
