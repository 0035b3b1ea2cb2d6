import type { ApiObject } from 'cdk8s';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Delivery } from './delivery/delivery';
import { VllmVersion } from './engine/vllm-version';
import type { Decision } from './plan/decision';
import { decisionsOf } from './plan/decisions';
import { SERVING_OPTIONAL, SERVING_REQUIRED } from './plan/serving-shape';
import { planStack } from './plan/stack-plan';
import { printWarnings, unacknowledged } from './preflight/acknowledgements';
import type { Finding } from './preflight/finding';
import { throwOnErrors } from './preflight/finding';
import { emit } from './private/emit';
import { findingsOf, instance, mapOf, struct, text } from './private/shape';
import { refuseSecondScaler } from './private/one-scaler';
import { refuseDuplicateObjects } from './private/unique-objects';
import { scaledObject, triggerAuthentication } from './scaling/scaled-object';
import { scalerDecisions } from './scaling/scaler-decisions';
import { metricsOf, planScaler } from './scaling/scaler-plan';
import { Scaling } from './scaling/scaling';
import type { VllmInferenceStackProps } from './vllm-inference-stack-props';
import {
  deployment,
  deploymentTarget,
  disruptionBudget,
  networkPolicy,
  service,
  serviceAccount,
} from './workload/manifests';
import { planWorkload } from './workload/workload-plan';
import { WORKLOAD_OPTIONAL } from './workload/workload-shape';

const PROPS = struct(SERVING_REQUIRED, {
  ...SERVING_OPTIONAL,
  ...WORKLOAD_OPTIONAL,
  scaling: instance('Scaling', 'a Scaling, for example Scaling.fixed(2)'),
  delivery: instance('Delivery', 'a Delivery, for example Delivery.rollingUpdate()'),
  acknowledge: mapOf(text),
});

/**
 * One model, served to clients by vLLM, with all that it needs.
 *
 * Everything is decided and checked when the construct is made: a mistake throws one error that lists all of them, with
 * the value received, what is allowed and the fix. Nothing is written then.
 */
export class VllmInferenceStack extends Construct {
  /** The Deployment. `addJsonPatch` changes what no property says, in Kubernetes' own spelling; so for each object. */
  public readonly deployment: ApiObject;

  /** The Service, with the port `http`. */
  public readonly service: ApiObject;

  /** The ServiceAccount of the pods. */
  public readonly serviceAccount: ApiObject;

  /** The PodDisruptionBudget. */
  public readonly disruptionBudget: ApiObject;

  /** The NetworkPolicy, unless the user wants none. */
  public readonly networkPolicy?: ApiObject;

  /** The KEDA ScaledObject, with `Scaling.keda`. */
  public readonly scaledObject?: ApiObject;

  /** Name of the Service. */
  public readonly serviceName: string;

  /** Port of the Service. */
  public readonly servicePort: number;

  /** Warnings and notices about this stack that nobody has acknowledged. */
  public readonly findings: Finding[];

  /** The numbers that were decided for this stack, each with its reason. */
  public readonly decisions: Decision[];

  public constructor(scope: Construct, id: string, props: VllmInferenceStackProps) {
    super(scope, id);
    const subject = `VllmInferenceStack "${this.node.path}"`;
    throwOnErrors(subject, findingsOf(props, '', PROPS));

    const { accelerator, scaling = Scaling.fixed(1), delivery = Delivery.rollingUpdate() } = props;
    const { vllmVersion = VllmVersion.V0_32_0 } = props;
    const metrics = scaling.kedaOptions ? metricsOf(scaling.kedaOptions, vllmVersion._release) : [];
    const plan = planStack(props, { metrics, metricUsers: metrics.length > 0 ? ['scaling'] : [] });
    const namespace = props.namespace ?? Chart.of(this).namespace;
    const target = deploymentTarget(plan, namespace);
    const scaler = scaling.kedaOptions && planScaler(scaling.kedaOptions, { plan, namespace, target });
    const leastReplicas = scaler?.min.value ?? scaling.replicas ?? 1;
    const { replicas } = scaling;
    const workload = planWorkload(props, { plan, accelerator, replicas, leastReplicas, strategy: delivery });
    const all = [...plan.findings, ...workload.findings, ...(scaler?.findings ?? [])];
    const findings = unacknowledged(all, props.acknowledge ?? {});
    throwOnErrors(subject, findings);
    printWarnings(this.node.path, findings);

    this.serviceAccount = emit(this, 'ServiceAccount', serviceAccount(workload));
    this.deployment = emit(this, 'Deployment', deployment(workload));
    this.service = emit(this, 'Service', service(workload));
    this.disruptionBudget = emit(this, 'DisruptionBudget', disruptionBudget(workload));
    if (workload.network) {
      this.networkPolicy = emit(this, 'NetworkPolicy', networkPolicy(workload, workload.network));
    }
    if (scaler) {
      const meta = { namespace: plan.namespace, labels: workload.labels, annotations: workload.annotations };
      const authentication = triggerAuthentication(scaler, meta);
      if (authentication) emit(this, 'TriggerAuthentication', authentication);
      this.scaledObject = emit(this, 'ScaledObject', scaledObject(scaler, meta));
    }
    refuseDuplicateObjects(this);
    refuseSecondScaler(this);

    this.serviceName = plan.names.service;
    this.servicePort = plan.port;
    this.findings = findings;
    this.decisions = [...decisionsOf(plan), ...(scaler ? scalerDecisions(scaler) : [])];
  }
}
