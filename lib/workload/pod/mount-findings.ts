import { PATHS } from '../../defaults';
import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { mountOf } from '../../timing/host-needs';
import type { WorkloadPlan } from '../workload-plan';
import type { Mounted } from './mounts';
import { mountedIn } from './mounts';

/**
 * Folders of any image with programs and libraries, files of the system, and what is inside /proc, where a runtime refuses
 * mounts. The shapes of the properties refuse the folders above them.
 */
const OF_IMAGE =
  /^\/(usr\/(local|lib|bin|sbin|local\/(bin|lib|lib\/python3[^/]*)|lib\/python3[^/]*|(local\/)?lib\/python3[^/]*\/dist-packages|lib\/(x86_64|aarch64)-linux-gnu)|proc\/.+|etc\/(passwd|group|hosts|hostname|resolv\.conf|ld\.so\.cache))$/;

/** A Python package of the image, which only a volume with folders can replace. */
const PACKAGE =
  /^\/usr\/(local\/)?lib\/python3[^/]*\/dist-packages\/(vllm|torch|transformers|flashinfer|triton|nvidia)$/;

const hidesImage = ({ path, contents, mayBeFile }: Mounted): boolean =>
  !mayBeFile && (OF_IMAGE.test(path) || (PACKAGE.test(path) && contents !== 'files'));

/** Caches that the engine writes at each start, by default: of compiled graphs, Triton, FlashInfer. */
const CACHES = [
  '.cache',
  '.cache/vllm',
  '.cache/vllm/torch_compile_cache',
  '.triton',
  '.triton/cache',
  '.cache/flashinfer',
];
/** Variables that move them. */
const MOVED = ['VLLM_CACHE_ROOT', 'XDG_CACHE_HOME', 'TRITON_CACHE_DIR', 'FLASHINFER_WORKSPACE_BASE'];
const CACHE_PATHS = CACHES.map((each) => `${PATHS.home}/${each}`);

const READ_ONLY = 'a volume of a ConfigMap, a Secret or a volume claim is read-only';

function ownFindings(volume: Mounted, all: readonly Mounted[], writesCaches: boolean): Finding[] {
  const { path, origin, what, isWritable } = volume;
  if (origin === undefined) return [];
  if (hidesImage(volume)) {
    const problem = `mounts ${what} at ${path}, which hides files of the image: the engine does not start`;
    return [error('mount-hides-image', origin, problem, 'mount it somewhere else, for example at "/data"')];
  }
  if (writesCaches && !isWritable && CACHE_PATHS.includes(path)) {
    const problem = `mounts ${what} at ${path}, where the engine writes its caches, and ${READ_ONLY}`;
    const fix = `mount it somewhere else; for a cache that lasts, add a writable volume claim in podTemplateOverrides`;
    return [error('mount-of-caches', origin, problem, fix)];
  }
  const others = all.filter((each) => each.path !== path);
  const around = others.findLast(
    (each) =>
      each.path ===
      mountOf(
        path,
        others.map((other) => other.path),
      ),
  );
  // In a ConfigMap and a Secret, the kubelet makes the folder (kubernetes #60342); in a claim it cannot.
  if (around === undefined || around.isWritable || around.origin === undefined || around.contents === 'keys') return [];
  const problem = `mounts ${what} at ${path}, inside ${around.what} at ${around.path}, which is read-only: without that folder in it, the pod does not start`;
  const fix = 'mount them beside each other, or acknowledge this if it has the folder';
  return [warning('mount-inside-read-only', origin, problem, fix)];
}

/** Volumes of the user at places where the container does not start with them. */
export function mountFindings(workload: WorkloadPlan): Finding[] {
  const { commandLine, variables } = workload.plan.basis;
  const writesCaches = commandLine.facts.enforceEager.value !== true && !MOVED.some((name) => name in variables.env);
  const all = mountedIn(workload);
  return all.flatMap((each) => ownFindings(each, all, writesCaches));
}
