import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { appCheck } from './app-check';
import { manifestOf } from './manifest-of';

/** Kinds that scale the workload in their `spec.scaleTargetRef`, each with its API group. */
const SCALERS = new Map([
  ['ScaledObject', 'keda.sh'],
  ['HorizontalPodAutoscaler', 'autoscaling'],
]);

interface Manifest {
  readonly metadata?: { readonly namespace?: string };
  readonly spec?: {
    readonly replicas?: number;
    readonly scaleTargetRef?: { readonly kind?: string; readonly name?: string };
  };
}

const keyOf = (kind: string, namespace: string | undefined, name: string): string =>
  `${kind} "${name}" in ${namespace === undefined ? 'no namespace' : `namespace "${namespace}"`}`;

/** Workloads with several scalers, or with a scaler and a fixed number of replicas. */
function fights(constructs: readonly IConstruct[]): string[] {
  const objects = constructs.filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
  const scalers = new Map<string, ApiObject[]>();
  for (const object of objects) {
    if (SCALERS.get(object.kind) !== object.apiGroup) continue;
    const { metadata, spec } = manifestOf<Manifest>(object);
    const { kind = 'Deployment', name } = spec?.scaleTargetRef ?? {};
    if (name === undefined) continue;
    const key = keyOf(kind, metadata?.namespace, name);
    scalers.set(key, [...(scalers.get(key) ?? []), object]);
  }
  if (scalers.size === 0) return [];
  const messages: string[] = [];
  for (const [key, found] of scalers) {
    const named = found.map(({ kind, node }) => `${kind} ${node.path}`);
    if (found.length > 1) {
      messages.push(
        `${key} has ${found.length} scalers (${named.join(', ')}), which would overwrite each other; keep one`,
      );
    }
  }
  for (const object of objects) {
    const found = scalers.get(keyOf(object.kind, object.metadata.namespace, object.name));
    if (found === undefined) continue;
    const { spec } = manifestOf<Manifest>(object);
    if (spec?.replicas === undefined) continue;
    const named = found.map(({ kind, node }) => `${kind} ${node.path}`).join(', ');
    messages.push(
      `${object.kind} ${object.node.path} sets replicas: ${spec.replicas}, and ${named} scales it: each apply would reset the replicas; remove replicas (Scaling.keda does this), or remove the scaler`,
    );
  }
  return messages;
}

/** Makes synth fail when a workload has more than one owner of its replicas, anywhere in the app. */
export const refuseSecondScaler = appCheck(fights, { remember: false });
