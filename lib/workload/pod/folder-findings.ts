import { PATHS } from '../../defaults';
import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import type { FolderNeed } from '../../timing/host-needs';
import { mountOf } from '../../timing/host-needs';
import { inGibibytes, MIB_PER_GIB } from '../../units/mebibytes';
import type { WorkloadPlan } from '../workload-plan';
import { mountedIn } from './mounts';
import { ENGINE_CONTAINER } from './pod-template-overrides';
import { list, tree } from './tree';

const rootIsWritable = ({ podTemplateOverrides }: WorkloadPlan): boolean =>
  list(tree(podTemplateOverrides['spec'])['containers']).some(
    ({ name, securityContext }) =>
      name === ENGINE_CONTAINER && tree(securityContext)['readOnlyRootFilesystem'] === false,
  );

/** A volume as code. */
function volumeFor({ path, mib }: FolderNeed): string {
  const mountPath = path.startsWith('/') ? path : `/${path}`;
  const size = mib ? `, { sizeLimit: Size.gibibytes(${Math.ceil(mib / MIB_PER_GIB)}) }` : '';
  return `ExtraVolume.empty("${mountPath.split('/').filter(Boolean).pop() ?? 'data'}", "${mountPath}"${size}) in extraVolumes`;
}

const OWN_MOUNTS = new Set<string>(Object.values(PATHS));

/** Folders that the engine is set to write to, but cannot, or not as much. */
export function folderFindings(workload: WorkloadPlan): Finding[] {
  const mounted = mountedIn(workload);
  const paths = mounted.map(({ path }) => path);
  return workload.plan.resources.folders.flatMap((folder) => {
    const { path, mib = 0, what, origin } = folder;
    if (path.startsWith('~') || path.includes('$(')) return []; // Only the container knows what it means.
    if (path.includes('$')) {
      const problem = `is ${path}, where ${what} writes, and no shell replaces the variable: Kubernetes replaces $(NAME) only`;
      return [error('path-form', origin, problem, 'give a path that begins with "/"')];
    }
    const mount = path.startsWith('/') ? mountOf(path, paths) : undefined;
    const volume = mounted.findLast(({ path: each }) => each === mount);
    // Two volumes at one path are a finding of their own.
    if (volume?.origin !== undefined && OWN_MOUNTS.has(volume.path)) return [];
    if (volume === undefined ? !rootIsWritable(workload) : !volume.isWritable) {
      const where = volume === undefined ? 'the root file system' : `the volume at ${mount}`;
      const problem = `is ${path}, where ${what} writes, but ${where} is read-only`;
      return [
        error('folder-not-writable', origin, problem, `add ${volumeFor(folder)}, or use a folder in ${PATHS.home}`),
      ];
    }
    if (volume?.limitMib === undefined || volume.limitMib >= mib) return [];
    const problem = `is ${path}, where ${what} may write ${inGibibytes(mib)}, but the volume at ${mount} has ${inGibibytes(volume.limitMib)}: the kubelet evicts a pod that exceeds it`;
    const fix = `set its sizeLimit to Size.gibibytes(${Math.ceil(mib / MIB_PER_GIB)}) or more`;
    return [warning('folder-too-small', origin, problem, fix)];
  });
}
