import { isOfficialImage } from '../defaults/images';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { IMAGE_REPOSITORY } from '../shapes/kubernetes-names';
import type { Shape } from '../shapes/shape';
import { isString, wrongValue } from '../shapes/shape';
import type { Release } from './release';
import { minorOf } from './release';

/** What an image is made of, as the user set it. */
export interface ImageParts {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string | undefined;
}

const TAG = /^[A-Za-z0-9_][-A-Za-z0-9_.]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

const part = (subject: string, value: string, problem: string, fix: string): Finding =>
  error('wrong-value', subject, `is "${value}", ${problem}`, fix);

/** A part of an image, with a hint where the user wrote it into the wrong property. */
function partOf(pattern: RegExp, allowed: string, hint: (value: string, subject: string) => Finding | undefined) {
  const shape: Shape<string> = {
    allowed,
    check: (value, subject, findings) => {
      if (isString(value) && pattern.test(value)) return;
      const hinted = isString(value) ? hint(value, subject) : undefined;
      findings.push(hinted ?? wrongValue(subject, value, allowed));
    },
  };
  return shape;
}

/** `repository`, `repository:tag`, `repository@digest` or all three; a registry may have a port. */
const WHOLE = /^(.+?)(?::([A-Za-z0-9_][-A-Za-z0-9_.]*))?(?:@(sha256:[0-9a-f]*))?$/;

/** The repository of an image. */
export const REPOSITORY = partOf(
  IMAGE_REPOSITORY,
  'an image repository without tag or digest, in lower case',
  (value, subject) => {
    const [, scheme, rest = ''] = /^(https?:\/\/|docker:\/\/|oci:\/\/)(.*)$/.exec(value) ?? [];
    if (scheme !== undefined) return part(subject, value, `which begins with ${scheme}`, `write "${rest}"`);
    const [, name = '', tag, digest] = WHOLE.exec(value) ?? [];
    if (!IMAGE_REPOSITORY.test(name) || (tag ?? digest) === undefined) return undefined;
    const set = [
      `repository: "${name}"`,
      ...(tag === undefined ? [] : [`imageTag: "${tag}"`]),
      ...(digest === undefined ? [] : [`digest: "${digest}"`]),
    ].join(', ');
    const has = [...(tag === undefined ? [] : ['a tag']), ...(digest === undefined ? [] : ['a digest'])].join(' and ');
    return part(subject, value, `with ${has}`, `give an image repository without tag or digest: { ${set} }`);
  },
);

/** The tag of an image. */
export const IMAGE_TAG = partOf(TAG, 'a tag: up to 128 letters, digits, "-", "_" and "."', (value, subject) => {
  const [tag = '', digest] = value.split('@');
  if (digest !== undefined) {
    const set = TAG.test(tag) ? `imageTag: "${tag}", digest: "${digest}"` : `digest: "${digest}"`;
    return part(subject, value, 'with a digest', `set { ${set} }`);
  }
  const [, name = '', own] = /^(.*):([^:/]*)$/.exec(value) ?? [];
  if (own === undefined || !TAG.test(own)) return undefined;
  const set = IMAGE_REPOSITORY.test(name) ? `repository: "${name}", imageTag: "${own}"` : `imageTag: "${own}"`;
  return part(subject, value, 'with a colon', `set { ${set} }`);
});

/** The digest of an image. */
export const IMAGE_DIGEST = partOf(DIGEST, '"sha256:" and 64 hexadecimal digits', (value, subject) => {
  const [, digest] = /^(?:.*@)?(?:sha256:)?([0-9a-f]{64})$/i.exec(value.trim()) ?? [];
  if (digest === undefined) return undefined;
  return part(subject, value, 'which is not only the digest', `write "sha256:${digest.toLowerCase()}"`);
});

/** Words for a platform, and nothing else: `cu129`, `x86_64`, `rocm7.0`. The tags of vLLM with one of them move. */
const PLATFORM_ONLY = /^(cu(da)?|rocm|ubuntu|py(thon)?|x86_|aarch|arm|amd|latest)[\d.]+$/i;

/** Why the registry may have another image under this tag tomorrow; undefined where nothing shows it. */
function moves({ repository, tag }: ImageParts, release: Release): string | undefined {
  if (/latest/i.test(tag)) return 'is another image after each release';
  // vLLM keeps the last 14 of them (.buildkite/scripts/cleanup-nightly-builds.sh).
  if (/nightly/i.test(tag)) return 'is rebuilt or deleted after a few days';
  if (!/\d/.test(tag) || PLATFORM_ONLY.test(tag)) return 'has no version, so it moves to each new build';
  const [, version] = /^v?(\d+(?:\.\d+)?)(?:-[a-z].*)?$/.exec(tag) ?? [];
  if (version === undefined) return undefined;
  // A number of one's own, such as that of a build, stays where it is.
  const isShort = isOfficialImage(`${repository}:`) || /^v\d$/.test(tag) || version === minorOf(release);
  return isShort ? 'is only a part of a version, so it moves to each patch release' : undefined;
}

/** A tag that another image gets later: replicas that start then run another version than the checked one. */
export function movingTag(image: ImageParts, release: Release): Finding[] {
  const reason = image.digest === undefined ? moves(image, release) : undefined;
  if (reason === undefined) return [];
  const problem = `is "${image.tag}", which ${reason}`;
  const fix = `give a tag that never moves, such as "v${release.text}", or set digest too`;
  return [error('moving-tag', 'imageTag', problem, fix)];
}
