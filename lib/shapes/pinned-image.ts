import type { Shape } from './shape';
import { shape } from './shape';

/** `registry/name:tag`, `registry/name@sha256:…` or both. No part can be read in two ways, so a long text is fast too. */
const PINNED = new RegExp(
  [
    /^(?:[a-z0-9][-a-z0-9.]*(?::\d+)?\/)?/,
    /[a-z0-9]+(?:(?:[-._]+|\/)[a-z0-9]+)*(?=[:@])/,
    /(?::(?!latest(?:@|$))[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(?:@sha256:[0-9a-f]{64})?$/,
  ]
    .map(({ source }) => source)
    .join(''),
);

/** An image with a tag or a digest. `latest` is another image tomorrow. */
export const pinnedImage = (example: string): Shape<string> =>
  shape<string>(
    `an image with a tag other than "latest" or a digest, for example "${example}"`,
    (value) => typeof value === 'string' && PINNED.test(value),
  );
