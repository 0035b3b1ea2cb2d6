import { Chart, Size, Testing } from 'cdk8s';
import type { InferencePoolProps, VllmInferenceStackProps } from '../../lib';
import {
  Accelerator,
  FailureMode,
  GpuModel,
  InferencePool,
  Model,
  PrometheusServer,
  Scaling,
  SecretKey,
  Signal,
  VllmInferenceStack,
} from '../../lib';
import { idsOf, membersWith, messageOf, poolOf, poolWith } from '../support/pool';

let write: jest.SpyInstance;
beforeEach(() => {
  write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

type Range = NonNullable<VllmInferenceStackProps['inferencePool']>['promptTokens'];
const ranged = (promptTokens?: Range) => ({ inferencePool: { pool: 'chat', promptTokens } });

describe('a pool', () => {
  test.each<[string, Partial<InferencePoolProps>, Partial<VllmInferenceStackProps>, Partial<VllmInferenceStackProps>]>([
    ['of two stacks without ranges', {}, {}, {}],
    ['of two ranges that follow each other', {}, ranged({ maximum: 2048 }), ranged({ minimum: 2049 })],
    ['of two ranges that meet', {}, ranged({ maximum: 2048 }), ranged({ minimum: 2048 })],
    ['of two equal ranges', {}, ranged({ minimum: 0 }), ranged({})],
    ['of one key', {}, { apiKey: SecretKey.of('a', 'b') }, { apiKey: SecretKey.of('a', 'b') }],
    ['of equal names in another order', {}, served('a', 'b'), served('b', 'a')],
    ['with one scorer only', { picker: { weights: { queue: 0, kvCache: 0 } } }, {}, {}],
    ['with a limit equal to the request', { picker: { resources: { memoryLimit: Size.gibibytes(2) } } }, {}, {}],
    ['that is closed with two pickers', { failureMode: FailureMode.FAIL_CLOSE, picker: { replicas: 2 } }, {}, {}],
  ])('is accepted %s', (_, props, first, second) => {
    const pool = poolWith(props, first, second);
    expect(idsOf(pool).filter((id) => id !== 'pool-open-lengths')).toEqual([]);
  });

  test('is accepted of one stack', () => {
    expect(() => poolOf(membersWith({}))).not.toThrow();
  });

  test.each<
    [string, Partial<InferencePoolProps>, Partial<VllmInferenceStackProps>, Partial<VllmInferenceStackProps>, string]
  >([
    [
      'a stack that is not a member',
      {},
      {},
      { inferencePool: undefined },
      'stacks[1]: is the stack "long", which has no',
    ],
    ['a first stack that is not a member', {}, { inferencePool: undefined }, {}, 'stacks[0]: is the stack "short"'],
    ['two pools', {}, {}, { inferencePool: { pool: 'other' } }, 'of pool "other", and "short" is of pool "chat"'],
    ['two namespaces', {}, {}, { namespace: 'other' }, 'is in namespace "other", and "short" is in "llm"'],
    ['two models', {}, {}, { model: Model.of('Qwen/Qwen3-8B') }, 'serves Qwen/Qwen3-8B, and "short" serves meta-llama'],
    ['two API keys', {}, {}, { apiKey: SecretKey.of('a', 'b') }, '[pool-api-keys-differ]'],
    ['a range in one member only', {}, ranged({ maximum: 9 }), {}, 'is unset in "long" and set in other members'],
    ['a gap between ranges', {}, ranged({ maximum: 9 }), ranged({ minimum: 11 }), 'has prompts of 10 to 10 tokens'],
    ['a gap at the top', {}, ranged({ maximum: 9 }), ranged({ minimum: 10, maximum: 99 }), 'of 100 tokens and more'],
    ['a gap at the bottom', {}, ranged({ minimum: 1 }), ranged({ minimum: 1 }), 'has prompts of 0 to 0 tokens'],
    ['weights that are all 0', weights(0, 0, 0), {}, {}, '[picker-without-scorers]'],
    [
      'a filter without scorers',
      weights(0, 0, 0),
      ranged({ maximum: 9 }),
      ranged({ minimum: 10 }),
      '[picker-without-scorers]',
    ],
    ['a negative weight', weights(-1, 0, 0), {}, {}, 'picker.weights.prefixCache: is -1'],
    [
      'a memory limit below the request',
      { picker: { resources: { memoryLimit: Size.gibibytes(1) } } },
      {},
      {},
      'is 1024 MiB, and the request is 2048 MiB',
    ],
    ['no replicas', { picker: { replicas: 0 } }, {}, {}, 'picker.replicas: is 0'],
    ['too many replicas', { picker: { replicas: 6 } }, {}, {}, 'picker.replicas: is 6'],
    ['the tag latest', { picker: { image: 'ghcr.io/llm-d/epp:latest' } }, {}, {}, 'a tag other than "latest"'],
    ['an image without a tag', { picker: { image: 'ghcr.io:443/llm-d/epp' } }, {}, {}, 'picker.image'],
    ['no gateway namespaces', { picker: { network: { gatewayNamespaces: [] } } }, {}, {}, 'a list of at least 1'],
    ['no stacks', { stacks: [] }, {}, {}, 'stacks: is'],
    ['another failure mode', { failureMode: 'open' as FailureMode }, {}, {}, 'failureMode: is "open"'],
  ])('refuses %s', (_, props, first, second, message) => {
    expect(messageOf(() => poolWith(props, first, second))).toContain(message);
  });

  test('refuses to be made without a failure mode', () => {
    const props = { stacks: membersWith({}) } as unknown as InferencePoolProps;
    expect(messageOf(() => new InferencePool(Testing.chart(), 'Pool', props))).toContain('failureMode: is required');
  });

  test('refuses a stack twice', () => {
    const [stack] = membersWith({});
    if (stack === undefined) throw new Error('no stack');
    expect(messageOf(() => poolOf([stack, stack]))).toContain('stacks[1]: is the stack "short", as stacks[0] is');
  });

  test('refuses stacks without a namespace', () => {
    const bare = new VllmInferenceStack(new Chart(Testing.app(), 'bare'), 'Stack', {
      name: 'bare',
      model: Model.of('meta-llama/Llama-3.1-8B-Instruct'),
      accelerator: Accelerator.gpu(GpuModel.L40S),
      engine: { maxModelLen: 16384 },
      inferencePool: { pool: 'chat' },
    });
    expect(messageOf(() => poolOf([bare]))).toContain('stacks[0]: has no namespace');
  });

  test('refuses something that is not a stack', () => {
    const props = { stacks: [{}], failureMode: FailureMode.FAIL_OPEN } as unknown as InferencePoolProps;
    expect(messageOf(() => new InferencePool(Testing.chart(), 'Pool', props))).toContain('give a VllmInferenceStack');
  });

  test('refuses all mistakes in one error', () => {
    const message = messageOf(() => poolWith(weights(0, 0, 0), {}, { apiKey: SecretKey.of('a', 'b'), namespace: 'b' }));
    expect(message).toContain('has 3 problems');
  });

  test('warns about ranges with common lengths', () => {
    expect(idsOf(poolWith({}, ranged({ maximum: 4096 }), ranged({ minimum: 2048 })))).toContain('pool-range-overlap');
    expect(write.mock.calls.flat().join('')).toContain(
      '0 to 4096 tokens in "short" and 2048 tokens and more in "long"',
    );
  });

  test('warns about a member that scales to zero', () => {
    const scaling = Scaling.keda({
      maxReplicas: 2,
      signals: [
        Signal.inFlightRequests(),
        Signal.gatewayRequests({
          metric: 'istio_requests_total',
          matchers: { pool: 'chat' },
          presence: 'up{job="istio"}',
          perReplica: 4,
        }),
      ],
      scaleToZero: {},
      prometheus: PrometheusServer.at('http://thanos.monitoring:9090'),
    });
    expect(idsOf(poolWith({}, {}, { scaling }))).toContain('pool-scales-to-zero');
  });

  test('reports that an open pool ignores ranges without a picker', () => {
    const members = [ranged({ maximum: 9 }), ranged({ minimum: 10 })] as const;
    expect(idsOf(poolWith({}, ...members))).toContain('pool-open-lengths');
    expect(idsOf(poolWith({ failureMode: FailureMode.FAIL_CLOSE }, ...members))).not.toContain('pool-open-lengths');
  });

  test('reports a closed pool with one picker', () => {
    expect(idsOf(poolWith({ failureMode: FailureMode.FAIL_CLOSE }))).toEqual(['picker-alone']);
  });

  test('prints no acknowledged warning', () => {
    const acknowledge = { 'pool-range-overlap': 'the long stack helps with medium prompts' };
    const pool = poolWith({ acknowledge }, ranged({ maximum: 4096 }), ranged({ minimum: 2048 }));
    expect(idsOf(pool)).not.toContain('pool-range-overlap');
  });
});

function served(...servedNames: string[]) {
  return { model: Model.of('meta-llama/Llama-3.1-8B-Instruct', { servedNames }) };
}

function weights(prefixCache: number, kvCache: number, queue: number) {
  return { picker: { weights: { prefixCache, kvCache, queue } } };
}
