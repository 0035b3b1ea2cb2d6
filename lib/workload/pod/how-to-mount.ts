import { posix } from 'node:path';
import { PATHS } from '../../defaults';
import type { NamedPath } from '../../rules/paths/named-path';
import { findingsOf } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import * as shapes from './pod-shapes';

const MOUNT = structOf<{ mountPath: string }>({ mountPath: shapes.mountPath }, {});

const isFree = (mountPath: string): boolean =>
  !(Object.values(PATHS) as string[]).includes(mountPath) && findingsOf({ mountPath }, '', MOUNT).length === 0;

/** Folders that a fix suggests, where none of the user's can be a mount. */
const EXAMPLE = { file: '/files', folder: '/data', either: '/data' } as const;

/** How to bring files to a path: `mount them with ExtraVolume.fromSecret(…, "/tls") in extraVolumes`. */
export function howToMount({ kind, origin }: NamedPath, path: string): string {
  if (origin === 'model') {
    const inside = path.startsWith(`${PATHS.models}/`) ? path.slice(PATHS.models.length + 1) : 'FOLDER';
    return `set weights to Weights.fromVolume({ claim, path: "${inside}" }) and the model to its name`;
  }
  const method =
    kind !== 'file'
      ? 'fromClaim'
      : /key|cert|ssl|secret|token|credential/i.test(`${origin} ${path}`)
        ? 'fromSecret'
        : 'fromConfigMap';
  const folder = [posix.dirname(path), ...(kind === 'file' ? [] : [path])].find((each) => isFree(each));
  if (folder !== undefined) return `mount it with ExtraVolume.${method}(…, "${folder}") in extraVolumes`;
  const example = EXAMPLE[kind];
  return `mount it with ExtraVolume.${method}(…, "${example}") in extraVolumes and give "${example}/${posix.basename(path)}"`;
}
