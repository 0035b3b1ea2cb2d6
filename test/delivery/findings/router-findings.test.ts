import { findingLine } from '../../../lib/preflight/finding';
import { stackWith } from '../../support/stack';
import {
  CanaryRouter,
  GatewayImplementation,
  Mesh,
  Migration,
  ModelGateway,
  ModelIngress,
  Monitor,
} from '../../../lib';
import type { Props } from '../../support/rollout';
import { deliveryLines, withBlueGreen, withCanary } from '../../support/rollout';

const HOSTNAMES = ['llm.example.com'];
const AT = ModelGateway.existing({ name: 'public', implementation: GatewayImplementation.istio() });
const GATEWAY = { gateway: AT, hostnames: HOSTNAMES };
const INGRESS = { ingress: ModelIngress.ingressNginx({ className: 'nginx' }), hostnames: HOSTNAMES };
const OTHER_INGRESS = { ingress: ModelIngress.contour({ className: 'contour' }), hostnames: HOSTNAMES };

const atGateway = (namespace: string): CanaryRouter =>
  CanaryRouter.istio({ hosts: HOSTNAMES, gateways: ['mesh', `${namespace}/public`] });

describe('findings about what divides the requests', () => {
  test.each<[what: string, props: Props]>([
    ['the route of the stack at a Gateway', withCanary({ router: CanaryRouter.gatewayApi() }, { routes: GATEWAY })],
    ['HTTPRoutes of others', withCanary({ router: CanaryRouter.gatewayApi({ httpRoutes: ['llm'] }) })],
    [
      'HTTPRoutes of others in another namespace',
      withCanary({ router: CanaryRouter.gatewayApi({ httpRoutes: ['llm'], namespace: 'apps' }) }),
    ],
    [
      'the route of the stack and one of others, in one namespace',
      withCanary({ router: CanaryRouter.gatewayApi({ httpRoutes: ['llm'], namespace: 'llm' }) }, { routes: GATEWAY }),
    ],
    ['an Ingress of ingress-nginx', withCanary({ router: CanaryRouter.nginx() }, { routes: INGRESS })],
    ['Ingresses of others', withCanary({ router: CanaryRouter.nginx({ ingresses: ['llm'] }) })],
    ['a VirtualService without routes of the stack', withCanary()],
    ['a VirtualService for clients with a sidecar', withCanary({}, { mesh: Mesh.istioSidecar() })],
    [
      'a Gateway of Istio before a mesh without sidecars',
      withCanary(
        { router: CanaryRouter.istio({ hosts: HOSTNAMES, gateways: ['istio-ingress/public'] }) },
        { mesh: Mesh.istioAmbient(), network: { clientNamespaces: ['istio-ingress'] } },
      ),
    ],
    ['a Gateway of Istio in the namespace of the stack', withCanary({ router: atGateway('llm') })],
    [
      'a Gateway of Istio in a namespace of clients',
      withCanary({ router: atGateway('istio-ingress') }, { network: { clientNamespaces: ['istio-ingress'] } }),
    ],
    [
      'a Gateway of Istio whose pods may run elsewhere',
      withCanary({ router: atGateway('apps') }, { network: { clientNamespaces: ['istio-ingress'] } }),
    ],
    [
      'a Gateway of Istio and clients by addresses',
      withCanary({ router: atGateway('istio-ingress') }, { network: { clientRanges: ['10.0.0.0/8'] } }),
    ],
    [
      'a Gateway of Istio without a NetworkPolicy',
      withCanary({ router: atGateway('istio-ingress') }, { network: { policy: false } }),
    ],
    [
      'no router beside a route of the stack',
      withCanary({ router: CanaryRouter.none(), weights: [50] }, { routes: GATEWAY }),
    ],
    [
      'no router beside an Ingress',
      withCanary({ router: CanaryRouter.none(), weights: [50] }, { routes: OTHER_INGRESS }),
    ],
    [
      'no router and a ServiceMonitor: its Service selects both versions',
      withCanary({ router: CanaryRouter.none(), weights: [50] }, { monitor: Monitor.service() }),
    ],
    ['blue-green beside a route of the stack', withBlueGreen({}, { routes: GATEWAY })],
    ['blue-green beside an Ingress', withBlueGreen({}, { routes: INGRESS })],
  ])('accept %s', (_what, props) => {
    expect(deliveryLines(props)).toEqual([]);
  });

  test.each<[what: string, props: Props, ...lines: string[]]>([
    [
      'a member of a pool',
      withCanary({}, { inferencePool: { pool: 'chat' } }),
      'inferencePool: makes the stack a member of the pool "chat", whose endpoint picker sends requests to the pods of both versions: a canary divides nothing there; remove it, or use Delivery.rollingUpdate() [rollout-pool]',
    ],
    [
      'a blue-green member of a pool',
      withBlueGreen({}, { inferencePool: { pool: 'chat' } }),
      'inferencePool: makes the stack a member of the pool "chat", whose endpoint picker sends requests to the pods of both versions: a blue-green rollout divides nothing there; remove it, or use Delivery.rollingUpdate() [rollout-pool]',
    ],
    [
      'the Gateway API without an HTTPRoute',
      withCanary({ router: CanaryRouter.gatewayApi() }),
      'delivery.router: is CanaryRouter.gatewayApi, and there is no HTTPRoute: the stack has no routes, and httpRoutes is unset; set routes of the stack, or httpRoutes to those of ModelRoutes [canary-router-entry]',
    ],
    [
      'the Gateway API with an Ingress',
      withCanary({ router: CanaryRouter.gatewayApi() }, { routes: INGRESS }),
      'routes: has an Ingress, and CanaryRouter.gatewayApi sets the weights of HTTPRoutes; use routes with a gateway, or CanaryRouter.nginx for ingress-nginx [canary-router-entry]',
    ],
    [
      'another namespace than that of the route of the stack',
      withCanary({ router: CanaryRouter.gatewayApi({ namespace: 'apps' }) }, { routes: GATEWAY }),
      'delivery.router.namespace: is "apps", and the HTTPRoute of the stack\'s own routes is in "llm": the plugin looks for all of them in one namespace; remove it, or remove routes of the stack [canary-router-entry]',
    ],
    [
      'ingress-nginx without an Ingress',
      withCanary({ router: CanaryRouter.nginx() }),
      'delivery.router: is CanaryRouter.nginx, and there is no Ingress: the stack has no routes, and ingresses is unset; set routes of the stack with ModelIngress.ingressNginx, or ingresses [canary-router-entry]',
    ],
    [
      'ingress-nginx with an Ingress of another controller',
      withCanary({ router: CanaryRouter.nginx() }, { routes: OTHER_INGRESS }),
      'routes: has an Ingress of another controller, and CanaryRouter.nginx makes canary Ingresses for ingress-nginx; use ModelIngress.ingressNginx, or CanaryRouter.gatewayApi with a gateway [canary-router-entry]',
    ],
    [
      'ingress-nginx with an HTTPRoute',
      withCanary({ router: CanaryRouter.nginx() }, { routes: GATEWAY }),
      'routes: has an HTTPRoute, and CanaryRouter.nginx makes canary Ingresses for ingress-nginx; use ModelIngress.ingressNginx, or CanaryRouter.gatewayApi with a gateway [canary-router-entry]',
    ],
    [
      'a VirtualService beside an HTTPRoute',
      withCanary({}, { routes: GATEWAY }),
      'routes: has an HTTPRoute, and the weights are set in the VirtualService "vllm-route": requests of the HTTPRoute would all reach the old version; remove it, or use CanaryRouter.gatewayApi() [canary-router-entry]',
    ],
    [
      'a VirtualService of others beside an Ingress',
      withCanary({ router: CanaryRouter.virtualService({ virtualService: 'own' }) }, { routes: INGRESS }),
      'routes: has an Ingress, and the weights are set in the VirtualService "own": requests of the Ingress would all reach the old version; remove it, or use a gateway and CanaryRouter.gatewayApi(), or ModelIngress.ingressNginx and CanaryRouter.nginx() [canary-router-entry]',
    ],
    [
      'a ServiceMonitor with a router',
      withCanary({}, { monitor: Monitor.service() }),
      'monitor: makes a ServiceMonitor, and the Service "vllm-svc" selects only one version during a rollout: the guards would see no requests of the other; use Monitor.pods() [canary-monitor]',
    ],
    [
      'a ServiceMonitor with blue-green',
      withBlueGreen({}, { monitor: Monitor.service() }),
      'monitor: makes a ServiceMonitor, and the Service "vllm-svc" selects only one version during a rollout: the guards would see no requests of the other; use Monitor.pods() [canary-monitor]',
    ],
  ])('refuses %s', (...row) => {
    const [, props, ...lines] = row;
    expect(deliveryLines(props)).toEqual(lines);
  });

  test.each<[what: string, props: Props, ...lines: string[]]>([
    [
      'no monitor',
      withCanary({}, { monitor: Monitor.none() }),
      'monitor: is Monitor.none(), and guards select the new version by the pod label rollouts-pod-template-hash: without it, they have no data and every rollout pauses; add rollouts-pod-template-hash to podTargetLabels of your monitor, and acknowledge this finding [guard-labels]',
    ],
    [
      'a Gateway of Istio that the NetworkPolicy blocks',
      withCanary({ router: atGateway('istio-ingress') }),
      `delivery.router: is for clients at the Gateway "istio-ingress/public", and the NetworkPolicy of the stack blocks the pods of the Gateway; set network: { clientNamespaces: ['istio-ingress'] }, or the namespace where they run [canary-gateway-shut-out]`,
    ],
    [
      'clients in a mesh without sidecars',
      withCanary({}, { mesh: Mesh.istioAmbient() }),
      'delivery.router: is for clients in the mesh, and mesh is Mesh.istioAmbient(): only a waypoint divides their requests. Without one, all reach the old version, and every rollout pauses; label the Service "vllm-svc" or its namespace with istio.io/use-waypoint, and acknowledge this finding; or use a gateway and CanaryRouter.gatewayApi [canary-waypoint]',
    ],
  ])('warns about %s', (...row) => {
    const [, props, ...lines] = row;
    expect(deliveryLines(props)).toEqual(lines);
  });

  it('warns about an apply that makes each blue-green rollout the first one', () => {
    const { delivery, objectives } = withBlueGreen();
    const { findings } = stackWith({ delivery, objectives, monitoringLabels: {} });
    expect(findings.map(findingLine)).toContain(
      'delivery: is a blue-green rollout: if a forced server-side apply (Flux, Argo CD with ServerSideApply) resets the selector of the Service "vllm-svc" together with a new version, Argo Rollouts promotes that version without the guards; exclude the selectors of both Services as docs/delivery.md shows, and acknowledge this finding [blue-green-forced-apply]',
    );
  });

  it('have no such warning on the way to a Deployment, where the Rollout has no Services', () => {
    const { delivery, objectives } = withBlueGreen({ migration: Migration.TO_DEPLOYMENT });
    const { findings } = stackWith({ delivery, objectives, monitoringLabels: {} });
    expect(findings.map(({ id }) => id)).not.toContain('blue-green-forced-apply');
    expect(findings.map(({ id }) => id)).toContain('rollout-migration');
  });
});
