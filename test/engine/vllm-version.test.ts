import { VllmVersion } from '../../lib';

const of = (version: unknown, options?: unknown) => () => VllmVersion.of(version as never, options as never);
const unchecked = (version: unknown, options?: unknown) => () =>
  VllmVersion.unchecked(version as never, options as never);

const DIGEST = `sha256:${'0a'.repeat(32)}`;

describe('a version of vLLM', () => {
  it('is 0.32.0 by default, which is known', () => {
    expect(VllmVersion.V0_32_0).toMatchObject({ version: '0.32.0', isChecked: true });
  });

  it.each(['0.8.5.post1', '0.10.1.1', '0.33.0'])('may be %s', (version) => {
    expect(VllmVersion.of(version).version).toBe(version);
  });

  it('that is not known may be used unchecked', () => {
    expect(VllmVersion.unchecked('0.34.0')).toMatchObject({
      version: '0.34.0',
      image: 'vllm/vllm-openai:v0.34.0',
      isChecked: false,
    });
  });

  it('remembers the one that runs today', () => {
    expect(VllmVersion.of('0.32.0', { upgradingFrom: '0.28.0' })._upgradingFrom?.text).toBe('0.28.0');
    expect(VllmVersion.of('0.32.0')._upgradingFrom).toBeUndefined();
  });

  it.each<[what: string, version: VllmVersion, image: string]>([
    ['a tag', VllmVersion.of('0.32.0'), 'vllm/vllm-openai:v0.32.0'],
    ['another tag', VllmVersion.of('0.32.0', { imageTag: 'v0.32.0-cu129' }), 'vllm/vllm-openai:v0.32.0-cu129'],
    ['a tag of one’s own', VllmVersion.of('0.32.0', { imageTag: 'team-7' }), 'vllm/vllm-openai:team-7'],
    ['a digest', VllmVersion.of('0.32.0', { digest: DIGEST }), `vllm/vllm-openai:v0.32.0@${DIGEST}`],
    [
      'a repository',
      VllmVersion.of('0.32.0', { repository: 'vllm/vllm-openai-rocm' }),
      'vllm/vllm-openai-rocm:v0.32.0',
    ],
    [
      'a registry with a port, a tag and a digest',
      VllmVersion.of('0.32.0', {
        repository: 'registry.example.com:5000/mirror/vllm_openai',
        imageTag: 'v0.32.0-1',
        digest: DIGEST,
      }),
      `registry.example.com:5000/mirror/vllm_openai:v0.32.0-1@${DIGEST}`,
    ],
  ])('has an image by %s', (_, { image }, expected) => {
    expect(image).toBe(expected);
  });

  it.each<[tag: string, version: string]>([
    ['v0.19.1-cu130', '0.19.1'],
    ['v0.20.0-cu129', '0.20.0'],
    ['v0.32.0-ubuntu2404', '0.32.0'],
    ['v0.33.0-efa', '0.33.0'],
    ['v0.31.0-x86_64-zstd', '0.31.0'],
    ['0.32.0', '0.32.0'],
    ['v0.32.0-constructor', '0.32.0'],
  ])('accepts the tag %s', (imageTag, version) => {
    expect(of(version, { imageTag })).not.toThrow();
  });

  it('does not check the suffixes of a mirror', () => {
    expect(of('0.33.0', { imageTag: 'v0.33.0-cu129', repository: 'mirror/vllm' })).not.toThrow();
  });

  it.each<[tag: string, reason: string]>([
    ['latest', 'is another image after each release'],
    ['latest-x86_64', 'is another image after each release'],
    ['rocm7.0_latest', 'is another image after each release'],
    ['nightly', 'is rebuilt or deleted after a few days'],
    ['nightly-ab', 'is rebuilt or deleted after a few days'],
    [`nightly-${'0a'.repeat(20)}`, 'is rebuilt or deleted after a few days'],
    ['main', 'has no version'],
    ['stable', 'has no version'],
    ['dev', 'has no version'],
    ['rocm', 'has no version'],
    ['cu129', 'has no version'],
    ['rocm7.0', 'has no version'],
    ['x86_64', 'has no version'],
    ['v0', 'is only a part of a version'],
    ['v0.32', 'is only a part of a version'],
    ['0.32', 'is only a part of a version'],
    ['v0.32-cu129', 'is only a part of a version'],
  ])('refuses the tag %s, which moves, unless a digest pins it', (imageTag, reason) => {
    expect(of('0.32.0', { imageTag })).toThrow(`imageTag: is "${imageTag}", which ${reason}`);
    expect(of('0.32.0', { imageTag })).toThrow('such as "v0.32.0", or set digest too [moving-tag]');
    expect(unchecked('0.40.0', { imageTag, repository: 'registry.example.com/vllm' })).not.toThrow('is not known');
    expect(VllmVersion.of('0.32.0', { imageTag, digest: DIGEST }).image).toContain(`:${imageTag}@sha256:`);
  });

  it.each<[what: string, imageTag: string, repository: string]>([
    ['a commit', '0f3c1d2', 'vllm/vllm-openai'],
    ['the number of a build', '42', 'registry.example.com/vllm'],
    ['a version of one’s own', '1.4', 'registry.example.com/vllm'],
    ['a date', '20261101', 'registry.example.com/vllm'],
    ['a date of a branch', 'main-20261101', 'vllm/vllm-openai'],
    ['a release of AMD', 'rocm7.0.0_vllm_0.32.0_20261101', 'rocm/vllm'],
    ['three numbers of one’s own', '1.4.0', 'registry.example.com/vllm'],
    ['a release of llm-d', 'v0.5.0', 'ghcr.io/llm-d/llm-d-cuda'],
    ['a release of LMCache', 'v0.3.9', 'lmcache/vllm-openai'],
    ['a release of Gaudi’s plugin', '1.22.0', 'opea/vllm-gaudi'],
    ['a build of a release', '0.32.0-team.1', 'registry.example.com/vllm'],
  ])('accepts %s as a tag', (_, imageTag, repository) => {
    expect(of('0.32.0', { imageTag, repository })).not.toThrow();
  });

  const AMD_0_11 = { repository: 'rocm/vllm', imageTag: 'rocm7.0.0_vllm_0.11.2_20251210' };
  const CU129 = 'images with "-cu129" exist only since 0.20 and before 0.33; use the plain tag, or another version';

  it.each<[what: string, call: () => unknown, message: string]>([
    ['a version after the last one', of('0.34.0'), 'vLLM 0.34.0 is not known to this library'],
    ['a version before the first one', of('0.7.3'), 'it knows 0.8 to 0.33'],
    ['an unknown version without its door', of('0.34.0'), 'VllmVersion.unchecked("0.34.0") to skip the checks'],
    ['a patch that came later', of('0.32.1'), 'use 0.32.0, the last known 0.32, or VllmVersion.unchecked("0.32.1")'],
    ['"latest"', of('latest'), 'version: is "latest"; give a release of vLLM such as "0.32.0"; "latest" is not one'],
    ['a version with v', of('v0.32.0'), 'version: is "v0.32.0"; give a release'],
    ['a minor', of('0.32'), 'version: is "0.32"; give a release'],
    ['a release candidate', of('0.32.0rc1'), 'version: is "0.32.0rc1"'],
    ['a number', of(0.32), 'version: is 0.32; give a release'],
    ['no version', of(undefined), 'version: is required and was not given'],
    ['null as options', of('0.32.0', null), 'options: is null; give an object'],
    ['a tag as options', of('0.32.0', 'v0.32.0'), 'options: is "v0.32.0"; give an object'],
    ['a version among the options', of('0.32.0', { version: '0.33.0' }), 'version: unknown property'],
    ['a tag with a space', of('0.32.0', { imageTag: 'v0.32.0 ' }), 'imageTag: is "v0.32.0 "; give a tag: up to 128'],
    [
      'a tag with a repository',
      of('0.32.0', { imageTag: 'vllm/vllm-openai:v0.32.0' }),
      'with a colon; set { repository: "vllm/vllm-openai", imageTag: "v0.32.0" }',
    ],
    ['a tag with a colon', of('0.32.0', { imageTag: ':v0.32.0' }), 'with a colon; set { imageTag: "v0.32.0" }'],
    [
      'a tag with a digest',
      of('0.32.0', { imageTag: `v0.32.0@${DIGEST}` }),
      `with a digest; set { imageTag: "v0.32.0", digest: "${DIGEST}" }`,
    ],
    ['a digest as a tag', of('0.32.0', { imageTag: `@${DIGEST}` }), `with a digest; set { digest: "${DIGEST}" }`],
    ['a tag of AMD with another version', of('0.32.0', AMD_0_11), 'but the version is 0.32.0: flags'],
    [
      'a tag of another version',
      of('0.32.0', { imageTag: 'v0.31.0' }),
      'is "v0.31.0", but the version is 0.32.0: flags',
    ],
    ['-cu129 after its end', of('0.33.0', { imageTag: 'v0.33.0-cu129' }), CU129],
    ['-cu129 before its time', of('0.19.1', { imageTag: 'v0.19.1-cu129' }), CU129],
    ['-cu129 for one architecture', of('0.33.0', { imageTag: 'v0.33.0-x86_64-cu129' }), CU129],
    [
      '-cu129 of the official repository, set explicitly',
      of('0.33.0', { imageTag: 'v0.33.0-cu129', repository: 'vllm/vllm-openai' }),
      CU129,
    ],
    [
      '-efa before its time',
      of('0.32.0', { imageTag: 'v0.32.0-efa' }),
      'images with "-efa" exist only since 0.33; use',
    ],
    ['a short digest', of('0.32.0', { digest: 'sha256:abc' }), 'digest: is "sha256:abc"; give "sha256:" and 64 hex'],
    ['a digest without its name', of('0.32.0', { digest: DIGEST.slice(7) }), `the digest; write "${DIGEST}"`],
    ['an image as a digest', of('0.32.0', { digest: `a/b@${DIGEST}` }), `the digest; write "${DIGEST}"`],
    [
      'a repository with a tag',
      of('0.32.0', { repository: 'a/b:v1' }),
      'repository: is "a/b:v1", with a tag; give an image repository without tag or digest: { repository: "a/b", imageTag: "v1" }',
    ],
    [
      'a registry with a port, a tag and a digest in the repository',
      of('0.32.0', { repository: `registry.local:5000/vllm:v1@${DIGEST}` }),
      `with a tag and a digest; give an image repository without tag or digest: { repository: "registry.local:5000/vllm", imageTag: "v1", digest: "${DIGEST}" }`,
    ],
    ['a repository with a digest', of('0.32.0', { repository: `a/b@${DIGEST}` }), `"a/b", digest: "${DIGEST}" }`],
    [
      'a repository with a scheme',
      of('0.32.0', { repository: 'https://a/b' }),
      'repository: is "https://a/b", which begins with https://; write "a/b"',
    ],
    ['a repository that ends with a slash', of('0.32.0', { repository: 'vllm/' }), 'repository: is "vllm/"; give'],
    ['an empty repository', of('0.32.0', { repository: '' }), 'repository: is ""; give an image repository'],
    ['capitals in the repository', of('0.32.0', { repository: 'ghcr.io/Team/vllm' }), 'in lower case'],
    [
      'an upgrade from the same version',
      of('0.32.0', { upgradingFrom: '0.32.0' }),
      'is 0.32.0, which is not older than',
    ],
    ['an upgrade from a later one', of('0.32.0', { upgradingFrom: '0.33.0' }), 'set the version that runs today'],
    [
      'an upgrade from an unknown one',
      of('0.32.0', { upgradingFrom: '0.7.0' }),
      'upgradingFrom: vLLM 0.7.0 is not known',
    ],
    ['an upgrade from no version', of('0.32.0', { upgradingFrom: 'old' }), 'upgradingFrom: is "old"; give a release'],
    ['an unchecked tag', unchecked('latest'), 'VllmVersion.unchecked has 1 problem:\n  - version: is "latest"'],
    ['unchecked null', unchecked('0.34.0', null), 'options: is null; give an object'],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
