import type * as Cdk8s from 'cdk8s';
import type * as Library from '../../lib';

type Props = Partial<Library.VllmInferenceStackProps>;

/** A copy of the library that has not created a stack yet. */
function untouched(): { readonly cdk8s: typeof Cdk8s; readonly library: typeof Library } {
  const copies: { readonly cdk8s: typeof Cdk8s; readonly library: typeof Library }[] = [];
  jest.isolateModules(() => {
    copies.push({ cdk8s: jest.requireActual('cdk8s'), library: jest.requireActual('../../lib') });
  });
  const [copy] = copies;
  if (copy === undefined) throw new Error('the library was not loaded');
  return copy;
}

const SORTS: Readonly<Record<string, (copy: ReturnType<typeof untouched>) => Props>> = {
  'with objectives and a price': ({ cdk8s: { Duration }, library: { Objective, Price } }) => ({
    objectives: [
      Objective.timeToFirstToken({ percentile: 95, within: Duration.millis(60) }),
      Objective.errorRate({ below: 0.005 }),
    ],
    price: Price.perGpuHour(2.5),
  }),
  'with a scaler': ({ library: { Scaling } }) => ({ scaling: Scaling.keda({ maxReplicas: 4 }) }),
  'with tuned alerts': ({ cdk8s: { Duration }, library: { Objective } }) => ({
    objectives: [Objective.availability({ atLeast: 0.999 })],
    alerts: { labels: { team: 'ml' }, tune: { VllmTargetAbsent: { pending: Duration.minutes(7) } } },
  }),
  'behind Envoy Gateway': ({ library: { GatewayTraffic, Objective, Scaling, Signal } }) => ({
    gatewayTraffic: GatewayTraffic.envoyGateway({
      route: 'chat.v1',
      namespace: 'pod',
      rules: [0, 2],
      proxies: { gateway_envoyproxy_io_owning_gateway_name: 'llm' },
    }),
    objectives: [Objective.errorRate({ below: 0.01, atGateway: true })],
    scaling: Scaling.keda({ maxReplicas: 4, signals: [Signal.gatewayRequests({ perReplica: 4 })] }),
  }),
  'behind Istio': ({ library: { GatewayTraffic } }) => ({ gatewayTraffic: GatewayTraffic.istio() }),
  'of an old release': ({ library: { Price, VllmVersion } }) => ({
    price: Price.perGpuHour(2.5),
    vllmVersion: VllmVersion.of('0.8.5'),
  }),
};

/** Long names that are cut, and names that are also words of queries. */
const NAMES = [
  ['a', 'production-of-a-team-in-another-region'],
  ['pod', 'app'],
  ['a-name-that-is-as-long-as-the-library-allows', 'llm'],
] as const;

/** The manifests of one stack for each pair of names, in this order. */
function manifestsOf(sort: string, names: readonly (readonly [name: string, namespace: string])[]): string[] {
  const copy = untouched();
  const { Testing } = copy.cdk8s;
  const { Accelerator, GpuModel, Model, VllmInferenceStack } = copy.library;
  return names.map(([name, namespace]) => {
    const chart = Testing.chart();
    new VllmInferenceStack(chart, 'Stack', {
      name,
      namespace,
      model: Model.of('meta-llama/Llama-3.1-8B-Instruct'),
      accelerator: Accelerator.gpu(GpuModel.L40S),
      monitoringLabels: { release: 'prometheus' },
      ...SORTS[sort]?.(copy),
    });
    return JSON.stringify(Testing.synth(chart));
  });
}

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

test.each(Object.keys(SORTS))('stacks %s have the same manifests beside others that are alike as alone', (sort) => {
  const [, ...beside] = manifestsOf(sort, [['vllm', 'vllm'], ...NAMES]);
  const alone = NAMES.flatMap((names) => manifestsOf(sort, [names]));
  expect(beside).toEqual(alone);
});
