import {
  Accelerator,
  GatewayImplementation,
  GatewayTraffic,
  GpuModel,
  Mesh,
  Model,
  ModelGateway,
  Scaling,
  VllmVersion,
} from '../../lib';
import { find, manifestsWith, refusalOf, stackWith } from '../support/stack';
import type { Manifest } from '../support/stack';

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const MEMBER = { inferencePool: { pool: 'chat' }, engine: { maxModelLen: 16384 } };
// The check of the whole app is about pools; these tests read the objects of one stack.
const deploymentOf = (props: object): Manifest =>
  (stackWith({ ...MEMBER, ...props }).workload.toJson() as Manifest).spec;
const idsOf = (props: object): string[] => stackWith({ ...MEMBER, ...props }).findings.map(({ id }) => id);

describe('the pods of a member', () => {
  test('have the label by which the pool selects them', () => {
    expect(deploymentOf({}).template.metadata.labels).toMatchObject({
      'cdk8s-vllm/inference-pool': 'chat',
      'llm-d.ai/engine-type': 'vllm',
    });
  });

  test('have the label of their lengths', () => {
    const { labels } = deploymentOf({ inferencePool: { pool: 'chat', promptTokens: { maximum: 2048 } } }).template
      .metadata;
    expect(labels).toMatchObject({ 'llm-d.ai/context-length-range': '0-2048' });
  });

  test('have no such label without a range', () => {
    expect(deploymentOf({}).template.metadata.labels).not.toHaveProperty(['llm-d.ai/context-length-range']);
  });

  test('keep their labels', () => {
    expect(deploymentOf({ podLabels: { team: 'ml' } }).template.metadata.labels).toMatchObject({
      app: 'vllm',
      team: 'ml',
    });
  });

  test('are selected by the name of the stack only, since the selector is immutable', () => {
    expect(deploymentOf({}).selector.matchLabels).toEqual({ app: 'vllm' });
    const workload = stackWith(MEMBER).workload.toJson() as Manifest;
    expect(workload.metadata.labels).not.toHaveProperty(['cdk8s-vllm/inference-pool']);
  });

  test('are as before without a pool', () => {
    const { labels } = find(manifestsWith(), 'Deployment').spec.template.metadata;
    expect(Object.keys(labels).filter((label) => label.includes('llm-d') || label.includes('pool'))).toEqual([]);
  });
});

describe('the NetworkPolicy of a member', () => {
  const sourcesOf = (network: object): Manifest[] =>
    (stackWith({ ...MEMBER, network }).networkPolicy?.toJson() as Manifest).spec.ingress[0].from;

  test('admits the picker alone when other pods of the namespace are not', () => {
    expect(sourcesOf({ ownNamespace: false })).toContainEqual({ podSelector: { matchLabels: { app: 'chat-epp' } } });
    expect(sourcesOf({ ownNamespace: false })).not.toContainEqual({ podSelector: {} });
  });

  test('admits it with the other pods of the namespace by default', () => {
    expect(sourcesOf({})).toContainEqual({ podSelector: {} });
    expect(sourcesOf({})).not.toContainEqual({ podSelector: { matchLabels: { app: 'chat-epp' } } });
  });
});

describe('a stack as a member', () => {
  test('warns about requests that Istio does not count', () => {
    const found = stackWith({ ...MEMBER, gatewayTraffic: GatewayTraffic.istio() }).findings;
    expect(found.filter(({ id }) => id === 'pool-uncounted')).toMatchObject([{ subject: 'gatewayTraffic' }]);
  });

  test('does not warn about requests of a route, and of a stack of no pool', () => {
    expect(idsOf({ gatewayTraffic: GatewayTraffic.envoyGateway({ route: 'chat' }) })).not.toContain('pool-uncounted');
    const { findings } = stackWith({ gatewayTraffic: GatewayTraffic.istio() });
    expect(findings.map(({ id }) => id)).not.toContain('pool-uncounted');
  });

  test('warns about a route of its own, which does not ask the picker', () => {
    const gateway = ModelGateway.existing({ name: 'public', implementation: GatewayImplementation.istio() });
    const routes = { gateway, hostnames: ['llm.example.com'] };
    const found = stackWith({ ...MEMBER, routes }).findings.filter(({ id }) => id === 'pool-passed-by');
    expect(found).toMatchObject([{ subject: 'routes', severity: 'warning' }]);
  });

  test.each<[string, object]>([
    ['without a range', {}],
    ['with a maximum', { promptTokens: { maximum: 2048 } }],
    ['with a minimum', { promptTokens: { minimum: 2049 } }],
    ['with a range of one length', { promptTokens: { minimum: 5, maximum: 5 } }],
    ['with a range for every length', { promptTokens: {} }],
    ['with the longest range below its context', { promptTokens: { maximum: 16383 } }],
  ])('is accepted %s', (_, more) => {
    expect(idsOf({ inferencePool: { pool: 'chat', ...more } }).filter((id) => id.startsWith('pool'))).toEqual([]);
  });

  test('is accepted with the longest name of a pool', () => {
    expect(() => stackWith({ ...MEMBER, inferencePool: { pool: 'a'.repeat(52) } })).not.toThrow();
  });

  test.each<[string, object, string]>([
    ['an empty membership', { inferencePool: {} }, 'inferencePool.pool: is required'],
    ['a pool with a capital letter', { inferencePool: { pool: 'Chat' } }, 'inferencePool.pool: is "Chat"'],
    ['a name that is too long', { inferencePool: { pool: 'a'.repeat(53) } }, 'at most 52 characters'],
    ['a pool as a text', { inferencePool: 'chat' }, 'inferencePool: is "chat"'],
    ['an unknown property', { inferencePool: { pool: 'chat', tokens: {} } }, 'unknown property'],
    ['a negative length', { inferencePool: { pool: 'chat', promptTokens: { minimum: -1 } } }, 'is -1'],
    ['a fraction', { inferencePool: { pool: 'chat', promptTokens: { maximum: 1.5 } } }, 'is 1.5'],
    [
      'a range without lengths',
      { inferencePool: { pool: 'chat', promptTokens: { minimum: 10, maximum: 9 } } },
      'begins at 10 and ends at 9, so it has no lengths; set minimum to at most maximum [pool-range-empty]',
    ],
    [
      'prompts as long as the context, since the answer needs room',
      { inferencePool: { pool: 'chat', promptTokens: { maximum: 16384 } } },
      'promptTokens.maximum: is 16384, and the stack accepts 16384 tokens with the answer',
    ],
    [
      'a range that begins above the context',
      { inferencePool: { pool: 'chat', promptTokens: { minimum: 20000 } } },
      'promptTokens.minimum: begins at 20000 tokens, and the stack accepts 16384',
    ],
    [
      'a range above the context of the model where maxModelLen is unset',
      { engine: {}, inferencePool: { pool: 'chat', promptTokens: { maximum: 131072 } } },
      'the stack accepts 131072 tokens',
    ],
    [
      'the label of the pool as a label of the pods',
      { podLabels: { 'cdk8s-vllm/inference-pool': 'other' } },
      'podLabels.cdk8s-vllm/inference-pool: is "other", and inferencePool sets this label itself',
    ],
    [
      'the label of a range as a label of every object',
      { labels: { 'llm-d.ai/context-length-range': '0-1' } },
      'labels.llm-d.ai/context-length-range: is "0-1"',
    ],
    [
      'the label of the engine as an override',
      { podTemplateOverrides: { metadata: { labels: { 'llm-d.ai/engine-type': 'sglang' } } } },
      'podTemplateOverrides.metadata.labels.llm-d.ai/engine-type: is "sglang"',
    ],
    [
      'an engine with TLS',
      { engine: { sslCertfile: '/tls/tls.crt', sslKeyfile: '/tls/tls.key' } },
      'engine.sslCertfile: makes the engine serve TLS',
    ],
    [
      'a version without the metric of the KV cache',
      { vllmVersion: VllmVersion.of('0.8.5') },
      'vllmVersion: is 0.8.5, which does not expose vllm:kv_cache_usage_perc',
    ],
    ['an engine without metrics', { extraArgs: ['--disable-log-stats'] }, 'these read them: the endpoint picker'],
  ])('refuses %s', (_, props, message) => {
    expect(refusalOf({ ...MEMBER, ...props })).toContain(message);
  });

  test('warns about several engines in a pod, since the picker reads the metrics of one', () => {
    const props = {
      accelerator: Accelerator.gpu(GpuModel.L40S, 2),
      engine: { dataParallelSize: 2, maxModelLen: 16384 },
    };
    expect(idsOf(props)).toContain('pool-several-engines');
  });

  test('warns about a mesh, of which the picker is not a part', () => {
    expect(idsOf({ mesh: Mesh.istioAmbient() })).toContain('pool-mesh');
    expect(idsOf({})).not.toContain('pool-mesh');
  });

  test('reports a range that cannot be compared with an unknown context', () => {
    const props = { model: Model.of('some/model'), engine: {}, inferencePool: { pool: 'chat', promptTokens: {} } };
    expect(idsOf(props)).toContain('pool-context-unknown');
  });

  test('does not check the metrics of a version that is not known', () => {
    expect(() => stackWith({ ...MEMBER, vllmVersion: VllmVersion.unchecked('0.40.0') })).not.toThrow();
  });

  test('may have the labels itself without a pool, for a pool of another tool', () => {
    expect(() => stackWith({ podLabels: { 'llm-d.ai/engine-type': 'vllm' } })).not.toThrow();
  });

  test('may scale', () => {
    expect(() => stackWith({ ...MEMBER, scaling: Scaling.keda({ maxReplicas: 4 }) })).not.toThrow();
  });
});
