import type { StackPlan } from '../../plan/stack-plan';
import { digest } from '../../units/digest';
import { ENGINE_CONTAINER, POD_CLAIM } from './pod-template-overrides';
import type { WorkloadPlan } from '../workload-plan';

/** `spec` of a ResourceClaimTemplate of resource.k8s.io/v1: only the fields used here. */
interface ClaimTemplateSpec {
  readonly spec: {
    readonly devices: {
      readonly requests: readonly {
        readonly name: string;
        readonly exactly: {
          readonly deviceClassName: string;
          readonly allocationMode: 'ExactCount';
          readonly count: number;
          readonly selectors?: readonly { readonly cel: { readonly expression: string } }[];
        };
      }[];
    };
  };
}

function claimSpec({ count, claim }: StackPlan['device']): ClaimTemplateSpec | undefined {
  if (claim === undefined) return undefined;
  const selectors = claim.selectors.map((expression) => ({ cel: { expression } }));
  const exactly = {
    deviceClassName: claim.deviceClass,
    allocationMode: 'ExactCount' as const,
    count,
    ...(selectors.length > 0 ? { selectors } : {}),
  };
  return { spec: { devices: { requests: [{ name: POD_CLAIM, exactly }] } } };
}

/**
 * The template's name. Its spec is immutable, so the name contains a digest of it: a changed claim is a new object, and
 * the pods of an old revision still find theirs.
 */
function claimName(plan: StackPlan, spec: ClaimTemplateSpec): string {
  return `${plan.names.deviceClaim}-${digest(JSON.stringify(spec), 8)}`;
}

/** The ResourceClaimTemplate from which each pod gets its own claim; undefined when the pod claims nothing. */
export function deviceClaimTemplate({ plan, labels, annotations }: WorkloadPlan): object | undefined {
  const spec = claimSpec(plan.device);
  if (spec === undefined) return undefined;
  return {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaimTemplate',
    metadata: {
      name: claimName(plan, spec),
      namespace: plan.namespace,
      labels: { ...labels },
      ...(Object.keys(annotations).length > 0 ? { annotations: { ...annotations } } : {}),
    },
    spec,
  };
}

/**
 * What a claim adds to a pod template. It is merged after rendering, because the generated types are those of
 * Kubernetes 1.28, which spelled claims differently.
 */
export function claimOfPod({ plan }: WorkloadPlan): object {
  const spec = claimSpec(plan.device);
  if (spec === undefined) return {};
  return {
    spec: {
      resourceClaims: [{ name: POD_CLAIM, resourceClaimTemplateName: claimName(plan, spec) }],
      containers: [{ name: ENGINE_CONTAINER, resources: { claims: [{ name: POD_CLAIM }] } }],
    },
  };
}
