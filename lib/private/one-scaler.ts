import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { appCheck } from './app-check';

/** Kinds that change the replicas of the workload in their `spec.scaleTargetRef`. */
const SCALERS = new Set(['keda.sh/ScaledObject', 'autoscaling/HorizontalPodAutoscaler']);

interface Manifest {
  readonly metadata?: { readonly namespace?: string };
  readonly spec?: {
    readonly replicas?: number;
    readonly scaleTargetRef?: { readonly kind?: string; readonly name?: string };
  };
}

const keyOf = (kind: string | undefined, namespace: string | undefined, name: string | undefined): string =>
  `${kind} "${name}" in ${namespace === undefined ? 'no namespace' : `namespace "${namespace}"`}`;

/** Workloads that several scalers, or a scaler and a fixed number, want to give different replicas. */
function fights(constructs: readonly IConstruct[]): string[] {
  const objects = constructs.filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
  const scalers = new Map<string, ApiObject[]>();
  for (const object of objects) {
    if (!SCALERS.has(`${object.apiGroup}/${object.kind}`)) continue;
    const { spec } = object.toJson() as Manifest;
    const { kind = 'Deployment', name } = spec?.scaleTargetRef ?? {};
    const key = keyOf(kind, object.metadata.namespace, name);
    scalers.set(key, [...(scalers.get(key) ?? []), object]);
  }
  const messages: string[] = [];
  for (const [key, found] of scalers) {
    const named = found.map(({ kind, node }) => `${kind} ${node.path}`);
    if (found.length > 1) {
      messages.push(`${key} has ${found.length} scalers (${named.join(', ')}), which would undo each other; keep one`);
    }
  }
  for (const object of objects) {
    const found = scalers.get(keyOf(object.kind, object.metadata.namespace, object.name));
    if (found === undefined) continue;
    const { spec } = object.toJson() as Manifest;
    if (spec?.replicas === undefined) continue;
    const named = found.map(({ kind, node }) => `${kind} ${node.path}`).join(', ');
    messages.push(
      `${object.kind} ${object.node.path} says replicas: ${spec.replicas}, and ${named} scales it: each apply would reset the scaler; use Scaling.keda alone, or remove the scaler`,
    );
  }
  return messages;
}

/** Makes synth fail when a workload has more than one owner of its replicas, anywhere in the app. */
export const refuseSecondScaler = appCheck(fights);
