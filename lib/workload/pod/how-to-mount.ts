import { posix } from 'node:path';
import { PATHS } from '../../defaults';
import { WORKDIR } from '../../rules/paths/image-files';
import type { NamedPath } from '../../rules/paths/named-path';
import { findingsOf } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import * as shapes from './pod-shapes';

const MOUNT = structOf<{ mountPath: string }>({ mountPath: shapes.mountPath }, {});

/** Whether a volume may be added there. */
const isFree = (mountPath: string, taken: readonly string[]): boolean =>
  !taken.includes(mountPath) && !mountPath.startsWith(WORKDIR) && findingsOf({ mountPath }, '', MOUNT).length === 0;

/** Folders that a fix suggests, where none of the user's can be a mount. */
const EXAMPLE = { file: '/files', folder: '/data', either: '/data' } as const;

/** How to bring files to a path: `mount it with ExtraVolume.fromSecret(…, "/tls") in extraVolumes`. */
export function howToMount({ kind, origin, words }: NamedPath, path: string, taken: readonly string[]): string {
  if (origin === 'model') {
    if (!path.startsWith(`${PATHS.models}/`)) {
      return 'set weights to Weights.fromVolume({ claim, path }) and the model to its name, or mount its folder with ExtraVolume.fromClaim';
    }
    const inside = path.slice(PATHS.models.length + 1);
    return `set weights to Weights.fromVolume({ claim, path: "${inside}" }) and the model to its name`;
  }
  const method =
    kind !== 'file'
      ? 'fromClaim'
      : /key|cert|ssl|secret|token|credential/i.test(`${origin} ${words}`)
        ? 'fromSecret'
        : 'fromConfigMap';
  const folder = [posix.dirname(path), ...(kind === 'file' ? [] : [path])].find((each) => isFree(each, taken));
  if (folder !== undefined) return `mount it with ExtraVolume.${method}(…, "${folder}") in extraVolumes`;
  const example = EXAMPLE[kind];
  return `mount it with ExtraVolume.${method}(…, "${example}") in extraVolumes and give "${example}/${posix.basename(path)}"`;
}
