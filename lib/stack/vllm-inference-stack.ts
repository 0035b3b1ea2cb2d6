import type { ApiObject } from 'cdk8s';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { serviceDashboardObject } from '../dashboards/dashboard-object';
import { monitorManifest } from '../monitoring/monitor-manifests';
import { prometheusRule } from '../emit/prometheus-rule';
import type { Delivery } from '../delivery/delivery';
import type { Decision } from '../defaults/decision';
import { refuseStrayMembers } from '../pools/every-member';
import { POOL_MEMBER } from '../pools/member-options';
import { SERVING_OPTIONAL, SERVING_REQUIRED } from './serving-shape';
import { printWarnings, unacknowledged } from '../preflight/acknowledgements';
import type { Finding } from '../preflight/finding';
import { throwOnErrors } from '../preflight/finding';
import { chartNamespaceFindings } from '../emit/chart-namespace';
import { checkedScope } from '../emit/scope';
import { emit } from '../emit/emit';
import { refuseSecondScaler } from '../emit/one-scaler';
import { brand } from '../shapes/brand';
import { findingsOf, instance, mapOf, text } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import { refuseDuplicateObjects } from '../emit/unique-objects';
import { STACK_ROUTES } from './stack-routes';
import type { Scaling } from '../scaling/scaling';
import { scaledObject, triggerAuthentication } from '../scaling/scaled-object';
import { OBSERVABILITY } from './observability-shape';
import {
  checkAppClaims,
  collectorObjects,
  refuseTwoAnswers,
  rolloutManifests,
  routesManifests,
  smokeTestJob,
} from './load';
import { stackWhatToDo } from './other-names';
import { stackFindings } from './stack-findings';
import type { StackParts } from './stack-parts';
import { planParts } from './stack-parts';
import type { VllmInferenceStackProps } from './vllm-inference-stack-props';
import { deviceClaimTemplate } from '../workload/pod/claim-template';
import { disruptionBudget } from '../workload/disruption-budget';
import { workloadManifest } from '../workload/kinds/workload-manifest';
import { networkPolicy } from '../workload/network-policy';
import { service } from '../workload/service';
import { serviceAccount } from '../workload/service-account';
import { WORKLOAD_OPTIONAL } from '../workload/workload-props';

const PROPS = structOf<VllmInferenceStackProps>(
  SERVING_REQUIRED,
  {
    ...SERVING_OPTIONAL,
    ...WORKLOAD_OPTIONAL,
    ...OBSERVABILITY,
    scaling: instance<Scaling>('Scaling', 'a Scaling, for example Scaling.fixed(2)'),
    delivery: instance<Delivery>('Delivery', 'a Delivery, for example Delivery.rollingUpdate()'),
    inferencePool: POOL_MEMBER,
    routes: STACK_ROUTES,
    acknowledge: mapOf(text),
  },
  stackWhatToDo,
);

/** Properties whose secrets are found with what else is wrong in them: names of variables and flags count there too. */
const APART = ['env', 'extraArgs', 'engine', 'podTemplateOverrides'];

const kindOf = (manifest: object): string => (manifest as { kind: string }).kind;

/**
 * One model, served by vLLM, with everything that it needs in the cluster.
 *
 * The constructor decides and checks everything. If it finds mistakes, it throws one error that lists all of them: the
 * value received, the allowed values and the fix. No YAML is written then.
 */
export class VllmInferenceStack extends Construct {
  /**
   * The workload that runs the replicas: a Deployment, or a Rollout with `Delivery.canary` and `Delivery.blueGreen`.
   * `addJsonPatch` changes fields that have no property, as for each object of the stack.
   */
  public readonly workload: ApiObject;

  /** The Service, with the port `http`. */
  public readonly service: ApiObject;

  /** The ServiceAccount of the pods. */
  public readonly serviceAccount: ApiObject;

  /** The PodDisruptionBudget. */
  public readonly disruptionBudget: ApiObject;

  /** The NetworkPolicy, unless `network.policy` is false. */
  public readonly networkPolicy?: ApiObject;

  /** The ResourceClaimTemplate, with `Accelerator.claim`. */
  public readonly deviceClaim?: ApiObject;

  /** The KEDA ScaledObject, with `Scaling.keda`. */
  public readonly scaledObject?: ApiObject;

  /**
   * The objects beside a Rollout, with `Delivery.canary` and `Delivery.blueGreen`: the Service of the new version,
   * AnalysisTemplates, a VirtualService, and the Deployment of a migration. Empty for a Deployment.
   */
  public readonly rolloutObjects: ApiObject[];

  /** The PodMonitor or ServiceMonitor, for a monitored stack. */
  public readonly monitor?: ApiObject;

  /** The PrometheusRule with records and alerts, for a monitored stack. */
  public readonly rules?: ApiObject;

  /** The object with the Grafana dashboard, for a monitored stack. */
  public readonly dashboard?: ApiObject;

  /** Name of the Service. */
  public readonly serviceName: string;

  /** Port of the Service. */
  public readonly servicePort: number;

  /** Warnings and notices about this stack that are not acknowledged. */
  public readonly findings: Finding[];

  /** The numbers that the library decided for this stack, each with its reason. */
  public readonly decisions: Decision[];

  /**
   * The plan, for constructs over several stacks.
   *
   * @internal
   */
  public readonly _parts: StackParts;

  /** @internal */
  public readonly _acknowledged: Readonly<Record<string, string>>;

  public constructor(scope: Construct, id: string, props: VllmInferenceStackProps) {
    super(checkedScope('VllmInferenceStack', scope, id), id);
    const subject = `VllmInferenceStack "${this.node.path}"`;
    throwOnErrors(subject, findingsOf(props, '', PROPS, APART));
    throwOnErrors(subject, chartNamespaceFindings(this, props.namespace));

    const parts = planParts(props, props.namespace ?? Chart.of(this).namespace, this.node.path);
    this._parts = parts;
    brand(this, 'VllmInferenceStack');
    const { plan, workload, scaler } = parts;
    const findings = unacknowledged(stackFindings(parts), props.acknowledge ?? {});
    throwOnErrors(subject, findings);
    printWarnings(this.node.path, findings);

    const meta = { namespace: plan.namespace, labels: workload.labels, annotations: workload.annotations };
    const optional = (objectId: string, manifest: object | undefined): ApiObject | undefined =>
      manifest && emit(this, objectId, manifest);
    this.serviceAccount = emit(this, 'ServiceAccount', serviceAccount(workload));
    this.deviceClaim = optional('DeviceClaim', deviceClaimTemplate(workload));
    const { rollout } = parts;
    const delivered = rollout && rolloutManifests()(rollout, workload, meta);
    this.workload = emit(this, workload.kind, workloadManifest(workload, delivered?.parts));
    this.service = emit(this, 'Service', service(workload));
    this.rolloutObjects = (delivered?.objects ?? []).map((each) => emit(this, each.id, each.manifest));
    this.disruptionBudget = emit(this, 'DisruptionBudget', disruptionBudget(workload));
    this.networkPolicy = optional('NetworkPolicy', workload.network && networkPolicy(workload, workload.network));
    if (scaler) {
      optional('TriggerAuthentication', triggerAuthentication(scaler, meta));
      this.scaledObject = emit(this, 'ScaledObject', scaledObject(scaler, meta));
    }
    if (parts.watch) {
      const { monitor, groups, watched, dashboards } = parts.watch;
      const found = { ...meta, labels: { ...meta.labels, ...props.monitoringLabels } };
      this.monitor = optional('Monitor', monitorManifest(monitor, found));
      this.rules = optional('Rules', prometheusRule(plan.names.rules, groups, found));
      this.dashboard = optional(
        'Dashboard',
        serviceDashboardObject(watched, dashboards, { ...meta, name: plan.names.dashboard }),
      );
    }
    const { collector } = parts.tracing ?? {};
    for (const manifest of collector ? collectorObjects()(collector, meta) : []) {
      emit(this, `Collector${kindOf(manifest)}`, manifest);
    }
    const { routes } = parts;
    const entry = {
      ...meta,
      labels: { ...meta.labels, ...props.routes?.labels },
      annotations: { ...meta.annotations, ...props.routes?.annotations },
    };
    for (const each of routes ? routesManifests()(routes, entry) : []) {
      emit(this, each.id, each.manifest);
    }
    if (parts.smokeTest) emit(this, 'SmokeTest', smokeTestJob()(parts.smokeTest));
    if (routes ?? delivered) refuseTwoAnswers()(this);
    refuseDuplicateObjects(this);
    refuseSecondScaler(this);
    if (parts.pool) refuseStrayMembers(this);
    if (parts.claims) checkAppClaims()(this);

    this.serviceName = plan.names.service;
    this.servicePort = plan.port;
    this._acknowledged = { ...props.acknowledge };
    this.findings = findings;
    this.decisions = [...parts.decisions];
  }
}
