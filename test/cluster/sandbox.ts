import type { Cluster, Manifest } from './cluster';
import { asPod, podTemplates } from './pod-templates';
import { poll } from './poll';
import { verdictOf } from './judge';

export type PodSecurity = 'restricted' | 'baseline' | 'privileged';

/** Objects in separate namespaces, with everything that pod admission looks up. */
export interface Sandbox {
  readonly manifests: readonly Manifest[];
  /** The Pod Security level that the object's namespace enforces. */
  levelOf(manifest: Manifest): PodSecurity;
  /** Removes cluster-wide objects. Namespaces stay: without controllers they would be Terminating forever. */
  dispose(): Promise<void>;
}

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const CLASSES = ['PriorityClass', 'RuntimeClass'];
const VISIBLE_TIMEOUT_MS = 10_000;

/**
 * Namespace `x` becomes `<name>-x`, so that an account or a label of one sandbox does not affect another one that also
 * uses `default`.
 */
export async function createSandbox(
  cluster: Cluster,
  name: string,
  objects: readonly Manifest[],
  podSecurity: PodSecurity,
): Promise<Sandbox> {
  const manifests = await Promise.all(objects.map((object) => place(cluster, object, name)));
  const declared = new Map(objects.filter(isNamespace).map((object) => [`${name}-${object.metadata.name}`, object]));
  const names = new Set(manifests.flatMap(({ metadata }) => metadata.namespace ?? []));
  const namespaces = [...names].map((namespace) => namespaceOf(namespace, podSecurity, declared.get(namespace)));
  const levels = new Map(namespaces.map(({ metadata }) => [metadata.name, metadata.labels[ENFORCE] as PodSecurity]));

  for (const namespace of namespaces) {
    await store(cluster, namespace);
    await store(cluster, defaultAccount(namespace.metadata.name));
  }
  for (const account of manifests.filter(({ kind }) => kind === 'ServiceAccount')) {
    await store(cluster, account);
  }
  const classes = await storeClasses(cluster, manifests);
  return {
    manifests,
    levelOf: ({ metadata }) => levels.get(metadata.namespace ?? '') ?? podSecurity,
    dispose: async () => {
      await Promise.all(classes.map((object) => cluster.delete(object)));
    },
  };
}

async function place(cluster: Cluster, object: Manifest, name: string): Promise<Manifest> {
  const resource = await cluster.resourceOf(object);
  // A chart sets its namespace on every object; the server ignores it for cluster-wide kinds.
  const namespace = resource?.namespaced ? `${name}-${object.metadata.namespace ?? 'default'}` : undefined;
  return { ...object, metadata: { ...object.metadata, namespace } };
}

function isNamespace({ apiVersion, kind }: Manifest): boolean {
  return apiVersion === 'v1' && kind === 'Namespace';
}

/** It enforces the level in its own manifest, as it would in a cluster; otherwise `podSecurity`. */
function namespaceOf(name: string, podSecurity: PodSecurity, declared?: Manifest) {
  const labels: Record<string, string> = { [ENFORCE]: podSecurity, ...declared?.metadata.labels };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** In a real cluster a controller creates it. Without it the server refuses every pod. */
function defaultAccount(namespace: string): Manifest {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } };
}

/** Classes among the objects, and placeholders for those that the objects only refer to. */
async function storeClasses(cluster: Cluster, manifests: readonly Manifest[]): Promise<Manifest[]> {
  const own = manifests.filter(({ kind }) => CLASSES.includes(kind));
  const isOwn = (object: Manifest) =>
    own.some(({ kind, metadata }) => kind === object.kind && metadata.name === object.metadata.name);
  const classes = [...own];
  for (const standIn of namedClasses(manifests)) {
    if (!isOwn(standIn) && !(await cluster.exists(standIn))) {
      classes.push(standIn);
    }
  }
  for (const object of classes) {
    await store(cluster, object);
  }
  for (const manifest of manifests) {
    for (const template of podTemplates(manifest).filter(({ spec }) => spec.priorityClassName)) {
      await untilPriorityIsKnown(cluster, asPod(template, manifest));
    }
  }
  return classes;
}

function namedClasses(manifests: readonly Manifest[]): Manifest[] {
  const specs = manifests.flatMap(podTemplates).map(({ spec }) => spec);
  const priorities = new Set(specs.flatMap(({ priorityClassName }) => priorityClassName ?? []));
  const runtimes = new Set(specs.flatMap(({ runtimeClassName }) => runtimeClassName ?? []));
  return [
    ...[...priorities].map((name) => clusterClass('scheduling.k8s.io/v1', 'PriorityClass', name, { value: 0 })),
    ...[...runtimes].map((name) => clusterClass('node.k8s.io/v1', 'RuntimeClass', name, { handler: name })),
  ];
}

function clusterClass(apiVersion: string, kind: string, name: string, fields: object): Manifest {
  return { apiVersion, kind, metadata: { name }, ...fields };
}

/** Admission reads priority classes from a cache, which is updated a moment after they are stored. */
async function untilPriorityIsKnown(cluster: Cluster, pod: Manifest): Promise<void> {
  const isKnown = async () => {
    const { message } = verdictOf(await cluster.create(pod, 'dry-run'), pod);
    return !message.includes('no PriorityClass with name');
  };
  const complaint = () =>
    new Error(`${pod.metadata.name}: its PriorityClass is stored, but admission still does not find it`);
  await poll(isKnown, VISIBLE_TIMEOUT_MS, complaint);
}

async function store(cluster: Cluster, object: Manifest): Promise<void> {
  const { accepted, message } = verdictOf(await cluster.apply(object, 'stored'), object);
  if (!accepted) {
    throw new Error(`cannot create ${object.kind} ${object.metadata.name} for the pods that need it: ${message}`);
  }
}
