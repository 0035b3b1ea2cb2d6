import type { ApiObject } from 'cdk8s';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { chartNamespaceFindings } from '../emit/chart-namespace';
import { checkedScope } from '../emit/scope';
import { emit } from '../emit/emit';
import { refuseDuplicateObjects } from '../emit/unique-objects';
import { printWarnings, unacknowledged } from '../preflight/acknowledgements';
import type { Finding } from '../preflight/finding';
import { throwOnErrors } from '../preflight/finding';
import { ENTRY_OPTIONAL, withEntry } from '../routing/entry-props';
import { planEntry } from '../routing/entry-plan';
import { routesManifests } from '../routing/manifests/routes-manifests';
import { REQUEST_MATCH } from '../routing/match/request-match';
import { refuseTwoAnswers } from '../routing/match/one-answer';
import { refuseTwoPolicies } from '../routing/gateway/one-policy';
import { routesFindings } from '../routing/routes-findings';
import { routeLabels } from '../routing/route-labels';
import { shortName } from '../routing/routing-shapes';
import { namespace } from '../shapes/object-names';
import { hostnames } from '../shapes/hostnames';
import { findingsOf, instance, listOf, mapOf, text } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import { smokeTestJob } from '../smoke-test/smoke-test-job';
import { planRoutesSmokeTest, routesSmokeTestFindings } from '../stack/routes-smoke-test';
import { SMOKE_TEST } from '../stack/stack-routes';
import type { ModelRoute, ModelRoutesProps } from './model-routes-props';
import type { RouteTarget } from './route-target';

const STRUCT = structOf<ModelRoutesProps>(
  {
    name: shortName,
    routes: listOf(
      structOf<ModelRoute>(
        { to: listOf(instance<RouteTarget>('RouteTarget', 'a RouteTarget, for example RouteTarget.stack(stack)')) },
        { ...REQUEST_MATCH, hostnames },
      ),
      1,
    ),
  },
  { ...ENTRY_OPTIONAL, smokeTest: SMOKE_TEST, namespace, acknowledge: mapOf(text) },
);
const PROPS = withEntry(STRUCT);

/**
 * Which requests reach which stack: one entry for several models, tiers, regions or lengths of prompts.
 *
 * The constructor decides and checks everything. If it finds mistakes, it throws one error that lists all of them. No YAML
 * is written then.
 */
export class ModelRoutes extends Construct {
  /** The HTTPRoutes: one for each set of hostnames and each path prefix. */
  public readonly httpRoutes: ApiObject[];

  /** The Gateway, with `ModelGateway.managed`. */
  public readonly gateway?: ApiObject;

  /** The Ingress, if `ingress` is set. */
  public readonly ingress?: ApiObject;

  /** The Job that asks the routes, with `smokeTest`. */
  public readonly smokeTest?: ApiObject;

  /** Warnings and notices about the routes that are not acknowledged. */
  public readonly findings: Finding[];

  public constructor(scope: Construct, id: string, props: ModelRoutesProps) {
    super(checkedScope('ModelRoutes', scope, id), id);
    const subject = `ModelRoutes "${this.node.path}"`;
    throwOnErrors(subject, findingsOf(props, '', PROPS));
    throwOnErrors(subject, chartNamespaceFindings(this, props.namespace));

    const inNamespace = props.namespace ?? Chart.of(this).namespace;
    const routes = props.routes.map(({ to, hostnames: own, ...match }, index) => ({
      subject: `routes[${index}]`,
      to: `routes[${index}].to`,
      match,
      hostnames: own,
      backends: to.map(({ _backend }) => _backend),
    }));
    const plan = planEntry(props, { prefix: '', name: props.name, namespace: inNamespace, routes });
    const labels = { ...routeLabels(props.name), ...props.labels };
    const smokeTest = props.smokeTest && planRoutesSmokeTest(props.smokeTest, plan, labels);
    const found = [...routesFindings(plan), ...(smokeTest ? routesSmokeTestFindings(smokeTest, plan) : [])];
    const findings = unacknowledged(found, props.acknowledge ?? {});
    throwOnErrors(subject, findings);
    printWarnings(this.node.path, findings);
    this.findings = findings;

    const meta = { namespace: inNamespace, labels, annotations: props.annotations ?? {} };
    const objects = routesManifests(plan, meta).map(({ id: objectId, manifest }) => emit(this, objectId, manifest));
    this.httpRoutes = objects.filter(({ kind }) => kind === 'HTTPRoute');
    this.gateway = objects.find(({ kind }) => kind === 'Gateway');
    this.ingress = objects.find(({ kind }) => kind === 'Ingress');
    if (smokeTest) this.smokeTest = emit(this, 'SmokeTest', smokeTestJob(smokeTest));
    refuseDuplicateObjects(this);
    refuseTwoAnswers(this);
    refuseTwoPolicies(this);
  }
}
