import type { Manifest, Metadata } from './cluster';

/** A template from which a controller creates pods. */
export interface PodTemplate {
  /** Path in the object, such as `spec.template`. Empty for a Pod. */
  readonly path: string;
  readonly metadata?: Partial<Metadata>;
  readonly spec: {
    readonly containers: readonly unknown[];
    readonly priorityClassName?: string;
    readonly runtimeClassName?: string;
  };
}

/**
 * Every pod template in an object of any kind: any value with `spec.containers`. Found by shape, since custom workloads
 * (Rollout, LeaderWorkerSet, analysis jobs) have templates in different places and do not check them.
 */
export function podTemplates(manifest: Manifest): PodTemplate[] {
  return [...find(manifest, [])];
}

function* find(node: unknown, path: readonly string[]): Generator<PodTemplate> {
  if (typeof node !== 'object' || node === null) {
    return;
  }
  if (isPodTemplate(node)) {
    yield { path: path.join('.'), metadata: node.metadata, spec: node.spec };
    return;
  }
  for (const [key, value] of Object.entries(node)) {
    yield* find(value, [...path, key]);
  }
}

function isPodTemplate(node: object): node is Omit<PodTemplate, 'path'> {
  const { spec } = node as { spec?: { containers?: unknown } | null };
  return Array.isArray(spec?.containers);
}

/** The Pod that a controller would create from a template of `owner`. */
export function asPod({ metadata, spec }: PodTemplate, owner: Manifest): Manifest {
  const { name, namespace } = owner.metadata;
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name, namespace }, spec };
}
