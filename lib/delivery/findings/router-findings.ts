import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { Migration } from '../migration';
import type { RolloutPlan } from '../plan/rollout-plan';
import { wordOf } from '../plan/rollout-plan';

/** What a router needs and does not have. */
export const routerFindings = (plan: RolloutPlan): Finding[] => [
  ...poolFindings(plan),
  ...entryFindings(plan),
  ...namespaceFindings(plan),
  ...shutOutFindings(plan),
  ...ambientFindings(plan),
  ...monitorFindings(plan),
  ...forcedApplyFindings(plan),
];

/** The picker sends requests to the pods of both versions, whatever the weights of a route are. */
function poolFindings(plan: RolloutPlan): Finding[] {
  const { pool } = plan.context;
  if (pool === undefined) return [];
  const problem = `makes the stack a member of the pool "${pool}", whose endpoint picker sends requests to the pods of both versions: a ${wordOf(plan)} divides nothing there`;
  const fix = 'remove it, or use Delivery.rollingUpdate()';
  return [error('rollout-pool', 'inferencePool', problem, fix)];
}

/** A router and the stack's own route must be of one kind. */
function entryFindings({ router, context: { entry } }: RolloutPlan): Finding[] {
  const complain = (subject: string, problem: string, fix: string): Finding[] => [
    error('canary-router-entry', subject, problem, fix),
  ];
  switch (router.kind) {
    case 'gatewayApi':
      if (entry?.kind === 'Ingress') {
        const problem = 'has an Ingress, and CanaryRouter.gatewayApi sets the weights of HTTPRoutes';
        return complain('routes', problem, 'use routes with a gateway, or CanaryRouter.nginx for ingress-nginx');
      }
      if (router.httpRoutes.length > 0) return [];
      return complain(
        'delivery.router',
        'is CanaryRouter.gatewayApi, and there is no HTTPRoute: the stack has no routes, and httpRoutes is unset',
        'set routes of the stack, or httpRoutes to those of ModelRoutes',
      );
    case 'nginx':
      if (entry && !entry.ingressNginx) {
        const problem = `has ${entry.kind === 'Ingress' ? 'an Ingress of another controller' : 'an HTTPRoute'}, and CanaryRouter.nginx makes canary Ingresses for ingress-nginx`;
        return complain('routes', problem, 'use ModelIngress.ingressNginx, or CanaryRouter.gatewayApi with a gateway');
      }
      if (router.ingresses.length > 0) return [];
      return complain(
        'delivery.router',
        'is CanaryRouter.nginx, and there is no Ingress: the stack has no routes, and ingresses is unset',
        'set routes of the stack with ModelIngress.ingressNginx, or ingresses',
      );
    case 'istio': {
      if (entry === undefined) return [];
      const problem = `has an ${entry.kind}, and the weights are set in the VirtualService "${router.virtualService}": requests of the ${entry.kind} would all reach the old version`;
      const instead =
        entry.kind === 'HTTPRoute'
          ? 'CanaryRouter.gatewayApi()'
          : 'a gateway and CanaryRouter.gatewayApi(), or ModelIngress.ingressNginx and CanaryRouter.nginx()';
      return complain('routes', problem, `remove it, or use ${instead}`);
    }
    case 'none':
      return [];
  }
}

/** The plugin looks for all HTTPRoutes in one namespace. */
function namespaceFindings({ router, namespace, context: { entry } }: RolloutPlan): Finding[] {
  if (router.kind !== 'gatewayApi' || entry?.kind !== 'HTTPRoute' || router.namespace === namespace) return [];
  const problem = `is "${router.namespace}", and the HTTPRoute of the stack's own routes is in "${namespace ?? 'default'}": the plugin looks for all of them in one namespace`;
  return [
    error('canary-router-entry', 'delivery.router.namespace', problem, 'remove it, or remove routes of the stack'),
  ];
}

/**
 * The pods of a Gateway of Istio may run in another namespace than the Gateway, so any namespace that the user lets in may
 * be theirs.
 */
function shutOutFindings({ router, namespace, context: { admitted } }: RolloutPlan): Finding[] {
  if (router.kind !== 'istio' || router.own === undefined || admitted === undefined) return [];
  if (admitted.some((name) => name !== namespace)) return [];
  const [first] = router.own.gateways
    .filter((gateway) => gateway.includes('/'))
    .map((gateway) => ({ gateway, from: gateway.split('/')[0] ?? '' }))
    .filter(({ from }) => !admitted.includes(from));
  if (first === undefined) return [];
  const problem = `is for clients at the Gateway "${first.gateway}", and the NetworkPolicy of the stack blocks the pods of the Gateway`;
  const fix = `set network: { clientNamespaces: ['${first.from}'] }, or the namespace where they run`;
  return [warning('canary-gateway-shut-out', 'delivery.router', problem, fix)];
}

/**
 * Ambient clients reach a Service by a waypoint, or without one by ztunnel, which reads no VirtualService (istio/istio.io
 * content/en/docs/ambient/usage/l7-features/index.md).
 */
function ambientFindings({ router, services, context: { ambient } }: RolloutPlan): Finding[] {
  if (!ambient || router.kind !== 'istio' || !router.own?.gateways.includes('mesh')) return [];
  const problem = `is for clients in the mesh, and mesh is Mesh.istioAmbient(): only a waypoint divides their requests. Without one, all reach the old version, and every rollout pauses`;
  const fix = `label the Service "${services.stable}" or its namespace with istio.io/use-waypoint, and acknowledge this finding; or use a gateway and CanaryRouter.gatewayApi`;
  return [warning('canary-waypoint', 'delivery.router', problem, fix)];
}

/** With a router, the stack's Service selects the old version only. */
function monitorFindings({ router, strategy, services, context: { monitor, revisionLabel } }: RolloutPlan): Finding[] {
  if (monitor === undefined) {
    const problem = `is Monitor.none(), and guards select the new version by the pod label ${revisionLabel}: without it, they have no data and every rollout pauses`;
    const fix = `add ${revisionLabel} to podTargetLabels of your monitor, and acknowledge this finding`;
    return [warning('guard-labels', 'monitor', problem, fix)];
  }
  const divided = router.kind !== 'none' || strategy === 'blueGreen';
  if (monitor !== 'ServiceMonitor' || !divided) return [];
  const problem = `makes a ServiceMonitor, and the Service "${services.stable}" selects only one version during a rollout: the guards would see no requests of the other`;
  return [error('canary-monitor', 'monitor', problem, 'use Monitor.pods()')];
}

/**
 * A forced server-side apply removes the hash from the selector of the active Service, which is one field. The controller
 * then takes a new version for the first one, and promotes it unjudged (argo-rollouts rollout/sync.go, shouldFullPromote;
 * measured). A canary gets the hash back within 0.2 s.
 */
function forcedApplyFindings({ strategy, services, migration }: RolloutPlan): Finding[] {
  // On the way to a Deployment, the Rollout has no Services.
  if (strategy !== 'blueGreen' || migration === Migration.TO_DEPLOYMENT) return [];
  const problem = `is a blue-green rollout: if a forced server-side apply (Flux, Argo CD with ServerSideApply) resets the selector of the Service "${services.stable}" together with a new version, Argo Rollouts promotes that version without the guards`;
  const fix = 'exclude the selectors of both Services as docs/delivery.md shows, and acknowledge this finding';
  return [warning('blue-green-forced-apply', 'delivery', problem, fix)];
}
