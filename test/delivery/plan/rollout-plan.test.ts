import type { CanaryOptions } from '../../../lib';
import {
  Accelerator,
  CanaryRouter,
  GatewayImplementation,
  GpuModel,
  ModelGateway,
  Migration,
  ModelIngress,
  PrometheusServer,
  Scaling,
} from '../../../lib';
import type { CanaryStep } from '../../../lib/delivery/plan/shares-plan';
import type { Props } from '../../support/rollout';
import { replicas, rolloutOf, withBlueGreen, withCanary } from '../../support/rollout';

const text = (step: CanaryStep): string => {
  if ('setWeight' in step) return String(step.setWeight);
  if ('judge' in step) return 'judge';
  if ('wait' in step) return 'wait';
  return 'replicas' in step.setCanaryScale ? `${step.setCanaryScale.replicas} pod` : 'follow';
};

const stepsOf = (options: Partial<CanaryOptions> = {}, props: Props = {}): string =>
  rolloutOf(withCanary(options, props)).steps.map(text).join(' ');

describe('the steps of a canary', () => {
  test.each<[what: string, options: Partial<CanaryOptions>, props: Props, steps: string]>([
    ['by default', {}, {}, '1 pod 5 judge follow 25 judge 50 judge'],
    ['with guards at 100 %', { analyzeFullWeight: true }, {}, '1 pod 5 judge follow 25 judge 50 judge 100 judge'],
    ['with a person', { manualPromotion: true }, {}, '1 pod 5 judge follow 25 judge 50 judge wait'],
    ['of one share', { weights: [10] }, {}, '1 pod 10 judge'],
    [
      'of one share and guards at 100 %',
      { weights: [10], analyzeFullWeight: true },
      {},
      '1 pod 10 judge follow 100 judge',
    ],
    ['of a share, then all', { weights: [10, 100] }, {}, '1 pod 10 judge'],
    ['of 20 replicas', {}, replicas(20), '1 pod 5 judge follow 25 judge 50 judge'],
    ['of more replicas than one new pod can share with', {}, replicas(21), '5 judge 25 judge 50 judge'],
    ['of as many at the maximum', {}, { scaling: Scaling.keda({ maxReplicas: 21 }) }, '5 judge 25 judge 50 judge'],
    ['without a router', { router: CanaryRouter.none(), weights: [50, 75] }, {}, '50 judge 75 judge'],
  ])('%s are', (_what, options, props, steps) => {
    expect(stepsOf(options, props)).toBe(steps);
  });

  it('begin to look for faults at the first share', () => {
    expect([rolloutOf(withCanary()).firstJudged, rolloutOf(withCanary({}, replicas(21))).firstJudged]).toEqual([2, 1]);
  });
});

describe('the plan of a rollout', () => {
  const gateway = ModelGateway.existing({ name: 'public', implementation: GatewayImplementation.istio() });
  const hostnames = ['a.example.com', 'b.example.com'];

  test.each<[what: string, props: Props, router: object]>([
    [
      'the HTTPRoute of the stack',
      withCanary({ router: CanaryRouter.gatewayApi() }, { routes: { gateway, hostnames } }),
      { kind: 'gatewayApi', httpRoutes: ['vllm-route'], namespace: 'llm' },
    ],
    [
      'the HTTPRoute of the stack before others, each once',
      withCanary(
        { router: CanaryRouter.gatewayApi({ httpRoutes: ['llm', 'vllm-route'] }) },
        { routes: { gateway, hostnames } },
      ),
      { kind: 'gatewayApi', httpRoutes: ['vllm-route', 'llm'], namespace: 'llm' },
    ],
    [
      'the HTTPRoute of a prefix',
      withCanary({ router: CanaryRouter.gatewayApi() }, { routes: { gateway, hostnames, pathPrefix: '/team' } }),
      { kind: 'gatewayApi', httpRoutes: ['vllm-route-team'], namespace: 'llm' },
    ],
    [
      'HTTPRoutes in another namespace',
      withCanary({ router: CanaryRouter.gatewayApi({ httpRoutes: ['llm'], namespace: 'gateways' }) }),
      { kind: 'gatewayApi', httpRoutes: ['llm'], namespace: 'gateways' },
    ],
    [
      'a VirtualService for the Service of the stack',
      withCanary(),
      { kind: 'istio', virtualService: 'vllm-route', routes: [], own: { hosts: ['vllm-svc'], gateways: ['mesh'] } },
    ],
    [
      'a VirtualService of others',
      withCanary({ router: CanaryRouter.virtualService({ virtualService: 'own', routes: ['chat'] }) }),
      { kind: 'istio', virtualService: 'own', routes: ['chat'], own: undefined },
    ],
    [
      'the Ingress of the stack',
      withCanary(
        { router: CanaryRouter.nginx() },
        { routes: { ingress: ModelIngress.ingressNginx({ className: 'nginx' }), hostnames } },
      ),
      { kind: 'nginx', ingresses: ['vllm-route'], annotationPrefix: undefined },
    ],
    ['nothing', withCanary({ router: CanaryRouter.none(), weights: [50] }), { kind: 'none' }],
    ['nothing for blue-green', withBlueGreen({}, { routes: { gateway, hostnames } }), { kind: 'none' }],
  ])('divides requests by %s', (_what, props, router) => {
    expect(rolloutOf(props).router).toEqual(router);
  });

  test.each<[what: string, props: Props, address: string]>([
    ['the default', withCanary(), 'http://prometheus-operated.monitoring:9090'],
    [
      'that of the scaler',
      withCanary(
        {},
        { scaling: Scaling.keda({ maxReplicas: 4, prometheus: PrometheusServer.at('http://thanos.monitoring:9090') }) },
      ),
      'http://thanos.monitoring:9090',
    ],
    [
      'its own before that of the scaler',
      withCanary(
        { prometheus: PrometheusServer.at('https://mimir.corp.io/prometheus') },
        { scaling: Scaling.keda({ maxReplicas: 4, prometheus: PrometheusServer.at('http://thanos.monitoring:9090') }) },
      ),
      'https://mimir.corp.io/prometheus',
    ],
  ])('asks %s', (_what, props, address) => {
    expect(rolloutOf(props).prometheus.address).toBe(address);
  });

  it('has a Service for each version, of other names for each strategy', () => {
    expect(rolloutOf(withCanary()).services).toEqual({ stable: 'vllm-svc', next: 'vllm-canary' });
    expect(rolloutOf(withBlueGreen()).services).toEqual({ stable: 'vllm-svc', next: 'vllm-next' });
  });

  it('counts devices, not replicas', () => {
    const accelerator = Accelerator.gpu(GpuModel.L40S, 2);
    const { peakDevices, dynamicPeak } = rolloutOf(withCanary({}, { ...replicas(4), accelerator }));
    expect([peakDevices, dynamicPeak]).toEqual([16, 12]);
  });

  const migrating = (migration: Migration, props: Props): number =>
    rolloutOf(withCanary({ dynamicStableScale: true, migration }, props)).peakDevices;

  it('counts both workloads of a migration, of which each has all of its replicas', () => {
    const scaling = Scaling.keda({ minReplicas: 2, maxReplicas: 4 });
    expect(migrating(Migration.TO_DEPLOYMENT, replicas(4))).toBe(8);
    expect(migrating(Migration.TO_DEPLOYMENT, { scaling })).toBe(8);
    expect(migrating(Migration.FROM_DEPLOYMENT, { scaling })).toBe(8);
  });

  it('counts no more for a Deployment that gives up its replicas one by one', () => {
    expect(migrating(Migration.FROM_DEPLOYMENT, replicas(4))).toBe(6);
  });

  it('counts one replica at least, with a scaler', () => {
    const { replicas: counted } = rolloutOf(withCanary({}, { scaling: Scaling.keda({ maxReplicas: 4 }) }));
    expect(counted).toEqual({ min: 1, max: 4 });
  });
});
