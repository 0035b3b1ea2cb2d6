import { Chart, Testing } from 'cdk8s';
import { Accelerator, Delivery, GpuModel, Model, Objective, Scaling, VllmInferenceStack, VllmVersion } from '../../lib';
import { find, manifestsWith, WITH_TLS, WITH_TOKEN } from '../support/stack';

test('a stack emits five objects in the order of their creation', () => {
  expect(manifestsWith().map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
    'ServiceAccount llm/vllm-sa',
    'Deployment llm/vllm',
    'Service llm/vllm-svc',
    'PodDisruptionBudget llm/vllm-pdb',
    'NetworkPolicy llm/vllm-netpol',
  ]);
});

test('every object carries the recommended labels and those that the user adds, the workload the version too', () => {
  for (const { kind, metadata } of manifestsWith({ labels: { team: 'search' } })) {
    expect(metadata.labels).toEqual({
      app: 'vllm',
      'app.kubernetes.io/name': 'vllm',
      'app.kubernetes.io/instance': 'vllm',
      'app.kubernetes.io/component': 'inference',
      'app.kubernetes.io/managed-by': 'cdk8s',
      team: 'search',
      ...(kind === 'Deployment' ? { 'app.kubernetes.io/version': '0.32.0' } : {}),
    });
  }
});

test('a new version of vLLM changes the workload, and neither Services nor rights', () => {
  const of = (vllmVersion: VllmVersion) =>
    manifestsWith({ vllmVersion, delivery: Delivery.blueGreen(), objectives: [Objective.errorRate({ below: 0.01 })] });
  const [before, after] = [of(VllmVersion.of('0.31.0')), of(VllmVersion.V0_32_0)];
  const changed = after.filter((manifest, at) => JSON.stringify(manifest) !== JSON.stringify(before[at]));
  // The dashboard has the metrics of the version.
  expect(changed.map(({ kind }) => kind)).toEqual(['Rollout', 'ConfigMap']);
});

test('annotations reach objects and pods, pod labels only pods', () => {
  const manifests = manifestsWith({
    annotations: { owner: 'a' },
    podLabels: { 'kueue.x-k8s.io/queue-name': 'q' },
    podAnnotations: { note: 'b' },
  });
  const { metadata, spec } = find(manifests, 'Deployment');
  expect(metadata.annotations).toEqual({ owner: 'a' });
  expect(spec.template.metadata.annotations).toEqual({ owner: 'a', note: 'b' });
  expect(spec.template.metadata.labels).toMatchObject({ app: 'vllm', 'kueue.x-k8s.io/queue-name': 'q' });
  expect(metadata.labels).not.toHaveProperty('kueue.x-k8s.io/queue-name');
});

test('names and selectors do not depend on construct ids', () => {
  const synth = (chartId: string, id: string) => {
    const chart = new Chart(Testing.app(), chartId);
    const model = Model.of('Qwen/Qwen3-8B');
    new VllmInferenceStack(chart, id, { name: 'a', model, accelerator: Accelerator.gpu(GpuModel.L40S) });
    return Testing.synth(chart);
  };
  expect(synth('x', 'One')).toEqual(synth('y', 'Two'));
});

test('the namespace of the stack wins over that of the chart', () => {
  for (const { metadata } of manifestsWith({ namespace: 'own' })) expect(metadata.namespace).toBe('own');
});

describe('Service', () => {
  test('has a named port that targets the named port of the pod', () => {
    expect(find(manifestsWith(), 'Service').spec).toEqual({
      type: 'ClusterIP',
      selector: { app: 'vllm' },
      ports: [{ name: 'http', port: 8000, targetPort: 'http', appProtocol: 'http' }],
    });
  });

  test('declares to gateways and meshes that an engine with a certificate serves HTTPS', () => {
    const { ports } = find(manifestsWith(WITH_TLS), 'Service').spec;
    expect(ports).toEqual([{ name: 'http', port: 8000, targetPort: 'http', appProtocol: 'https' }]);
  });
});

describe('ServiceAccount', () => {
  test('has no token and the annotations of a cloud role', () => {
    const account = find(manifestsWith({ serviceAccountAnnotations: { role: 'r' } }), 'ServiceAccount');
    expect(account).toMatchObject({ automountServiceAccountToken: false, metadata: { annotations: { role: 'r' } } });
  });
});

describe('PodDisruptionBudget', () => {
  const budget = (props: Parameters<typeof manifestsWith>[0]) => find(manifestsWith(props), 'PodDisruptionBudget').spec;

  test('allows one unavailable replica, so that a single one never blocks a drain', () => {
    expect(budget({})).toEqual({
      selector: { matchLabels: { app: 'vllm' } },
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
  });

  test('warns about a budget that lets one drain evict every replica', () => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    budget({ model: WITH_TOKEN, scaling: Scaling.fixed(2), disruptionBudget: { maxUnavailable: 2 } });
    expect(String(write.mock.calls[0]?.[0])).toContain('is 2 of 2 replicas: one drain may evict all of them');
    write.mockRestore();
  });

  test('follows minAvailable', () => {
    const { minAvailable, maxUnavailable } = budget({
      scaling: Scaling.fixed(3),
      disruptionBudget: { minAvailable: 2 },
    });
    expect([minAvailable, maxUnavailable]).toEqual([2, undefined]);
  });
});

describe('NetworkPolicy', () => {
  const policy = (network?: object) => find(manifestsWith({ network }), 'NetworkPolicy');
  const namespace = (name: string) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  });

  test('admits the own namespace and the monitoring namespace, only to the HTTP port', () => {
    expect(policy().spec).toEqual({
      podSelector: { matchLabels: { app: 'vllm' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: {} }, namespace('monitoring')], ports: [{ port: 'http' }] }],
    });
  });

  test('admits the named namespaces, each once', () => {
    const { ingress } = policy({ clientNamespaces: ['gateway', 'ops'], monitoringNamespaces: ['ops'] }).spec;
    expect(ingress[0].from).toEqual([{ podSelector: {} }, namespace('gateway'), namespace('ops')]);
  });

  test('blocks the own namespace when ownNamespace is false', () => {
    const { ingress } = policy({ ownNamespace: false }).spec;
    expect(ingress[0].from).toEqual([namespace('monitoring')]);
  });

  test('has no rule without sources: a rule with an empty list would admit every source', () => {
    expect(policy({ ownNamespace: false, monitoringNamespaces: [] }).spec).toMatchObject({
      policyTypes: ['Ingress'],
      ingress: [],
    });
  });

  test('is not emitted when policy is false', () => {
    expect(policy({ policy: false })).toBeUndefined();
  });
});

describe('Deployment', () => {
  const spec = (props: Parameters<typeof manifestsWith>[0]) => find(manifestsWith(props), 'Deployment').spec;

  test('adds a pod before it removes one', () => {
    const rollingUpdate = { maxSurge: 1, maxUnavailable: 0 };
    expect(spec({}).strategy).toEqual({ type: 'RollingUpdate', rollingUpdate });
  });

  test('removes a pod before it adds one with Delivery.inPlace()', () => {
    const rollingUpdate = { maxSurge: 0, maxUnavailable: 1 };
    const { strategy, replicas } = spec({ delivery: Delivery.inPlace(), scaling: Scaling.fixed(2) });
    expect(strategy).toEqual({ type: 'RollingUpdate', rollingUpdate });
    expect(replicas).toBe(2);
  });

  test('removes all pods first with Delivery.recreate()', () => {
    expect(spec({ delivery: Delivery.recreate() }).strategy).toEqual({ type: 'Recreate' });
  });

  test('waits for an old pod, node and image on top of the startup budget before a rollout has failed', () => {
    expect(spec({}).progressDeadlineSeconds).toBe(600 + 600 + 155);
  });
});
