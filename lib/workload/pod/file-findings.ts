import { posix } from 'node:path';
import { PATHS } from '../../defaults';
import { isOfficialImage, isProjectImage } from '../../defaults/images';
import { setVariables } from '../../engine/environment';
import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import type { ErrorId, WarningId } from '../../preflight/register';
import { didYouMean } from '../../preflight/nearest';
import { isFolderOfImage, isInImage, otherTemplates, WORKDIR } from '../../rules/paths/image-files';
import type { NamedPath } from '../../rules/paths/named-path';
import { namedPaths } from '../../rules/paths/named-path';
import type { WrongPath } from '../../rules/paths/path-form';
import { isNoPath, wrongForm, wrongKind } from '../../rules/paths/path-form';
import { mountOf } from '../../timing/host-needs';
import type { WorkloadPlan } from '../workload-plan';
import { howToMount } from './how-to-mount';
import type { Mounted } from './mounts';
import { mountedIn } from './mounts';
import { ENGINE_CONTAINER } from './pod-template-overrides';
import { list, tree } from './tree';

interface Wrong extends WrongPath {
  readonly id: (ErrorId & WarningId) | 'template-not-in-image';
  /** What is missing: several paths in it are one mistake. */
  readonly missing?: string;
}

/** What the pod has, besides the paths. */
interface Pod {
  readonly mounted: readonly Mounted[];
  readonly image: string;
  readonly annotations: readonly string[];
  /** Undefined for an image whose working directory is not known. */
  readonly workdir: string | undefined;
}

function podOf(workload: WorkloadPlan): Pod {
  const { image } = workload.plan;
  const engine = list(tree(workload.podTemplateOverrides['spec'])['containers']).find(
    ({ name }) => name === ENGINE_CONTAINER,
  );
  const set: unknown = engine?.['workingDir'];
  const added = tree(tree(workload.podTemplateOverrides['metadata'])['annotations']);
  return {
    mounted: mountedIn(workload),
    image,
    annotations: [...Object.keys(workload.podAnnotations), ...Object.keys(added)],
    workdir: typeof set === 'string' ? set : isOfficialImage(image) ? WORKDIR : undefined,
  };
}

const pathsOf = ({ mounted }: Pod): string[] => mounted.map(({ path }) => path);

/** Files that a webhook adds to the pod, such as those of Vault's agent injector. */
const isInjected = (path: string, { annotations }: Pod): boolean =>
  path.startsWith('/vault/') && annotations.some((name) => name.startsWith('vault.hashicorp.com/'));

/** A path of the image, outside of volumes. */
function inImage(named: NamedPath, path: string, pod: Pod): Wrong | undefined {
  // An image of the user's may have anything. Those of other vendors keep their examples in /app.
  if (!isProjectImage(pod.image) || isInjected(path, pod)) return undefined;
  if (path.startsWith('/app/') && !isOfficialImage(pod.image)) return undefined;
  const templates = otherTemplates(path);
  if (templates !== undefined) {
    const guess = didYouMean(posix.basename(path), templates);
    const problem = `which is not among the templates of the image that the library knows${guess}`;
    return { id: 'template-not-in-image', problem, fix: 'correct its name, or acknowledge this if the image has it' };
  }
  if (isInImage(path) || (named.mayBeEmpty === true && isFolderOfImage(path))) return undefined;
  const isRelative = !named.value.startsWith('/');
  const where = isRelative ? `which is ${path} in the image, and` : 'and no volume is mounted there:';
  const problem = `${where} the image ${pod.image} has no files of yours`;
  const fix = `${howToMount(named, path, pathsOf(pod))}, or set an image of your own that has it: VllmVersion.of(…, { repository })`;
  return { id: 'path-not-in-pod', problem, fix, missing: posix.dirname(path) };
}

/** A path in a ConfigMap or a Secret: each key is a file, and there are no folders. */
function inKeys({ kind }: NamedPath, inside: string, { what, path }: Mounted): Wrong | undefined {
  const parts = inside.replace(/^\.\.data\//, '').split('/');
  if (inside === '' ? kind !== 'file' : parts.length === 1 && kind !== 'folder') return undefined;
  const problem = `and ${what} at ${path} has files only, one for each key, and no folder "${kind === 'folder' ? inside : parts.slice(0, -1).join('/')}"`;
  const key = parts.at(-1) ?? '';
  const fix =
    kind === 'folder' ? `mount it at "${path}/${inside}"` : `give "${path}/${key}", where "${key}" is the key`;
  return { id: 'path-below-a-key', problem, fix };
}

function inVolume(named: NamedPath, path: string, volume: Mounted, pod: Pod): Wrong | undefined {
  const inside = posix.relative(volume.path, path);
  if (inside === '' && named.kind === 'file' && !volume.mayBeFile) {
    const problem = `which is the folder of ${volume.what}, and vLLM opens a file there`;
    return { id: 'path-of-wrong-kind', problem, fix: 'give the file in it' };
  }
  if (volume.contents === 'files') return undefined;
  if (volume.contents === 'keys') return inKeys(named, inside, volume);
  // The download of the model is there before the server reads other files.
  const isDownloaded = volume.path === PATHS.models && inside.startsWith('hub/');
  if (isDownloaded || (named.mayBeEmpty === true && inside === '')) return undefined;
  const problem = `and ${volume.what} starts empty: nothing is there when the engine starts`;
  // What an image of the user's has there is hidden by the volume.
  const own = isProjectImage(pod.image) ? '' : ', or have it in another folder of your image';
  const fix = `${howToMount(named, path, pathsOf(pod))}, or fill it in an init container in podTemplateOverrides${own}`;
  return { id: 'path-in-empty-volume', problem, fix, missing: volume.path };
}

function wrongPath(named: NamedPath, pod: Pod): Wrong | undefined {
  const form = wrongForm(named);
  if (form !== undefined) return { id: 'path-form', ...form };
  const kind = wrongKind(named);
  if (kind !== undefined) return { id: 'path-of-wrong-kind', ...kind };
  if (!named.value.startsWith('/') && pod.workdir === undefined) return undefined;
  const path = posix.resolve(pod.workdir ?? '/', named.value);
  const mount = mountOf(path, pathsOf(pod));
  const volume = pod.mounted.findLast((each) => each.path === mount);
  return volume === undefined ? inImage(named, path, pod) : inVolume(named, path, volume, pod);
}

/** Files that the engine is set to read, and that neither a volume nor the image has. */
export function fileFindings(workload: WorkloadPlan): Finding[] {
  const { basis } = workload.plan;
  const { facts, model } = basis.commandLine;
  const { isCached: readsCache } = workload.plan.weights;
  const named = namedPaths({ facts, model, readsCache, environment: setVariables(basis.variables) });
  const pod = podOf(workload);
  const findings = new Map<string, Finding>();
  named
    .filter((each) => !isNoPath(each))
    .forEach((each, index) => {
      const wrong = wrongPath(each, pod);
      if (wrong === undefined) return;
      const { id, problem, fix, missing } = wrong;
      const key = missing === undefined ? String(index) : `${id} ${missing}`;
      const first = findings.get(key);
      if (first !== undefined) {
        findings.set(key, { ...first, details: [...(first.details ?? []), `${each.origin} ${each.words}`] });
        return;
      }
      const is = `${each.words}, ${problem}`;
      const isError = id !== 'template-not-in-image' && each.isOptional !== true;
      findings.set(key, isError ? error(id, each.origin, is, fix) : warning(id, each.origin, is, fix));
    });
  return [...findings.values()];
}
