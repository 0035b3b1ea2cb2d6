import { Duration } from 'cdk8s';
import type { CanaryOptions, RolloutOptions, VllmInferenceStackProps } from '../../lib';
import {
  Accelerator,
  CanaryRouter,
  Delivery,
  GpuModel,
  Guard,
  Migration,
  ModelGateway,
  GatewayImplementation,
  ModelIngress,
  Monitor,
  Objective,
  PrometheusAuthentication,
  PrometheusServer,
  Scaling,
  SecretKey,
  Weights,
} from '../../lib';
import type { Manifest } from './stack';
import { manifestsWith } from './stack';

/** A stack that is delivered by a Rollout. */
export interface RolloutCase {
  readonly title: string;
  readonly props: Partial<VllmInferenceStackProps>;
  /** Objects that are not of the stack, and that its Rollout names. */
  readonly foreign: readonly Manifest[];
}

/** The properties without which a canary or its routes are refused or warned about. */
const COMMON: Partial<VllmInferenceStackProps> = {
  engine: { maxModelLen: 16384 },
  apiKey: SecretKey.of('clients', 'key'),
  network: { clientNamespaces: ['gateways'] },
  objectives: [
    Objective.errorRate({ below: 0.01 }),
    Objective.timeToFirstToken({ percentile: 95, within: Duration.seconds(2) }),
    Objective.interTokenLatency({ percentile: 99, within: Duration.millis(200) }),
  ],
  acknowledge: { 'ingress-retired': 'a test' },
};

const gateway = ModelGateway.existing({
  name: 'public',
  namespace: 'gateways',
  implementation: GatewayImplementation.envoyGateway(),
});

/** A route with one hostname at a Gateway. */
export const gatewayRoutes = { gateway, hostnames: ['llm.example.com'] };

const ingress = ModelIngress.ingressNginx({ proxyNamespace: 'gateways' });

/** An Ingress or a VirtualService that another team owns. */
const destination = (name: string, weight: number) => ({
  destination: { host: `${name}.llm.svc.cluster.local` },
  weight,
});
const FOREIGN: Readonly<Record<string, Manifest>> = {
  virtualService: {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'public', namespace: 'edge' },
    spec: {
      hosts: ['llm.example.com'],
      http: [
        { name: 'llm', route: [destination('vllm-svc', 100), destination('vllm-canary', 0)] },
        { name: 'other', route: [destination('other', 100)] },
      ],
    },
  },
  ingress: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'team', namespace: 'llm' },
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: 'team.example.com',
          http: {
            paths: [
              { path: '/v1', pathType: 'Prefix', backend: { service: { name: 'vllm-svc', port: { number: 8000 } } } },
            ],
          },
        },
      ],
    },
  },
};

type Router = Pick<RolloutCase, 'title' | 'props' | 'foreign'> & {
  readonly router: CanaryRouter;
  readonly weights?: number[];
};

const router = (title: string, by: CanaryRouter, props = {}, ...foreign: Manifest[]): Router => ({
  title,
  router: by,
  props,
  foreign,
});

const ROUTERS: readonly Router[] = [
  router('gatewayApi, own route', CanaryRouter.gatewayApi(), { routes: gatewayRoutes }),
  router('gatewayApi, own route with prefix', CanaryRouter.gatewayApi(), {
    routes: { ...gatewayRoutes, hostnames: ['a.example.com', 'b.example.com'], pathPrefix: '/llama' },
  }),
  router('gatewayApi, named routes', CanaryRouter.gatewayApi({ httpRoutes: ['llm', 'batch'], namespace: 'edge' })),
  router('istio in the mesh', CanaryRouter.istio()),
  router('istio at a gateway', CanaryRouter.istio({ hosts: ['llm.example.com'], gateways: ['edge/public', 'mesh'] })),
  router(
    'a VirtualService that exists',
    CanaryRouter.virtualService({ virtualService: 'public.edge', routes: ['llm'] }),
    {},
    FOREIGN.virtualService,
  ),
  router('nginx, own Ingress', CanaryRouter.nginx(), { routes: { ingress, hostnames: ['llm.example.com'] } }),
  router('nginx, named Ingress', CanaryRouter.nginx({ ingresses: ['team'] }), {}, FOREIGN.ingress),
  router(
    'nginx, both',
    CanaryRouter.nginx({ ingresses: ['team'] }),
    { routes: { ingress, hostnames: ['llm.example.com'] } },
    FOREIGN.ingress,
  ),
  { ...router('no router', CanaryRouter.none()), weights: [50, 100] },
];

const SCALINGS: Readonly<Record<string, Scaling | undefined>> = {
  'one replica': undefined,
  'four replicas': Scaling.fixed(4),
  'forty replicas': Scaling.fixed(40),
  'two to eight by KEDA': Scaling.keda({ minReplicas: 2, maxReplicas: 8 }),
};

const slack = [{ service: 'slack', recipients: ['#llm', '#on-call'] }];
const guards = [Guard.custom({ name: 'cache-hits', query: 'sum(hits{h="{{args.canary}}"})', minimum: 0.2 })];
const authenticated = PrometheusServer.at('https://prometheus.monitoring:9090', {
  authentication: PrometheusAuthentication.bearer(SecretKey.of('prometheus', 'token')),
});

const ROLLOUT_OPTIONS: Readonly<Record<string, RolloutOptions>> = {
  'nothing set': {},
  'promoted by a person': { manualPromotion: true },
  'guards and notifications': { guards, notifications: slack, prometheus: authenticated },
  'long delays': { scaleDownDelay: Duration.minutes(10), abortScaleDownDelay: Duration.minutes(10) },
  'no delay': { scaleDownDelay: Duration.seconds(0), abortScaleDownDelay: Duration.seconds(1) },
  'from a Deployment': { migration: Migration.FROM_DEPLOYMENT },
  'to a Deployment': { migration: Migration.TO_DEPLOYMENT },
};

const CANARY_OPTIONS: Readonly<Record<string, Omit<CanaryOptions, 'router'>>> = {
  ...ROLLOUT_OPTIONS,
  'judged at 100 %': { analyzeFullWeight: true },
  'a stable version that shrinks': { dynamicStableScale: true },
  'a stable version that stays': { dynamicStableScale: false },
  'compared with the stable version': { compareWithStable: { maxLatencyRatio: 1.2 } },
  'one step': { weights: [50] },
};

const MONITORED = { monitor: Monitor.pods() };

function* canaries(): Generator<RolloutCase> {
  for (const { title, router: by, props, foreign, weights } of ROUTERS) {
    for (const [replicas, scaling] of Object.entries(SCALINGS)) {
      for (const [what, options] of Object.entries(CANARY_OPTIONS)) {
        // Refused: nothing would wait for a delay, and no old replicas stay.
        const { scaleDownDelay, dynamicStableScale } = options;
        if (by._spec.kind === 'none' && (scaleDownDelay ?? dynamicStableScale) !== undefined) continue;
        const delivery = Delivery.canary({ router: by, ...(weights && { weights }), ...options });
        yield {
          title: `canary, ${title}, ${replicas}, ${what}`,
          props: { ...COMMON, ...MONITORED, ...props, scaling, delivery },
          foreign,
        };
      }
    }
  }
}

function* blueGreens(): Generator<RolloutCase> {
  const options = { ...ROLLOUT_OPTIONS, 'a small preview': { manualPromotion: true, previewReplicas: 1 } };
  for (const [replicas, scaling] of Object.entries(SCALINGS)) {
    for (const [what, each] of Object.entries(options)) {
      const props = { ...COMMON, ...MONITORED, routes: gatewayRoutes, scaling, delivery: Delivery.blueGreen(each) };
      yield { title: `blue-green, ${replicas}, ${what}`, props, foreign: [] };
    }
  }
}

/** Pods of all forms, since Argo Rollouts checks the template with rules of its own. */
const PODS: Readonly<Record<string, Partial<VllmInferenceStackProps>>> = {
  'a slice of a GPU': { accelerator: Accelerator.mig(GpuModel.H100, '3g.40gb') },
  'a claim of devices': { accelerator: Accelerator.claim(GpuModel.H100) },
  'two GPUs': { accelerator: Accelerator.gpu(GpuModel.H100, 2) },
  'weights in a volume': { weights: Weights.fromVolume({ claim: 'weights' }) },
  'the longest name': { name: 'a-stack-whose-name-has-as-many-characters-as-are-allowed' },
};

function* podForms(): Generator<RolloutCase> {
  const delivery = Delivery.canary({ router: CanaryRouter.gatewayApi() });
  for (const [what, pod] of Object.entries(PODS)) {
    yield { title: `canary, ${what}`, props: { ...COMMON, routes: gatewayRoutes, delivery, ...pod }, foreign: [] };
  }
}

/** Every router with every number of replicas and every option. */
export const ROLLOUT_CASES: readonly RolloutCase[] = [...canaries(), ...blueGreens(), ...podForms()];

/** The objects of a case, with those that are not of the stack. */
export function objectsOf({ props, foreign }: Omit<RolloutCase, 'title'>): Manifest[] {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    return [...manifestsWith(props), ...foreign];
  } finally {
    write.mockRestore();
  }
}
