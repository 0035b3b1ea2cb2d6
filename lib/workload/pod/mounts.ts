import { PATHS } from '../../defaults';
import type { WorkloadPlan } from '../workload-plan';
import type { VolumePlan } from './pod-options';
import { ENGINE_CONTAINER } from './pod-template-overrides';
import type { Tree } from './tree';
import { list, tree } from './tree';

/**
 * What is in a volume when the engine starts: files that only the cluster knows, the keys of a ConfigMap or a Secret as
 * files without folders, or nothing.
 */
export type Contents = 'files' | 'keys' | 'nothing';

/** A volume in the engine's container. */
export interface Mounted {
  readonly path: string;
  /** The volume in words: `the ConfigMap "chat-templates"`. */
  readonly what: string;
  readonly contents: Contents;
  /** Whether a single file may be mounted there, with `subPath`. */
  readonly mayBeFile: boolean;
  readonly isWritable: boolean;
  /** Undefined where it has no limit, or is large enough by itself. */
  readonly limitMib: number | undefined;
  /** The property that adds it; undefined for a volume of the stack. */
  readonly origin: string | undefined;
}

const named = (kind: string, name: unknown): string => (typeof name === 'string' ? `${kind} "${name}"` : kind);

function ofUser({ name, mountPath: path, source }: VolumePlan, index: number, filled: ReadonlySet<unknown>): Mounted {
  const origin = `extraVolumes[${index}]`;
  const common = { path, origin, mayBeFile: false, isWritable: false, limitMib: undefined };
  if ('configMap' in source) return { ...common, what: named('the ConfigMap', source.configMap), contents: 'keys' };
  if ('secret' in source) return { ...common, what: named('the Secret', source.secret), contents: 'keys' };
  if ('claim' in source) {
    return {
      ...common,
      what: named('the volume claim', source.claim),
      contents: 'files',
      isWritable: !source.readOnly,
    };
  }
  const contents = filled.has(name) ? 'files' : 'nothing';
  return { ...common, what: named('the volume', name), contents, isWritable: true, limitMib: source.emptySizeMib };
}

/** Which volumes containers besides the engine mount: they may put files there before it starts. */
function filledBy(spec: Tree): ReadonlySet<unknown> {
  const others = [
    ...list(spec['initContainers']),
    ...list(spec['containers']).filter(({ name }) => name !== ENGINE_CONTAINER),
  ];
  return new Set(others.flatMap(({ volumeMounts }) => list(volumeMounts).map(({ name }) => name)));
}

/** What a volume of `podTemplateOverrides` holds; one with `items` may have any folders. */
function contentsOf(volume: Tree, isPart: boolean, filled: ReadonlySet<unknown>): Contents {
  if (isPart) return 'files';
  const source = [volume['configMap'], volume['secret']].find((each) => each !== undefined);
  if (source !== undefined) return tree(source)['items'] === undefined ? 'keys' : 'files';
  return volume['emptyDir'] === undefined || filled.has(volume['name']) ? 'files' : 'nothing';
}

function ofOverrides(spec: Tree, filled: ReadonlySet<unknown>): Mounted[] {
  const volumes = new Map(list(spec['volumes']).map((volume) => [volume['name'], volume]));
  return list(spec['containers']).flatMap(({ name: container, volumeMounts }, at) =>
    list(volumeMounts).flatMap((mount, index): Mounted[] => {
      const { name, mountPath: path, readOnly } = mount;
      if (container !== ENGINE_CONTAINER || typeof path !== 'string') return [];
      const mayBeFile = typeof mount['subPath'] === 'string' || typeof mount['subPathExpr'] === 'string';
      const contents = contentsOf(volumes.get(name) ?? {}, mayBeFile, filled);
      const origin = `podTemplateOverrides.spec.containers[${at}].volumeMounts[${index}]`;
      const what = named('the volume', name);
      return [{ path, what, contents, mayBeFile, isWritable: readOnly !== true, limitMib: undefined, origin }];
    }),
  );
}

const OWN_NAMES: Readonly<Record<keyof typeof PATHS, string>> = {
  home: 'cache',
  models: 'models',
  tmp: 'tmp',
  sharedMemory: 'shm',
};

/** Volumes of the stack, which have room for the folders in them. */
function own({ plan: { weights } }: WorkloadPlan, filled: ReadonlySet<unknown>): Mounted[] {
  return (Object.keys(OWN_NAMES) as (keyof typeof PATHS)[]).map((key) => {
    const hasFiles = filled.has(OWN_NAMES[key]) || (key === 'models' && weights.claim !== undefined);
    return {
      path: PATHS[key],
      what: `the volume at ${PATHS[key]}`,
      contents: hasFiles ? 'files' : 'nothing',
      mayBeFile: false,
      isWritable: key !== 'models' || !weights.offline,
      limitMib: undefined,
      origin: undefined,
    };
  });
}

/** All volumes in the engine's container. */
export function mountedIn(workload: WorkloadPlan): Mounted[] {
  const spec = tree(workload.podTemplateOverrides['spec']);
  const filled = filledBy(spec);
  return [
    ...own(workload, filled),
    ...workload.volumes.map((volume, index) => ofUser(volume, index, filled)),
    ...ofOverrides(spec, filled),
  ];
}
