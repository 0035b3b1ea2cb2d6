import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { chartNamespaceFindings } from '../emit/chart-namespace';
import { checkedScope } from '../emit/scope';
import { emit } from '../emit/emit';
import { refuseDuplicateObjects } from '../emit/unique-objects';
import { refuseStrayMembers } from '../pools/every-member';
import { FailureMode } from '../pools/failure-mode';
import { PICKER_OPTIONS } from '../pools/picker-options';
import { poolFindings } from '../pools/pool-findings';
import { poolManifests } from '../pools/pool-manifests';
import type { PoolPlan, PoolStack } from '../pools/pool-plan';
import { planPool } from '../pools/pool-plan';
import { printWarnings, unacknowledged } from '../preflight/acknowledgements';
import type { Finding } from '../preflight/finding';
import { throwOnErrors } from '../preflight/finding';
import { brand } from '../shapes/brand';
import { labelMap } from '../shapes/label-shapes';
import { findingsOf, instance, listOf, mapOf, oneOf, text } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import { digest } from '../units/digest';
import type { RouteBackend } from '../routing/targets/route-backend';
import { backendOfStack } from '../stack/routed-stack';
import type { VllmInferenceStack } from '../stack/vllm-inference-stack';
import type { InferencePoolProps } from './inference-pool-props';

const PROPS = structOf<InferencePoolProps>(
  {
    stacks: listOf(
      instance<VllmInferenceStack>(
        'VllmInferenceStack',
        'a VllmInferenceStack, made with new VllmInferenceStack(chart, id, { … })',
      ),
      1,
    ),
    failureMode: oneOf(...Object.values(FailureMode)),
  },
  { picker: PICKER_OPTIONS, monitoringLabels: labelMap(), acknowledge: mapOf(text) },
);

/** A stack, as its pool sees it. */
function poolStack({ node, _parts: { plan, pool: member, scaler, workload } }: VllmInferenceStack): PoolStack {
  return {
    path: node.path,
    member,
    plan,
    models: plan.basis.model.servedNames,
    scalesToZero: scaler?.toZero !== undefined,
    assignsUser: workload.user.own === undefined,
    monitoringNamespaces: workload.network?.monitoringNamespaces ?? [],
  };
}

/**
 * One or more stacks behind an endpoint picker: a gateway asks it for each request, and it chooses the pod by queue,
 * free KV cache, cached prefixes and, if the stacks have ranges, by the length of the prompt.
 *
 * The cluster needs the InferencePool resource (`inference.networking.k8s.io/v1`) and a gateway that supports it:
 * Envoy Gateway alone does not. `docs/inference-pools.md` has the list.
 */
export class InferencePool extends Construct {
  /** The InferencePool, a backend of HTTPRoutes. */
  public readonly pool: ApiObject;

  /** All objects, in the order in which they are written. Use `addJsonPatch` for a field without a property. */
  public readonly objects: ApiObject[];

  /** Name of the InferencePool. */
  public readonly poolName: string;

  /** Warnings and notices about this pool that are not acknowledged. */
  public readonly findings: Finding[];

  /** @internal */
  public readonly _members: VllmInferenceStack[];

  /**
   * Everything decided.
   *
   * @internal
   */
  public readonly _plan: PoolPlan;

  /**
   * The pool as a backend of a route.
   *
   * @internal
   */
  public readonly _backend: RouteBackend;

  public constructor(scope: Construct, id: string, props: InferencePoolProps) {
    super(checkedScope('InferencePool', scope, id), id);
    const subject = `InferencePool "${this.node.path}"`;
    throwOnErrors(subject, findingsOf(props, '', PROPS));

    const { stacks, failureMode, picker, monitoringLabels } = props;
    // The shape requires at least one stack.
    const members = stacks.map(poolStack) as [PoolStack, ...PoolStack[]];
    const plan = planPool(members, {
      failureMode,
      picker,
      monitoringLabels: monitoringLabels && { ...monitoringLabels },
    });
    throwOnErrors(subject, chartNamespaceFindings(this, plan.namespace));
    const findings = unacknowledged(poolFindings(plan), props.acknowledge ?? {});
    throwOnErrors(subject, findings);
    printWarnings(this.node.path, findings);

    const manifests = poolManifests(plan) as { readonly kind: string }[];
    this.objects = manifests.map((manifest) => emit(this, manifest.kind, manifest));
    this.pool = this.objects[this.objects.length - 1] as ApiObject;
    refuseDuplicateObjects(this);
    refuseStrayMembers(this);

    this.poolName = plan.name;
    this.findings = findings;
    this._members = [...stacks];
    this._plan = plan;
    this._backend = {
      what: subject,
      group: 'inference.networking.k8s.io',
      kind: 'InferencePool',
      name: plan.name,
      namespace: plan.namespace,
      port: undefined,
      weight: undefined,
      picker: {
        namespaces: plan.picker.network?.gateways,
        byLength: plan.picker.lengthFilter,
        revision: digest(JSON.stringify(plan.picker)),
      },
      stacks: stacks.flatMap((stack) => backendOfStack(stack._parts, stack.node.path).stacks),
      granted: true,
    };
    brand(this, 'InferencePool');
  }
}
