import { Duration } from 'cdk8s';
import { Model, PrometheusAuthentication, PrometheusServer, Scaling, SecretKey, Signal } from '../../lib';
import { h100 } from '../support/plan';
import { scaledManifests, scaledSpec } from '../support/scaling';
import type { Manifest } from '../support/stack';
import { find, manifestsWith, stackWith } from '../support/stack';

const GATEWAY = Signal.gatewayRequests({ metric: 'a', matchers: { b: 'c' }, perReplica: 4 });
const SCHEDULE = Signal.schedule({ timeZone: 'Europe/Berlin', start: '0 8 * * *', end: '0 18 * * *', replicas: 4 });
const ROLE = 'arn:aws:iam::111122223333:role/query';
const CLIENT = '11111111-2222-3333-4444-555555555555';
const AMAZON = 'https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-0a';
const key = (name: string) => SecretKey.of('thanos', name);

const by = (authentication: PrometheusAuthentication) =>
  scaledManifests({ prometheus: PrometheusServer.at('https://thanos:9091', { authentication }) });
const triggersOf = (manifests: Manifest[]): Manifest[] => find(manifests, 'ScaledObject').spec.triggers;

describe('the ScaledObject', () => {
  it('has the labels, annotations and namespace of the stack', () => {
    const manifest = find(scaledManifests({}, { annotations: { team: 'ml' }, namespace: 'own' }), 'ScaledObject');
    expect(manifest.apiVersion).toBe('keda.sh/v1alpha1');
    expect(manifest.metadata).toMatchObject({
      name: 'vllm-scaler',
      namespace: 'own',
      annotations: { team: 'ml' },
      labels: { app: 'vllm' },
    });
  });

  it('scales the Deployment, by its name', () => {
    const manifests = scaledManifests();
    expect(find(manifests, 'ScaledObject').spec.scaleTargetRef).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: find(manifests, 'Deployment').metadata.name,
    });
  });

  it('is a property of the construct, undefined with a fixed number', () => {
    expect(stackWith({ scaling: Scaling.keda({ maxReplicas: 2 }) }).scaledObject?.kind).toBe('ScaledObject');
    expect(stackWith({ scaling: Scaling.fixed(2) }).scaledObject).toBeUndefined();
    expect(find(manifestsWith({ scaling: Scaling.fixed(2) }), 'ScaledObject')).toBeUndefined();
  });

  it('has minimum and maximum, including the warm pool', () => {
    expect(scaledSpec({ minReplicas: 2, warmPool: 3 })).toMatchObject({ minReplicaCount: 5, maxReplicaCount: 40 });
  });

  it('owns the replicas: the Deployment has none', () => {
    expect(find(scaledManifests(), 'Deployment').spec).not.toHaveProperty('replicas');
    expect(find(manifestsWith({ scaling: Scaling.fixed(2) }), 'Deployment').spec.replicas).toBe(2);
  });

  it('never drops replicas while Prometheus does not answer', () => {
    expect(scaledSpec({ minReplicas: 2 }).fallback).toEqual({
      replicas: 2,
      failureThreshold: 3,
      behavior: 'currentReplicasIfHigher',
    });
  });

  it('has the fields of scale to zero only with scaleToZero', () => {
    const spec = scaledSpec();
    for (const field of ['idleReplicaCount', 'pollingInterval', 'cooldownPeriod', 'initialCooldownPeriod']) {
      expect(spec).not.toHaveProperty(field);
    }
  });

  it('sets idleReplicaCount with a minimum of one, which KEDA requires', () => {
    const scaleToZero = { cooldown: Duration.minutes(20) };
    expect(scaledSpec({ signals: [GATEWAY], scaleToZero })).toMatchObject({
      minReplicaCount: 1,
      idleReplicaCount: 0,
      pollingInterval: 15,
      cooldownPeriod: 1200,
      initialCooldownPeriod: 600,
    });
  });
});

describe('the behavior', () => {
  const behaviour = (...args: Parameters<typeof scaledSpec>) =>
    scaledSpec(...args).advanced.horizontalPodAutoscalerConfig.behavior;

  it('of an 8B model steps up every ten minutes', () => {
    expect(behaviour().scaleUp).toEqual({
      stabilizationWindowSeconds: 0,
      selectPolicy: 'Max',
      policies: [
        { type: 'Pods', value: 7, periodSeconds: 600 },
        { type: 'Percent', value: 100, periodSeconds: 600 },
      ],
    });
  });

  it('of a 405B model steps up every half hour, the maximum in Kubernetes', () => {
    const model = Model.of('meta-llama/Llama-3.1-405B-Instruct');
    const [pods] = behaviour({}, { model, accelerator: h100(16) }).scaleUp.policies;
    expect(pods.periodSeconds).toBe(1800);
  });

  it('scales down by one replica or a tenth each minute', () => {
    expect(behaviour().scaleDown).toEqual({
      stabilizationWindowSeconds: 300,
      selectPolicy: 'Max',
      policies: [
        { type: 'Pods', value: 1, periodSeconds: 60 },
        { type: 'Percent', value: 10, periodSeconds: 60 },
      ],
    });
  });

  it('has no percent when the pods are set', () => {
    const { scaleUp, scaleDown } = behaviour({ speed: { scaleUpPods: 2, scaleDownPods: 3 } });
    expect(scaleUp.policies).toEqual([{ type: 'Pods', value: 2, periodSeconds: 600 }]);
    expect(scaleDown.policies).toEqual([{ type: 'Pods', value: 3, periodSeconds: 60 }]);
  });
});

describe('the triggers', () => {
  it('hold text only', () => {
    const signals = [Signal.inFlightRequests(), Signal.kvCacheUse(), GATEWAY, SCHEDULE];
    for (const { metadata } of scaledSpec({ signals }).triggers) {
      for (const value of Object.values(metadata)) expect(typeof value).toBe('string');
    }
  });

  it('set the type of metric where KEDA reads it, and no field that KEDA ignores', () => {
    const mean = Signal.custom({ name: 'own', query: 'max(a)', target: 2, total: false });
    const [first, second] = scaledSpec({ signals: [GATEWAY, mean] }).triggers;
    expect(first).toEqual({
      type: 'prometheus',
      name: 'gateway-requests',
      metricType: 'AverageValue',
      metadata: {
        serverAddress: 'http://prometheus-operated.monitoring:9090',
        query: 'sum(rate(a{b="c"}[1m]))',
        threshold: '4',
        ignoreNullValues: 'false',
      },
    });
    expect(second).toMatchObject({ metricType: 'Value', metadata: { threshold: '2' } });
  });

  test.each<[address: string, namespace: string | undefined]>([
    ['https://thanos-querier.openshift-monitoring.svc.cluster.local:9092', 'llm'],
    ['https://thanos-querier.openshift-monitoring.svc.cluster.local:9091', undefined],
    ['http://prometheus.monitoring:9092', undefined],
  ])('name the namespace where the server answers for one: %s', (address, namespace) => {
    const { triggers } = scaledSpec({ prometheus: PrometheusServer.at(address) });
    for (const { metadata } of triggers) expect(metadata.namespace).toBe(namespace);
  });

  it('treat a missing scrape as an error, not as a demand of 0', () => {
    for (const { metadata } of scaledSpec().triggers) expect(metadata.ignoreNullValues).toBe('false');
  });

  it('have a schedule in the spelling of KEDA', () => {
    expect(scaledSpec({ signals: [SCHEDULE] }).triggers).toEqual([
      {
        type: 'cron',
        name: 'schedule',
        metadata: { timezone: 'Europe/Berlin', start: '0 8 * * *', end: '0 18 * * *', desiredReplicas: '4' },
      },
    ]);
  });
});

describe('the TriggerAuthentication', () => {
  it('is not emitted without authentication', () => {
    const manifests = scaledManifests();
    expect(find(manifests, 'TriggerAuthentication')).toBeUndefined();
    expect(triggersOf(manifests)[0]).not.toHaveProperty('authenticationRef');
    expect(triggersOf(manifests)[0].metadata).not.toHaveProperty('authModes');
  });

  it('refers to the Secret, and each query refers to it', () => {
    const manifests = by(PrometheusAuthentication.basic(key('user'), key('password')));
    const { metadata, spec } = find(manifests, 'TriggerAuthentication');
    expect(metadata).toMatchObject({ name: 'vllm-auth', namespace: 'llm', labels: { app: 'vllm' } });
    expect(spec).toEqual({
      secretTargetRef: [
        { parameter: 'username', name: 'thanos', key: 'user' },
        { parameter: 'password', name: 'thanos', key: 'password' },
      ],
    });
    for (const { authenticationRef, metadata: said } of triggersOf(manifests)) {
      expect(authenticationRef).toEqual({ name: 'vllm-auth', kind: 'TriggerAuthentication' });
      expect(said).toMatchObject({ authModes: 'basic', serverAddress: 'https://thanos:9091' });
    }
  });

  it('is not emitted when one exists, in the namespace or in the cluster', () => {
    for (const [authentication, kind] of [
      [PrometheusAuthentication.existing('shared', ['tls', 'bearer']), 'TriggerAuthentication'],
      [PrometheusAuthentication.existingCluster('shared', ['tls', 'bearer']), 'ClusterTriggerAuthentication'],
    ] as const) {
      const manifests = by(authentication);
      expect(manifests.some((manifest) => manifest.kind.endsWith('TriggerAuthentication'))).toBe(false);
      expect(triggersOf(manifests)[0].authenticationRef).toEqual({ name: 'shared', kind });
      expect(triggersOf(manifests)[0].metadata.authModes).toBe('tls,bearer');
    }
  });

  test.each<[what: string, authentication: PrometheusAuthentication, spec: object, said: object]>([
    [
      'a token and the authority of the server',
      PrometheusAuthentication.bearer(key('token'), { ca: key('ca') }),
      {
        secretTargetRef: [
          { parameter: 'bearerToken', name: 'thanos', key: 'token' },
          { parameter: 'ca', name: 'thanos', key: 'ca' },
        ],
      },
      { authModes: 'bearer' },
    ],
    [
      'the role of KEDA in AWS',
      PrometheusAuthentication.awsPodIdentity({ region: 'eu-west-1' }),
      { podIdentity: { provider: 'aws' } },
      { awsRegion: 'eu-west-1' },
    ],
    [
      'another role in AWS',
      PrometheusAuthentication.awsPodIdentity({ region: 'eu-west-1', roleArn: ROLE }),
      { podIdentity: { provider: 'aws', roleArn: ROLE } },
      { awsRegion: 'eu-west-1' },
    ],
    [
      'an identity in Azure',
      PrometheusAuthentication.azureWorkloadIdentity({ clientId: CLIENT }),
      { podIdentity: { provider: 'azure-workload', identityId: CLIENT } },
      {},
    ],
    [
      'an identity in Google Cloud',
      PrometheusAuthentication.gcpPodIdentity(),
      { podIdentity: { provider: 'gcp' } },
      {},
    ],
  ])('has %s, and nothing that KEDA refuses beside it', (_, authentication, spec, said) => {
    const manifests = by(authentication);
    expect(find(manifests, 'TriggerAuthentication').spec).toEqual(spec);
    for (const { authenticationRef, metadata } of triggersOf(manifests)) {
      expect(authenticationRef).toEqual({ name: 'vllm-auth', kind: 'TriggerAuthentication' });
      const { authModes, awsRegion } = metadata;
      expect(JSON.parse(JSON.stringify({ authModes, awsRegion }))).toEqual(said);
    }
  });

  it('that exists with the identity of a pod has no modes, and the region of the address', () => {
    const authentication = PrometheusAuthentication.existingCluster('amp', ['podIdentity']);
    const prometheus = PrometheusServer.at(AMAZON, { authentication });
    const [{ authenticationRef, metadata }] = triggersOf(scaledManifests({ prometheus }));
    expect(authenticationRef).toEqual({ name: 'amp', kind: 'ClusterTriggerAuthentication' });
    expect(metadata).toMatchObject({ serverAddress: AMAZON, awsRegion: 'us-east-1' });
    expect(metadata).not.toHaveProperty('authModes');
  });

  it('is not used by a schedule', () => {
    const authentication = PrometheusAuthentication.bearer(key('token'));
    const prometheus = PrometheusServer.at('https://thanos:9091', { authentication });
    expect(scaledSpec({ prometheus, signals: [SCHEDULE] }).triggers[0]).not.toHaveProperty('authenticationRef');
  });
});
