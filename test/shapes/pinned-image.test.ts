import { pinnedImage } from '../../lib/shapes/pinned-image';
import { findingsOf } from '../../lib/shapes/shape';
import { structOf } from '../../lib/shapes/struct';

const STRUCT = structOf<{ image: string }>({ image: pinnedImage('example.com/curl:1.0') }, {});
const problemsOf = (image: unknown): string[] => findingsOf({ image }, '', STRUCT).map(({ problem }) => problem);

const DIGEST = `@sha256:${'a'.repeat(64)}`;

describe('a pinned image', () => {
  test.each([
    'curl:8.21.0',
    'curlimages/curl:8.21.0',
    'ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.10.0',
    'localhost:5000/team/sub/curl:v1',
    'registry.example.com/a__b/c.d-e--f:V1_x.y-z',
    `quay.io/curl/curl${DIGEST}`,
    `quay.io/curl/curl:8.21.0${DIGEST}`,
    'curl:latest-8',
    `curl:${'t'.repeat(128)}`,
  ])('may be %s', (image) => expect(problemsOf(image)).toEqual([]));

  test.each([
    'curl',
    'curl:latest',
    `curl:latest${DIGEST}`,
    'localhost:5000/curl',
    'curl:',
    ':8.21.0',
    '/curl:1',
    'a//b:1',
    'curl/:1',
    'Curl:1',
    'https://quay.io/curl:1',
    'curl:1 ',
    'curl@sha256:abc',
    `curl@sha512:${'a'.repeat(64)}`,
    `curl:${'t'.repeat(129)}`,
    3,
  ])('refuses %s', (image) => expect(problemsOf(image)).toHaveLength(1));

  test('refuses a long text at once', () => {
    const start = Date.now();
    expect(problemsOf(`${'a'.repeat(60)}_${'b-'.repeat(60)}:v1!`)).toHaveLength(1);
    expect(Date.now() - start).toBeLessThan(1000);
  });
});
