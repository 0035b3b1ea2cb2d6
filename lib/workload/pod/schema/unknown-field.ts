import { nearest } from '../../../preflight/nearest';
import type { FieldType } from './pod-types';
import { fieldsOf } from './pod-types';
import { KUBERNETES } from './pod-template-table';
import { listed } from './words';
import { entryOf } from '../../../shapes/entry-of';

/** An object around the unknown field, with its path as the user wrote it. */
export interface Around {
  readonly type: string;
  readonly path: string;
}

/** Fields of a Deployment, which some write into its template, and what takes their place. */
const OF_A_WORKLOAD: Readonly<Record<string, string>> = {
  replicas: 'set scaling of the stack instead, for example Scaling.fixed(2)',
  strategy: 'set delivery of the stack instead',
  selector: 'remove it: the selector follows from name',
  minReadySeconds: 'set delivery of the stack instead',
  progressDeadlineSeconds: 'remove it: it follows from the time that a start may take',
  revisionHistoryLimit: 'use addJsonPatch of the workload instead',
  paused: 'use addJsonPatch of the workload instead',
  template: 'remove this level: podTemplateOverrides is the template itself',
  apiVersion: 'remove it: podTemplateOverrides is a template, not an object',
  kind: 'remove it: podTemplateOverrides is a template, not an object',
};

/** Fields that no rule below finds, by the type that they are written in. */
const ELSEWHERE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  PodTemplateSpec: {
    ...OF_A_WORKLOAD,
    labels: 'put it under metadata, or set podLabels instead',
    annotations: 'put it under metadata, or set podAnnotations instead',
  },
  PodSpec: {
    ...OF_A_WORKLOAD,
    labels: 'put it under metadata, or set podLabels instead',
    annotations: 'put it under metadata, or set podAnnotations instead',
    metadata: 'put it beside spec',
    sidecars: 'write "containers", or "initContainers" with restartPolicy: Always',
    volumeClaimTemplates: 'write a volume with ephemeral.volumeClaimTemplate',
  },
  Volume: { pvc: 'write "persistentVolumeClaim"', persistentVolume: 'write "persistentVolumeClaim"' },
  PersistentVolumeClaimVolumeSource: { name: 'write "claimName"', claim: 'write "claimName"' },
  SecretVolumeSource: { name: 'write "secretName"' },
  ConfigMapVolumeSource: { configMapName: 'write "name"' },
  VolumeMount: { path: 'write "mountPath"', mountpath: 'write "mountPath"' },
  ContainerPort: { port: 'write "containerPort"', targetPort: 'remove it: it is a field of a Service' },
  SecurityContext: { fsGroup: 'put it into the securityContext of the pod' },
  PodSecurityContext: { readOnlyRootFilesystem: 'put it into the securityContext of a container' },
};

/** Directives of a strategic merge patch. Items of a list are merged; they cannot be removed. */
const isDirective = (field: string): boolean => field.startsWith('$');

/** More places than this are no help. */
const MOST_PLACES = 3;

const plain = (word: string): string => word.toLowerCase().replace(/[-_]/g, '');

/** A known field that is written almost like it: `volumeMount`, `node_selector`, `imagepullpolicy`. */
function slip(field: string, known: readonly string[]): string | undefined {
  return known.find((each) => plain(each) === plain(field)) ?? nearest(field, known, 1);
}

const typeInside = (type: FieldType): string | undefined => {
  const inner = type.is === 'list' ? type.item : type;
  return inner.is === 'object' ? inner.name : undefined;
};

/** Where the field is known, one level below: `runAsUser` of a container belongs under securityContext. */
function below(field: string, type: string): string | undefined {
  const parts = [...fieldsOf(type)].filter(
    ([name, { type: each }]) => name !== 'ephemeralContainers' && fieldsOf(typeInside(each) ?? '').has(field),
  );
  const [name, part] = parts.find(([, { required }]) => required) ?? parts[0] ?? [];
  if (part === undefined) return undefined;
  if (part.type.is === 'list') return `put it into an item of ${name}`;
  const names = parts.map(([each]) => each);
  return `put it under ${listed(names.slice(0, MOST_PLACES), 'or')}`;
}

/** Where the field is known, further up: `tolerations` of a container belong to the pod. */
function above(field: string, around: readonly Around[]): string | undefined {
  const owner = around.slice(0, -1).findLast(({ type }) => fieldsOf(type).has(field));
  return owner && `put it at ${owner.path}.${field}`;
}

/** What to do about a field that the type does not have. The last of `around` is the object that it is written in. */
export function fixOfUnknown(field: string, around: readonly Around[]): string {
  const type = around.at(-1)?.type ?? '';
  const known = [...fieldsOf(type).keys()];
  if (isDirective(field)) return 'remove it: fields are removed with null, and items of a list cannot be removed';
  const elsewhere = entryOf(ELSEWHERE[type] ?? {}, field);
  if (elsewhere !== undefined) return elsewhere;
  if (type === 'ResourceRequirements')
    return slip(field, known) ? `write "${slip(field, known)}"` : 'put it under limits and requests';
  const meant = slip(field, known);
  if (meant !== undefined) return `write "${meant}"`;
  const moved = below(field, type) ?? above(field, around);
  if (moved !== undefined) return moved;
  const near = known.find((each) => field.length > 3 && each.startsWith(field)) ?? nearest(field, known);
  if (near !== undefined) return `write "${near}"`;
  return `remove it, or use addJsonPatch of the workload for a field that is newer than Kubernetes ${KUBERNETES}`;
}
