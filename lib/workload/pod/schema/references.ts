import type { Finding } from '../../../preflight/finding';
import { error, warning } from '../../../preflight/finding';
import { nearest } from '../../../preflight/nearest';
import type { Tree } from '../tree';
import { list, tree } from '../tree';

/** A container of the overrides, and what it is in the finished pod. */
interface Written {
  readonly container: Tree;
  readonly merged: Tree;
  readonly subject: string;
}

const KINDS = ['containers', 'initContainers'] as const;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const named = (items: unknown): string[] => list(items).flatMap(({ name }) => textOf(name) ?? []);

function written(spec: Tree, finished: Tree, subject: string): Written[] {
  return KINDS.flatMap((kind) =>
    list(spec[kind]).map((container, index) => ({
      container,
      merged: list(finished[kind]).find(({ name }) => name === container['name']) ?? container,
      subject: `${subject}.${kind}[${index}]`,
    })),
  );
}

/**
 * Items with the key of an earlier one, which may be several fields. Merged by that key, the later one would be lost, and
 * Kubernetes refuses both.
 */
function twice(items: unknown, key: string, subject: string, taken: readonly string[] = []): Finding[] {
  const seen = new Set<string>(taken);
  return list(items).flatMap((item, index) => {
    const parts = key.split(' and ').map((field) => textOf(item[field]));
    if (parts.includes(undefined)) return [];
    const value = parts.join(' and ');
    const known = seen.has(value);
    seen.add(value);
    const fix = FIXES[key] ?? 'rename one of them';
    return known
      ? [error('duplicate-pod-item', `${subject}[${index}]`, `has the ${key} "${value}", as another one has`, fix)]
      : [];
  });
}

const FIXES: Readonly<Record<string, string>> = {
  mountPath: 'use another path',
  'topologyKey and whenUnsatisfiable': 'remove one of them',
};

/** Variables of a sidecar: the last one counts, and a server-side apply refuses both. */
function variablesTwice({ container, subject }: Written): Finding[] {
  const names = named(container['env']);
  return names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => {
      const problem = `sets ${name} twice: the last one counts, and a server-side apply refuses both`;
      return warning('sidecar-variable-twice', `${subject}.env`, problem, 'remove one of them');
    });
}

function duplicates(spec: Tree, subject: string, parts: readonly Written[]): Finding[] {
  return [
    ...twice(spec['containers'], 'name', `${subject}.containers`),
    ...twice(spec['volumes'], 'name', `${subject}.volumes`),
    ...twice(spec['resourceClaims'], 'name', `${subject}.resourceClaims`),
    ...twice(spec['schedulingGates'], 'name', `${subject}.schedulingGates`),
    ...twice(tree(spec['securityContext'])['sysctls'], 'name', `${subject}.securityContext.sysctls`),
    ...twice(
      spec['topologySpreadConstraints'],
      'topologyKey and whenUnsatisfiable',
      `${subject}.topologySpreadConstraints`,
    ),
    ...parts.flatMap(({ container, subject: at }) => [
      ...twice(container['volumeMounts'], 'mountPath', `${at}.volumeMounts`),
      ...twice(container['ports'], 'name', `${at}.ports`),
    ]),
    ...parts.flatMap(variablesTwice),
  ];
}

/** Mounts of volumes, and uses of claims, that the pod does not have. */
function dangling(
  { container, merged, subject }: Written,
  volumes: readonly string[],
  claims: readonly string[],
): Finding[] {
  const missing = (items: unknown, of: unknown, field: string, known: readonly string[], what: string) =>
    list(items).flatMap((item, index) => {
      const key = field === 'volumeMounts' ? 'mountPath' : 'name';
      const finished = list(of).find((each) => each[key] === item[key]) ?? item;
      const name = textOf(finished['name']);
      if (name === undefined || known.includes(name)) return [];
      const meant = nearest(name, known);
      const problem = `names the ${what} "${name}", and the pod has ${known.join(', ') || 'none'}`;
      const add = what === 'volume' ? 'add it to spec.volumes' : 'add it to spec.resourceClaims';
      const fix = meant === undefined ? add : `write "${meant}", or ${add}`;
      return [error('missing-pod-reference', `${subject}.${field}[${index}]`, problem, fix)];
    });
  const resources = (of: Tree) => tree(of['resources'])['claims'];
  return [
    ...missing(container['volumeMounts'], merged['volumeMounts'], 'volumeMounts', volumes, 'volume'),
    ...missing(container['volumeDevices'], merged['volumeDevices'], 'volumeDevices', volumes, 'volume'),
    ...missing(resources(container), resources(merged), 'resources.claims', claims, 'device claim'),
  ];
}

/** Volumes that an injected sidecar mounts: that of Cloud Storage FUSE on GKE takes these for its cache and buffer. */
const INJECTED = /^gke-gcsfuse-/;

/** Volumes of the overrides that no container mounts, unless an annotation asks a sidecar to. */
function unused(spec: Tree, template: Tree, subject: string): Finding[] {
  const finished = tree(template['spec']);
  const mounted = KINDS.flatMap((kind) =>
    list(finished[kind]).flatMap(({ volumeMounts, volumeDevices, env }) => [
      ...named(volumeMounts),
      ...named(volumeDevices),
      ...list(env).map(({ valueFrom }) => String(tree(tree(valueFrom)['fileKeyRef'])['volumeName'])),
    ]),
  );
  const annotations = JSON.stringify(tree(template['metadata'])['annotations'] ?? {});
  return list(spec['volumes']).flatMap(({ name }, index) => {
    if (typeof name !== 'string' || mounted.includes(name)) return [];
    if (INJECTED.test(name) || annotations.includes(name)) return [];
    const problem = `is the volume "${name}", which no container mounts`;
    return [warning('volume-unused', `${subject}.volumes[${index}]`, problem, 'add a volumeMount, or remove it')];
  });
}

/** Only a sidecar has probes and hooks among the init containers. */
const OF_RUNNING = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'];

function initContainers(spec: Tree, subject: string, names: readonly string[]): Finding[] {
  const at = `${subject}.initContainers`;
  const fields = list(spec['initContainers']).flatMap((container, index) => {
    if (container['restartPolicy'] === 'Always') return [];
    const used = OF_RUNNING.filter((field) => container[field] !== undefined && container[field] !== null);
    return used.map((field) => {
      const problem = 'is set, but an init container ends before the engine starts';
      const fix = 'remove it, or set restartPolicy: "Always" of the container for a sidecar';
      return error('init-container-runs', `${at}[${index}].${field}`, problem, fix);
    });
  });
  return [...twice(spec['initContainers'], 'name', at, names), ...fields];
}

/** Before Kubernetes 1.35 only init containers have a restart policy of their own. */
function restartPolicies(spec: Tree, subject: string): Finding[] {
  return list(spec['containers']).flatMap(({ restartPolicy }, index) => {
    if (typeof restartPolicy !== 'string') return [];
    const problem = `is "${restartPolicy}": a sidecar is an init container, and an older API server than that of Kubernetes 1.35 refuses this`;
    const fix = 'move the container to initContainers, or remove it';
    return [warning('container-restart-policy', `${subject}.containers[${index}].restartPolicy`, problem, fix)];
  });
}

/** Names in the overrides that must be unique, or that must exist in the finished template. */
export function referenceFindings(overrides: Tree, merged: unknown, root: string): Finding[] {
  const spec = tree(overrides['spec']);
  const template = tree(merged);
  const finished = tree(template['spec']);
  const subject = `${root}.spec`;
  const parts = written(spec, finished, subject);
  const volumes = named(finished['volumes']);
  const claims = named(finished['resourceClaims']);
  return [
    ...duplicates(spec, subject, parts),
    ...initContainers(spec, subject, named(finished['containers'])),
    ...parts.flatMap((part) => dangling(part, volumes, claims)),
    ...unused(spec, template, subject),
    ...restartPolicies(spec, subject),
  ];
}
