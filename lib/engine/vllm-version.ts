import { VLLM_REPOSITORY } from '../defaults/images';
import type { Finding } from '../preflight/finding';
import { error, throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { findingsOf, matching } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { ImageParts } from './image-findings';
import { IMAGE_DIGEST, IMAGE_TAG, movingTag, REPOSITORY } from './image-findings';
import type { Release } from './release';
import { KNOWN_MINORS, atLeast, compareReleases, isKnown, lastPatchOf, minorOf, parseRelease } from './release';

/**
 * Options of a vLLM version.
 */
export interface VllmVersionOptions {
  /**
   * Digest of the image, `sha256:…`. The tag then is only information for people.
   *
   * @default - the image is pinned by its tag
   */
  readonly digest?: string;

  /**
   * Tag of the image, for example `v0.32.0-cu129`. A tag that moves, such as `latest` or `v0.32`, needs a `digest`.
   *
   * @default - `v` and the version
   */
  readonly imageTag?: string;

  /**
   * Repository of the image, for a mirror or another accelerator: `vllm/vllm-openai-rocm`.
   *
   * @default vllm/vllm-openai; vllm/vllm-openai-cpu on CPU
   */
  readonly repository?: string;

  /**
   * The version that runs today. Synth then lists what changes for the stack since that version.
   *
   * @default - the minor release before
   */
  readonly upgradingFrom?: string;
}

const VERSION = matching(/^\d+\.\d+\.\d+(\.(post)?\d+)?$/, 'a release of vLLM such as "0.32.0"; "latest" is not one');
const REQUIRED = structOf<{ version: string }>({ version: VERSION }, {});
const OPTIONS = structOf<VllmVersionOptions>(
  {},
  {
    digest: IMAGE_DIGEST,
    imageTag: IMAGE_TAG,
    repository: REPOSITORY,
    upgradingFrom: VERSION,
  },
);

/**
 * Suffixes that the CUDA image has in some releases only.
 *
 * Source: vLLM .buildkite/scripts/publish-release-images.sh of each release.
 */
const TAG_SUFFIXES: Readonly<Record<string, { since: string; removed?: string }>> = {
  cu130: { since: '0.16', removed: '0.20' },
  cu129: { since: '0.20', removed: '0.33' },
  ubuntu2404: { since: '0.20', removed: '0.33' },
  'x86_64-zstd': { since: '0.31' },
  efa: { since: '0.33' },
};

/** Images with vLLM whose tags are versions of another project: ghcr.io/llm-d/llm-d-cuda:v0.5.0, lmcache/vllm-openai:v0.3.9. */
const OWN_VERSIONS = /(^|\/)(llm-d|lmcache)\//;

/** `v0.32.0-cu129`, or as AMD writes it: `rocm7.0.0_vllm_0.11.2_20251210`. */
const VERSION_IN_TAG = /^(?:v?|.*vllm[-_]v?)(\d+\.\d+\.\d+(?:\.(?:post)?\d+)?)(?:[-_](.+))?$/;

/** Tags are checked only for these repositories; a mirror may have other images. */
const OFFICIAL = [VLLM_REPOSITORY, `docker.io/${VLLM_REPOSITORY}`];

/**
 * The version of vLLM that a stack runs. Flags, metrics and variables are checked against it.
 */
export class VllmVersion {
  /**
   * vLLM 0.32.0 of 2026-10-18: the newest minor that already has a successor. vLLM releases a minor every two weeks,
   * so there is no better sign of a mature one.
   */
  public static readonly V0_32_0 = VllmVersion.of('0.32.0');

  /**
   * A release that the library knows.
   *
   * @param version for example `0.32.0`
   */
  public static of(version: string, options: VllmVersionOptions = {}): VllmVersion {
    throwOnErrors('VllmVersion.of', shapeFindings(version, options));
    const release = parseRelease(version);
    throwOnErrors('VllmVersion.of', [
      ...known('version', release),
      ...tagFindings(release, options),
      ...movingTag(partsOf(release, options), release),
    ]);
    const from = options.upgradingFrom === undefined ? undefined : parseRelease(options.upgradingFrom);
    if (from) throwOnErrors('VllmVersion.of', [...known('upgradingFrom', from), ...order(from, release)]);
    return new VllmVersion(FACTORY, release, true, options);
  }

  /**
   * A version that the library does not know, such as one that came out after it. Flags, variables and
   * metrics are not checked, and the library treats it like the newest known version.
   *
   * @param version for example `0.34.0`
   */
  public static unchecked(version: string, options: VllmVersionOptions = {}): VllmVersion {
    throwOnErrors('VllmVersion.unchecked', shapeFindings(version, options));
    const release = parseRelease(version);
    throwOnErrors('VllmVersion.unchecked', movingTag(partsOf(release, options), release));
    return new VllmVersion(FACTORY, release, false, options);
  }

  /** The version, for example `0.32.0`. */
  public readonly version: string;

  /** The image that a stack on GPUs runs, with its tag, and its digest if one is set. */
  public readonly image: string;

  /** False for a version that is not checked. */
  public readonly isChecked: boolean;

  /** Whether the repository of the image is set. @internal */
  public readonly _hasRepository: boolean;

  /** @internal */
  public readonly _release: Release;

  /** @internal */
  public readonly _upgradingFrom: Release | undefined;

  private constructor(caller: typeof FACTORY, release: Release, isChecked: boolean, options: VllmVersionOptions) {
    brandMade(this, 'VllmVersion', caller);
    const { repository, tag, digest } = partsOf(release, options);
    this.version = release.text;
    this.image = `${repository}:${tag}${digest === undefined ? '' : `@${digest}`}`;
    this._hasRepository = options.repository !== undefined;
    this.isChecked = isChecked;
    this._release = release;
    this._upgradingFrom = options.upgradingFrom === undefined ? undefined : parseRelease(options.upgradingFrom);
  }

  /** The image on another kind of device: in its repository, unless the user set one. @internal */
  public _imageIn(repository: string): string {
    return this._hasRepository ? this.image : repository + this.image.slice(VLLM_REPOSITORY.length);
  }
}

function partsOf({ text }: Release, options: VllmVersionOptions): ImageParts {
  const { repository = VLLM_REPOSITORY, imageTag = `v${text}`, digest } = options;
  return { repository, tag: imageTag, digest };
}

function shapeFindings(version: string, options: VllmVersionOptions): Finding[] {
  return [...findingsOf({ version }, '', REQUIRED), ...findingsOf(options, '', OPTIONS)];
}

function known(subject: string, release: Release): Finding[] {
  if (isKnown(release)) return [];
  const last = lastPatchOf(minorOf(release));
  const range = `${KNOWN_MINORS.at(0)} to ${KNOWN_MINORS.at(-1)}`;
  const problem = `vLLM ${release.text} is not known to this library: it knows ${range}`;
  const fix = last
    ? `use ${last.text}, the last known ${minorOf(release)}, or VllmVersion.unchecked("${release.text}")`
    : `use ${KNOWN_MINORS.at(-1)}.0 or older, or VllmVersion.unchecked("${release.text}") to skip the checks`;
  return [error('unknown-version', subject, problem, fix)];
}

function order(from: Release, to: Release): Finding[] {
  if (compareReleases(from, to) < 0) return [];
  const problem = `is ${from.text}, which is not older than ${to.text}`;
  return [error('not-an-upgrade', 'upgradingFrom', problem, 'set the version that runs today, or remove it')];
}

function tagFindings(release: Release, { imageTag, repository = VLLM_REPOSITORY }: VllmVersionOptions): Finding[] {
  const [, version, suffix] = VERSION_IN_TAG.exec(imageTag ?? '') ?? [];
  // An image of one's own, or of a plugin, may count its own releases: those of vLLM begin with the same number.
  const isOfVllm =
    OFFICIAL.includes(repository) ||
    (version?.split('.')[0] === String(release.major) && !OWN_VERSIONS.test(repository));
  if (version !== undefined && version !== release.text && isOfVllm) {
    const problem = `is "${imageTag}", but the version is ${release.text}: flags would be checked against the wrong version`;
    return [error('tag-of-another-version', 'imageTag', problem, 'make both equal')];
  }
  if (suffix === undefined || !OFFICIAL.includes(repository)) return [];
  return Object.entries(TAG_SUFFIXES).flatMap(([each, { since, removed }]) => {
    const exists = atLeast(release, since) && !(removed !== undefined && atLeast(release, removed));
    if (exists || !`-${suffix}-`.includes(`-${each}-`)) return [];
    const range = `since ${since}${removed === undefined ? '' : ` and before ${removed}`}`;
    const problem = `is "${imageTag}", but images with "-${each}" exist only ${range}`;
    return [error('no-such-image', 'imageTag', problem, 'use the plain tag, or another version')];
  });
}
