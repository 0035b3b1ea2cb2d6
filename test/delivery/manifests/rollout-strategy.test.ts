import { Duration } from 'cdk8s';
import type { RolloutNotification } from '../../../lib';
import { CanaryRouter, Migration, Objective, RolloutEvent, Scaling } from '../../../lib';
import type { Props } from '../../support/rollout';
import { canaryBy, replicas, strategyOf, withBlueGreen, withCanary } from '../../support/rollout';
import type { Manifest } from '../../support/stack';
import { find, manifestsWith } from '../../support/stack';

const LATENCY = Objective.endToEnd({ percentile: 90, within: Duration.seconds(30) });

const LATEST = { name: 'canary', valueFrom: { podTemplateHashValue: 'Latest' } };
const STABLE = { name: 'stable', valueFrom: { podTemplateHashValue: 'Stable' } };

const canaryOf = (props: Props): Manifest => strategyOf(props).canary;
const rolloutOf = (props: Props): Manifest => find(manifestsWith(props), 'Rollout');

describe('the strategy of a canary', () => {
  it('has a Service for each version, and steps with an analysis after each share', () => {
    const analysis = { templates: [{ templateName: 'vllm-guards' }], args: [LATEST] };
    expect(canaryOf(withCanary())).toEqual({
      stableService: 'vllm-svc',
      canaryService: 'vllm-canary',
      maxSurge: 1,
      maxUnavailable: 0,
      scaleDownDelaySeconds: 30,
      abortScaleDownDelaySeconds: 1,
      trafficRouting: { istio: { virtualService: { name: 'vllm-route' } } },
      analysis: { templates: [{ templateName: 'vllm-faults' }], args: [LATEST], startingStep: 2 },
      steps: [
        { setCanaryScale: { replicas: 1 } },
        { setWeight: 5 },
        { analysis },
        { setCanaryScale: { matchTrafficWeight: true } },
        { setWeight: 25 },
        { analysis },
        { setWeight: 50 },
        { analysis },
      ],
    });
  });

  it('passes the old version to its guards where they compare', () => {
    const { steps, analysis } = canaryOf(
      withCanary(
        {
          compareWithStable: { maxLatencyRatio: 1.2 },
        },
        { objectives: [LATENCY] },
      ),
    );
    expect(steps.find((step: Manifest) => step.analysis).analysis.args).toEqual([LATEST, STABLE]);
    expect(analysis.args).toEqual([LATEST]);
  });

  it('waits for a person after the last analysis', () => {
    expect(canaryOf(withCanary({ manualPromotion: true })).steps.at(-1)).toEqual({ pause: {} });
  });

  it('has the delays that are set', () => {
    const canary = canaryOf(
      withCanary({ scaleDownDelay: Duration.minutes(5), abortScaleDownDelay: Duration.minutes(2) }),
    );
    expect(canary).toMatchObject({ scaleDownDelaySeconds: 300, abortScaleDownDelaySeconds: 120 });
  });

  it('has no delays where the old version loses replicas: Argo Rollouts refuses them', () => {
    const { dynamicStableScale, scaleDownDelaySeconds, abortScaleDownDelaySeconds } = canaryOf(
      withCanary({ dynamicStableScale: true }),
    );
    expect([dynamicStableScale, scaleDownDelaySeconds, abortScaleDownDelaySeconds]).toEqual([
      true,
      undefined,
      undefined,
    ]);
  });

  it('without a router has no old Service and no router', () => {
    const canary = canaryOf(withCanary({ router: CanaryRouter.none(), weights: [50] }));
    expect(Object.keys(canary).sort()).toEqual(['analysis', 'canaryService', 'maxSurge', 'maxUnavailable', 'steps']);
  });

  test.each<[what: string, router: CanaryRouter, routing: object]>([
    [
      'one HTTPRoute',
      CanaryRouter.gatewayApi({ httpRoutes: ['llm'] }),
      { plugins: { 'argoproj-labs/gatewayAPI': { httpRoutes: [{ name: 'llm' }], namespace: 'llm' } } },
    ],
    [
      'two HTTPRoutes in another namespace',
      CanaryRouter.gatewayApi({ httpRoutes: ['a', 'b'], namespace: 'gateways' }),
      {
        plugins: { 'argoproj-labs/gatewayAPI': { httpRoutes: [{ name: 'a' }, { name: 'b' }], namespace: 'gateways' } },
      },
    ],
    ['a VirtualService', CanaryRouter.istio(), { istio: { virtualService: { name: 'vllm-route' } } }],
    [
      'a VirtualService of others',
      CanaryRouter.virtualService({ virtualService: 'own.apps' }),
      { istio: { virtualService: { name: 'own.apps' } } },
    ],
    [
      'some routes of a VirtualService',
      CanaryRouter.virtualService({ virtualService: 'own', routes: ['a', 'b'] }),
      { istio: { virtualService: { name: 'own', routes: ['a', 'b'] } } },
    ],
    ['one Ingress', CanaryRouter.nginx({ ingresses: ['a'] }), { nginx: { stableIngress: 'a' } }],
    [
      'two Ingresses with another prefix',
      CanaryRouter.nginx({ ingresses: ['a', 'b'], annotationPrefix: 'custom.io' }),
      { nginx: { stableIngresses: ['a', 'b'], annotationPrefix: 'custom.io' } },
    ],
  ])('sets the weights of %s', (_what, router, routing) => {
    expect(canaryOf(withCanary({ router })).trafficRouting).toEqual(routing);
  });
});

describe('the strategy of blue-green', () => {
  it('judges after the switch', () => {
    expect(strategyOf(withBlueGreen())).toEqual({
      blueGreen: {
        activeService: 'vllm-svc',
        previewService: 'vllm-next',
        autoPromotionEnabled: true,
        scaleDownDelaySeconds: 30,
        abortScaleDownDelaySeconds: 1,
        postPromotionAnalysis: { templates: [{ templateName: 'vllm-guards' }], args: [LATEST] },
      },
    });
  });

  it('waits for a person with one replica', () => {
    const { blueGreen } = strategyOf(withBlueGreen({ manualPromotion: true }, replicas(4)));
    expect(blueGreen).toMatchObject({ autoPromotionEnabled: false, previewReplicaCount: 1 });
  });
});

describe('a Rollout', () => {
  it('has the selector, the replicas and the deadline of a Deployment, and aborts at the deadline', () => {
    const { spec } = rolloutOf(withCanary({}, replicas(3)));
    const deployment = find(manifestsWith(replicas(3)), 'Deployment').spec;
    expect(spec).toMatchObject({
      replicas: 3,
      selector: deployment.selector,
      progressDeadlineSeconds: deployment.progressDeadlineSeconds,
      progressDeadlineAbort: true,
    });
  });

  it('has no replicas with a scaler, which refers to it', () => {
    const manifests = manifestsWith(withCanary({}, { scaling: Scaling.keda({ maxReplicas: 4 }) }));
    expect('replicas' in find(manifests, 'Rollout').spec).toBe(false);
    expect(find(manifests, 'ScaledObject').spec.scaleTargetRef).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      name: 'vllm',
    });
  });

  it('has two Services with the same selector and port', () => {
    const services = manifestsWith(withCanary()).filter(({ kind }) => kind === 'Service');
    expect(services.map(({ metadata }) => metadata.name)).toEqual(['vllm-svc', 'vllm-canary']);
    expect(services[1].spec).toEqual(services[0].spec);
  });

  it('has no template of its own while it adopts a Deployment', () => {
    const manifests = manifestsWith(withCanary({ migration: Migration.FROM_DEPLOYMENT }, replicas(2)));
    const { template, workloadRef } = find(manifests, 'Rollout').spec;
    expect(template).toBeUndefined();
    expect(workloadRef).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'vllm',
      scaleDown: 'progressively',
    });
    expect(find(manifests, 'Deployment').spec).toMatchObject({ replicas: 2 });
  });

  it('leaves the replicas of a scaled Deployment while it adopts it', () => {
    const scaling = Scaling.keda({ maxReplicas: 4 });
    const { workloadRef } = rolloutOf(withCanary({ migration: Migration.FROM_DEPLOYMENT }, { scaling })).spec;
    expect(workloadRef.scaleDown).toBe('never');
  });

  it('lets go of its Services on the way to a Deployment', () => {
    const manifests = manifestsWith(withCanary({ migration: Migration.TO_DEPLOYMENT }));
    expect(find(manifests, 'Rollout').spec.strategy).toEqual({ canary: { maxSurge: 1, maxUnavailable: 0 } });
    expect(manifests.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name)).toEqual([
      'vllm-svc',
    ]);
    expect(manifests.map(({ kind }) => kind)).not.toContain('AnalysisTemplate');
  });

  it('is not scaled on the way to a Deployment, which is', () => {
    const scaling = Scaling.keda({ maxReplicas: 4 });
    const manifests = manifestsWith(withCanary({ migration: Migration.TO_DEPLOYMENT }, { scaling }));
    expect(find(manifests, 'ScaledObject').spec.scaleTargetRef.kind).toBe('Deployment');
  });
});

describe('the notifications of a Rollout', () => {
  const annotationsOf = (...notifications: RolloutNotification[]): Manifest =>
    rolloutOf({ ...withCanary(), delivery: canaryBy({ notifications }) }).metadata.annotations;

  it('are about pauses, aborts and promotions by default', () => {
    expect(annotationsOf({ service: 'slack', recipients: ['a', 'b'] })).toEqual({
      'notifications.argoproj.io/subscribe.on-rollout-paused.slack': 'a;b',
      'notifications.argoproj.io/subscribe.on-rollout-aborted.slack': 'a;b',
      'notifications.argoproj.io/subscribe.on-rollout-completed.slack': 'a;b',
    });
  });

  it('go to each recipient once, from several notifications of one service', () => {
    expect(
      annotationsOf(
        { service: 'slack', recipients: ['a', 'b'], events: [RolloutEvent.PAUSED] },
        { service: 'slack', recipients: ['b', 'c'], events: [RolloutEvent.PAUSED, RolloutEvent.UPDATED] },
        { service: 'teams', recipients: ['a'], events: [RolloutEvent.PAUSED] },
      ),
    ).toEqual({
      'notifications.argoproj.io/subscribe.on-rollout-paused.slack': 'a;b;c',
      'notifications.argoproj.io/subscribe.on-rollout-updated.slack': 'b;c',
      'notifications.argoproj.io/subscribe.on-rollout-paused.teams': 'a',
    });
  });

  it('are beside the annotations of every object, on the Rollout alone', () => {
    const notifications = [{ service: 'slack', recipients: ['a'], events: [RolloutEvent.PAUSED] }];
    const manifests = manifestsWith(withCanary({ notifications }, { annotations: { team: 'search' } }));
    const subscribed = manifests.filter(({ metadata }) => JSON.stringify(metadata).includes('subscribe'));
    expect(subscribed.map(({ kind }) => kind)).toEqual(['Rollout']);
    expect(subscribed[0].metadata.annotations).toMatchObject({ team: 'search' });
    expect(JSON.stringify(subscribed[0].spec)).not.toContain('subscribe');
  });

  it('are none without recipients', () => {
    expect(annotationsOf()).toBeUndefined();
  });

  it('have keys that the API server accepts', () => {
    const every = { service: 'a-service-with-20-ch', recipients: ['a'], events: Object.values(RolloutEvent) };
    const names = Object.keys(annotationsOf(every) as object).map((key) => key.split('/')[1] ?? '');
    expect(names.map((name) => name.length).filter((length) => length > 63)).toEqual([]);
  });
});
