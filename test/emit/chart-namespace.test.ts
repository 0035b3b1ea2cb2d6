import { Chart, Testing } from 'cdk8s';
import {
  Accelerator,
  FailureMode,
  FleetDashboards,
  GatewayImplementation,
  GpuModel,
  GpuPlatform,
  GpuPlatformMode,
  InferencePool,
  ManagedProvider,
  Model,
  ModelGateway,
  ModelRoutes,
  RouteTarget,
  VllmInferenceStack,
} from '../../lib';

const stackOf = (chart: Chart, namespace?: string, inferencePool?: string) =>
  new VllmInferenceStack(chart, 'Stack', {
    name: 'vllm',
    namespace,
    model: Model.of('Qwen/Qwen3-8B', { revision: 'abc' }),
    accelerator: Accelerator.gpu(GpuModel.L40S),
    inferencePool: inferencePool === undefined ? undefined : { pool: inferencePool },
  });

/** Each construct in a chart, with a namespace of its own or without. */
const CONSTRUCTS: readonly (readonly [string, (chart: Chart, own?: string) => unknown])[] = [
  ['VllmInferenceStack', stackOf],
  [
    'GpuPlatform',
    (chart, namespace) =>
      new GpuPlatform(chart, 'Platform', { mode: GpuPlatformMode.managed(ManagedProvider.GKE), namespace }),
  ],
  ['FleetDashboards', (chart, namespace) => new FleetDashboards(chart, 'Fleet', { namespace })],
  [
    'ModelRoutes',
    (chart, namespace) =>
      new ModelRoutes(chart, 'Routes', {
        name: 'routes',
        namespace,
        gateway: ModelGateway.existing({ name: 'gateway', implementation: GatewayImplementation.envoyGateway() }),
        routes: [{ to: [RouteTarget.stack(stackOf(new Chart(chart, 'other'), namespace ?? 'llm'))] }],
      }),
  ],
];

const chart = (namespace: string) => new Chart(Testing.app(), 'test', { namespace });

// Warnings of the constructs.
beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

describe('the namespace of a chart', () => {
  describe.each(CONSTRUCTS)('with %s', (name, make) => {
    it.each(['Prod', 'team_a', 'llm.prod', '-llm', 'llm ', '', 'a'.repeat(64)])('refuses "%s"', (namespace) => {
      expect(() => make(chart(namespace))).toThrow(
        `namespace of the chart: is "${namespace}"; give a namespace: at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit [wrong-value]`,
      );
      expect(() => make(chart(namespace))).toThrow(name);
    });

    it.each(['llm', 'kube-system', '1team', 'a'.repeat(63)])('accepts "%s"', (namespace) => {
      expect(() => make(chart(namespace))).not.toThrow();
    });

    it('does not matter beside one of its own', () => {
      expect(() => make(chart('Prod'), 'llm')).not.toThrow();
    });
  });

  it('refuses it for an InferencePool whose stacks have none', () => {
    const stack = stackOf(new Chart(Testing.app(), 'stacks'), undefined, 'pool');
    expect(
      () => new InferencePool(chart('Prod'), 'Pool', { stacks: [stack], failureMode: FailureMode.FAIL_CLOSE }),
    ).toThrow('namespace of the chart: is "Prod"');
  });
});
