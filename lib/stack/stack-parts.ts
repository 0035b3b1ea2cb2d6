import { dollarsPerDeviceHour, priceDecision } from '../cost/device-price';
import { costMetrics } from '../cost/cost-rules';
import { Delivery } from '../delivery/delivery';
import type { RolloutPlan } from '../delivery/plan/rollout-plan';
import { Migration } from '../delivery/migration';
import type { VllmVersion } from '../engine/vllm-version';
import { newestName } from '../engine/metric-roles';
import type { MemberPlan } from '../pools/member-plan';
import { PICKER_METRICS, planMember } from '../pools/member-plan';
import { Monitor } from '../monitoring/monitor';
import type { MonitorPlan } from '../monitoring/monitor-plan';
import { monitorDecision, planMonitor } from '../monitoring/monitor-plan';
import { objectiveNeeds } from '../objectives/objective-needs';
import type { Decision } from '../defaults/decision';
import { decisionsOf } from './decisions';
import type { StackPlan } from '../plan/stack-plan';
import type { PlanOptions } from './plan-stack';
import { planStack, versionOf } from './plan-stack';
import { selectorLabels } from '../plan/labels';
import type { GatewayCounts } from '../metrics/gateway-counts';
import { gatewayCounts } from '../routing/traffic/gateway-counts';
import type { RoutedCanary } from '../routing/targets/route-backend';
import type { ScalerPlan } from '../scaling/scaler';
import { scalerDecisions } from '../scaling/scaler-decisions';
import { metricsOf, planScaler } from '../scaling/scaler-plan';
import { Scaling } from '../scaling/scaling';
import type { TracingPlan } from '../tracing/tracing-plan';
import type { VllmInferenceStackProps } from './vllm-inference-stack-props';
import { DEFAULT_KIND, REVISION_LABELS, ROLLOUT_KIND, scaleTarget } from '../workload/kinds/workload-kinds';
import type { WorkloadPlan } from '../workload/workload-plan';
import { planWorkload } from '../workload/workload-plan';
import type { Watch } from './watch';
import { isWatched, modelOf } from './is-watched';
import type { SmokeTestPlan } from '../smoke-test/smoke-test-plan';
import type { EntryPlan } from '../routing/entry-plan';
import { entryClients } from '../routing/gateway/proxy-clients';
import { gatewayOfRoutes, planStackRoutes, planTracing, planWatch, rolloutOf, routesSmokeTest } from './load';
import { prometheusNamespaces } from './prometheus-namespaces';
import { routedCanary } from './routed-canary';

/** Everything decided about a stack, part by part: plain data. */
export interface StackParts {
  readonly plan: StackPlan;
  readonly workload: WorkloadPlan;
  /** Undefined for a fixed number of replicas. */
  readonly scaler: ScalerPlan | undefined;
  /** Undefined without traces. */
  readonly tracing: TracingPlan | undefined;
  /** Undefined for a stack that is not monitored. */
  readonly watch: Watch | undefined;
  /** Undefined for a stack that is not a member of an InferencePool. */
  readonly pool: MemberPlan | undefined;
  /** What the gateway in front of the stack counts. */
  readonly gateway: GatewayCounts;
  /** Undefined for a stack without a route of its own. */
  readonly routes: EntryPlan | undefined;
  /** Undefined where no router divides the requests between two versions. */
  readonly canary: RoutedCanary | undefined;
  /** Undefined for a Deployment. */
  readonly rollout: RolloutPlan | undefined;
  /** Undefined without a test of the route. */
  readonly smokeTest: SmokeTestPlan | undefined;
  readonly decisions: readonly Decision[];
}

/** What the parts of a stack need from its engine. */
function needsOf(props: VllmInferenceStackProps, version: VllmVersion, tracing: TracingPlan | undefined): PlanOptions {
  const { objectives = [], scaling, price, inferencePool } = props;
  const promised = objectiveNeeds(objectives, version._release);
  const read: [user: string, metrics: readonly string[]][] = [
    ['scaling', scaling?.kedaOptions ? metricsOf(scaling.kedaOptions, version._release) : []],
    ['objectives', promised.metrics],
    ['cost', price === undefined ? [] : costMetrics(version._release)],
    ['the endpoint picker', inferencePool === undefined ? [] : PICKER_METRICS.map(newestName)],
  ];
  const users = read.filter(([, metrics]) => metrics.length > 0).map(([user]) => user);
  return {
    metricUsers: users.length === 0 && isWatched(props) ? ['alerts and dashboards'] : users,
    metrics: [...new Set(read.flatMap(([, metrics]) => metrics))],
    bounds: promised.bounds,
    mounts: props.extraVolumes?.map(({ mountPath }) => mountPath),
    args: tracing?.args,
    environment: tracing?.environment,
  };
}

/**
 * Decides everything about a stack. Expects properties of the right shape.
 *
 * @param namespace namespace of the stack, or of its chart; undefined when neither has one
 * @param path path of the construct, for messages
 */
export function planParts(props: VllmInferenceStackProps, namespace: string | undefined, path: string): StackParts {
  const { name, accelerator, scaling = Scaling.fixed(1), delivery = Delivery.rollingUpdate() } = props;
  const { price } = props;
  const version = versionOf(props);
  const selector = selectorLabels(name);
  const assignsUser = props.podUser !== undefined && props.podUser._plan.own === undefined;
  const tracing = props.tracing && planTracing()(props.tracing, { name, version, selector, assignsUser });
  const spec = delivery._rollout;
  const kind = spec === undefined ? DEFAULT_KIND : ROLLOUT_KIND;
  const plan = planStack({ ...props, namespace }, { ...needsOf(props, version, tracing), kind });

  const monitor: MonitorPlan | undefined = isWatched(props)
    ? planMonitor(props.monitor ?? Monitor.pods(), {
        plan,
        model: modelOf(props),
        selector,
        revisionLabels: REVISION_LABELS,
      })
    : undefined;
  const { gatewayTraffic } = props;
  const canary = routedCanary(spec, plan);
  const services = [plan.names.service, ...(canary ? [canary.service] : [])].join('|');
  const gateway =
    props.routes && gatewayTraffic === undefined
      ? gatewayOfRoutes()(props.routes, plan, services)
      : gatewayCounts(gatewayTraffic?._spec, services);
  const scrapeInterval = monitor?.scrapeInterval.value;
  const scaledKind = spec?.migration === Migration.TO_DEPLOYMENT ? DEFAULT_KIND : kind;
  const target = scaleTarget(scaledKind, plan.names.workload, namespace);
  const hasCanaries = spec?.strategy === 'canary';
  const scaler =
    scaling.kedaOptions && planScaler(scaling.kedaOptions, { plan, target, scrapeInterval, gateway, hasCanaries });
  const minReplicas = scaler?.min.value ?? scaling.replicas ?? 1;
  const { replicas } = scaling;
  const prometheus = prometheusNamespaces(props, spec, namespace);
  const clients = { ...entryClients(props.routes, namespace), prometheus: prometheus.names };
  const pool = props.inferencePool && planMember(props.inferencePool);
  const workload = planWorkload(props, {
    plan,
    kind,
    accelerator,
    replicas,
    minReplicas,
    strategy: delivery,
    clients,
    added: pool && { podLabels: pool.podLabels, scrapers: [pool.picker] },
  });
  const set = props.routes?.smokeTest;
  const dollars = price && dollarsPerDeviceHour(price, accelerator);
  const decided = { plan, scaler, replicas, dollars: dollars?.value, workload, gateway };
  const watch = monitor && planWatch()(props, { ...decided, monitor });
  const routes =
    props.routes &&
    planStackRoutes()(props.routes, { plan, workload, scaler, gateway, watch, canary, pool: undefined }, path);
  const rollout = spec && watch && rolloutOf()(spec, { plan, watch, kind, workload, scaler, pool: pool?.pool, routes });

  return {
    plan,
    workload,
    scaler,
    tracing,
    watch,
    pool,
    gateway,
    routes,
    canary,
    rollout: rollout?.plan,
    smokeTest: routes && set && routesSmokeTest().planRoutesSmokeTest(set, routes, workload.labels),
    decisions: [
      ...decisionsOf(plan, workload.mesh),
      ...prometheus.decisions,
      ...(scaler ? scalerDecisions(scaler) : []),
      ...(monitor ? [monitorDecision(monitor)] : []),
      ...(rollout?.decisions ?? []),
      ...(dollars ? [priceDecision(dollars)] : []),
    ],
  };
}
