import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { tree } from '../pod/tree';
import type { WorkloadPlan } from '../workload-plan';
import type { MeshPlan } from './mesh-plan';
import { DATAPLANE, INJECT, NATIVE, PROXY_CONFIG } from './mesh-plan';

interface Entry {
  readonly kind: 'label' | 'annotation';
  readonly key: string;
  readonly value: unknown;
  readonly subject: string;
}

/** Labels and annotations of the pods that the user set, with the property of each. */
function setByUser({ set, podTemplateOverrides }: WorkloadPlan): Entry[] {
  const metadata = tree(podTemplateOverrides['metadata']);
  const path = 'podTemplateOverrides.metadata';
  const sources = [
    ['label', 'labels', set.labels],
    ['label', 'podLabels', set.podLabels],
    ['label', `${path}.labels`, metadata['labels']],
    ['annotation', 'annotations', set.annotations],
    ['annotation', 'podAnnotations', set.podAnnotations],
    ['annotation', `${path}.annotations`, metadata['annotations']],
  ] as const;
  return sources.flatMap(([kind, property, map]) =>
    Object.entries(tree(map)).map(([key, value]) => ({ kind, key, value, subject: `${property}.${key}` })),
  );
}

/** Labels and annotations that the user set and the mesh decides. */
export function conflictFindings(workload: WorkloadPlan, { mode }: MeshPlan): Finding[] {
  const owned = {
    label: [INJECT, DATAPLANE],
    annotation: [INJECT, NATIVE, ...(mode === 'istio-classic-sidecar' ? [PROXY_CONFIG] : [])],
  };
  return setByUser(workload)
    .filter(({ kind, key }) => owned[kind].includes(key))
    .map(({ kind, value, subject }) => {
      const problem = `is ${JSON.stringify(value)}, but mesh decides this ${kind}`;
      return error('mesh-metadata', subject, problem, 'remove it, or remove mesh');
    });
}

/** Whether a label or an annotation puts the pod into a mesh of Istio. */
const joins = ({ kind, key, value }: Entry): boolean =>
  (key === INJECT && String(value) === 'true') || (kind === 'label' && key === DATAPLANE && value === 'ambient');

/** A mesh that the user set by hand: neither NetworkPolicy nor drain know it. */
export function unknownMeshFindings(workload: WorkloadPlan): Finding[] {
  return setByUser(workload)
    .filter(joins)
    .map(({ key, subject }) => {
      const factory = key === DATAPLANE ? 'Mesh.istioAmbient()' : 'Mesh.istioSidecar()';
      const problem = 'puts the pods into a mesh, but mesh is unset: NetworkPolicy and drain do not follow';
      return warning('mesh-by-label', subject, problem, `remove it, and set mesh to ${factory} instead`);
    });
}
