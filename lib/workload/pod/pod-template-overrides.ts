import { posix } from 'node:path';
import { PATHS, TIMING } from '../../defaults';
import type { KindFacts } from '../../plan/workload-facts';
import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { merge } from './merge';
import { fixOfUnknown } from './schema/load';
import type { Shape } from '../../shapes/shape';
import { anyObject, listOf } from '../../shapes/shape';
import type { Tree } from './tree';
import { list, tree } from './tree';

/** Name of the engine's container. */
export const ENGINE_CONTAINER = 'vllm';

/** Name of the claim of the accelerator inside the pod. */
export const POD_CLAIM = 'gpus';

/** Name of the property. */
export const OVERRIDES = 'podTemplateOverrides';

/** Fields of the pod that the checks rely on, each with what to do instead. */
const POD_FIELDS: Readonly<Record<string, string>> = {
  terminationGracePeriodSeconds: 'set lifecycle.terminationGracePeriod instead',
  enableServiceLinks: 'remove it: a Service in the namespace could change the engine through VLLM_* variables',
  automountServiceAccountToken: 'remove it: the engine never calls the Kubernetes API',
  shareProcessNamespace: 'remove it: vLLM must be process 1 of its container to get SIGTERM',
  restartPolicy: 'remove it: the pods of a Deployment always restart',
  activeDeadlineSeconds: 'remove it: the pods of a Deployment run without an end',
  ephemeralContainers: 'remove it: kubectl debug adds them to a pod that runs',
  priority: 'set priorityClassName instead',
};

/** Fields of the engine's container that the checks rely on. */
const CONTAINER_FIELDS: Readonly<Record<string, string>> = {
  image: 'set vllmVersion instead',
  command: 'remove it: the image starts vLLM as process 1, which gets SIGTERM',
  args: 'set engine or extraArgs instead',
  env: 'set env, secretEnv or fieldEnv instead',
  envFrom: 'set env or secretEnv instead',
  resources: 'set resources and accelerator instead',
  startupProbe: 'set lifecycle.startupBudget instead',
  lifecycle: 'set lifecycle.preStopDelay instead',
};

const SIZED = 'remove it: the disk request of the pod includes its size';

/** The stack's own volumes. */
const OWN_VOLUMES: Readonly<Record<string, string>> = {
  models: 'set weights instead',
  cache: SIZED,
  tmp: SIZED,
  shm: 'set resources.sharedMemory instead',
};

/** Where they are mounted. */
const OWN_MOUNTS: Readonly<Record<string, string>> = {
  [PATHS.models]: 'set weights instead',
  [PATHS.home]: SIZED,
  [PATHS.tmp]: SIZED,
  [PATHS.sharedMemory]: 'set resources.sharedMemory instead',
};

const OWN_CLAIMS: Readonly<Record<string, string>> = { [POD_CLAIM]: 'set accelerator to an Accelerator.claim instead' };

const OWN_PORTS: Readonly<Record<string, string>> = {
  http: 'remove it: Service, probes and NetworkPolicy use this port',
};

const OBJECTS = listOf(anyObject);

/** Parts with a wrong type. Each of them, also null, would replace a part of the pod and its protected fields. */
function shapeFindings(overrides: Tree): Finding[] {
  const findings: Finding[] = [];
  const check = (expected: Shape, parent: Tree, path: string, keys: readonly string[]) => {
    for (const key of keys) if (key in parent) expected.check(parent[key], `${path}.${key}`, findings);
  };
  for (const key of Object.keys(overrides)) {
    if (key === 'metadata' || key === 'spec') continue;
    const problem = 'is not a field of a pod template, which has metadata and spec';
    const fix = fixOfUnknown()(key, [{ type: 'PodTemplateSpec', path: OVERRIDES }]);
    findings.push(error('not-a-pod-template', `${OVERRIDES}.${key}`, problem, fix));
  }
  check(anyObject, overrides, OVERRIDES, ['metadata', 'spec']);
  check(anyObject, tree(overrides['metadata']), `${OVERRIDES}.metadata`, ['labels', 'annotations']);
  const spec = tree(overrides['spec']);
  check(OBJECTS, spec, `${OVERRIDES}.spec`, ['containers', 'volumes', 'resourceClaims']);
  list(spec['containers']).forEach((container, index) => {
    if (container['name'] !== ENGINE_CONTAINER) return;
    check(OBJECTS, container, `${OVERRIDES}.spec.containers[${index}]`, ['volumeMounts', 'ports']);
  });
  return findings;
}

const refused = (path: string, instead: string): Finding =>
  error('protected-override', `${OVERRIDES}.${path}`, 'cannot be overridden here', instead);

/** Protected fields of `parent`. */
function fieldFindings(parent: Tree, path: string, fields: Readonly<Record<string, string>>): Finding[] {
  return Object.entries(fields).flatMap(([field, instead]) =>
    field in parent ? [refused(`${path}.${field}`, instead)] : [],
  );
}

/** Protected items, and items without a key: with one of those, the list would replace that of the pod. */
function itemFindings(items: unknown, path: string, key: string, own: Readonly<Record<string, string>>): Finding[] {
  return list(items).flatMap((item, index) => {
    const value = item[key];
    if (typeof value !== 'string') {
      const problem = `has no ${key}: the whole list would replace that of the pod`;
      return [error('unnamed-item', `${OVERRIDES}.${path}[${index}]`, problem, `add ${key}`)];
    }
    const found = key === 'mountPath' ? posix.resolve('/', value) : value;
    return Object.entries(own).flatMap(([known, instead]) =>
      known === found ? [refused(`${path}[${index}] (${value})`, instead)] : [],
    );
  });
}

/** Minimum time without an answer before a liveness probe may restart the engine, in seconds. */
const MIN_LIVENESS = 60;

/** Kubernetes' own defaults for a probe. */
const PROBE_DEFAULTS = { periodSeconds: 10, failureThreshold: 3 };

function livenessFindings(container: Tree, path: string): Finding[] {
  if (typeof container['livenessProbe'] !== 'object' || container['livenessProbe'] === null) return [];
  const own = { periodSeconds: TIMING.livenessProbePeriod, failureThreshold: TIMING.livenessFailures };
  const probe = { ...PROBE_DEFAULTS, ...(merge(own, container['livenessProbe']) as typeof PROBE_DEFAULTS) };
  const silence = probe.periodSeconds * probe.failureThreshold;
  // A number that is text has a finding of its own.
  if (!(silence < MIN_LIVENESS)) return [];
  const problem = `restarts the engine after ${silence} s without an answer (failureThreshold ${probe.failureThreshold}, each ${probe.periodSeconds} s): /health is slow while the CPU is scarce, and a restart loads the weights again`;
  const fix = `make it at least ${MIN_LIVENESS} s, or remove it`;
  return [warning('liveness-too-eager', `${OVERRIDES}.${path}.livenessProbe`, problem, fix)];
}

function containerFindings(container: Tree, path: string): Finding[] {
  const { name, image } = container;
  if (typeof name !== 'string') {
    const problem = 'has no name: the library cannot know which container it changes';
    return [error('unnamed-container', `${OVERRIDES}.${path}`, problem, `add name: ${ENGINE_CONTAINER}`)];
  }
  if (name === ENGINE_CONTAINER) {
    return [
      ...fieldFindings(container, path, CONTAINER_FIELDS),
      ...itemFindings(container['ports'], `${path}.ports`, 'name', OWN_PORTS),
      ...itemFindings(container['volumeMounts'], `${path}.volumeMounts`, 'mountPath', OWN_MOUNTS),
      ...livenessFindings(container, path),
    ];
  }
  if (typeof image === 'string') return [];
  const problem = `is named "${name}" and has no image: it is neither the engine nor a sidecar`;
  const fix = `name it ${ENGINE_CONTAINER} to change the engine, or set the image of the sidecar`;
  return [error('container-without-image', `${OVERRIDES}.${path}`, problem, fix)];
}

/** Overrides of fields that the checks rely on. */
export function overrideFindings(
  overrides: Tree,
  selector: Readonly<Record<string, string>>,
  { kind, revisionLabel }: KindFacts,
): Finding[] {
  const spec = tree(overrides['spec']);
  const found = Object.keys(selector).map((key) => [key, 'remove it: it follows from name']);
  return [
    ...shapeFindings(overrides),
    ...fieldFindings(spec, 'spec', POD_FIELDS),
    ...itemFindings(spec['volumes'], 'spec.volumes', 'name', OWN_VOLUMES),
    ...itemFindings(spec['resourceClaims'], 'spec.resourceClaims', 'name', OWN_CLAIMS),
    ...list(spec['containers']).flatMap((each, index) => containerFindings(each, `spec.containers[${index}]`)),
    ...fieldFindings(tree(tree(overrides['metadata'])['labels']), 'metadata.labels', {
      [revisionLabel]: `remove it: the ${kind} separates its revisions by it`,
      ...(Object.fromEntries(found) as Record<string, string>),
    }),
  ];
}
