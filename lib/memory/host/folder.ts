import { PATHS } from '../../defaults';
import type { FolderNeed } from '../../timing/host-needs';
import { mountOf } from '../../timing/host-needs';
import type { HostContext } from './host-context';

/** A folder that the engine writes to, with the volume that it is in. */
export function folder(
  { mounts }: Pick<HostContext, 'mounts'>,
  path: string,
  need: Pick<FolderNeed, 'mib' | 'what' | 'origin'>,
): FolderNeed {
  return { path, ...need, mount: mountOf(path, [...Object.values(PATHS), ...mounts]) };
}
