import { Duration, Size, Testing } from 'cdk8s';
import * as library from '../../lib';
import { brand, brandOf, isBranded } from '../../lib/shapes/brand';
import { show } from '../../lib/shapes/show';
import { anotherCopy } from '../support/another-copy';
import { stackWith } from '../support/stack';

const { GpuModel } = library;
const KEY = library.SecretKey.of('a', 'b');

const ARCHITECTURE = library.Architecture.of({
  hiddenSize: 4096,
  numHiddenLayers: 32,
  numAttentionHeads: 32,
  maxPositionEmbeddings: 8192,
  parameters: 8_000_000_000,
});

const CHART = Testing.chart();
const STACK = new library.VllmInferenceStack(CHART, 'Stack', {
  name: 'a',
  namespace: 'llm',
  model: library.Model.of('a/b', { architecture: ARCHITECTURE }),
  accelerator: library.Accelerator.gpu(GpuModel.H100),
  inferencePool: { pool: 'a' },
});

/** One instance of each public class that is given to another one. */
const INSTANCES = {
  Accelerator: library.Accelerator.gpu(GpuModel.H100),
  Architecture: ARCHITECTURE,
  CanaryRouter: library.CanaryRouter.none(),
  Dashboards: library.Dashboards.none(),
  Delivery: library.Delivery.recreate(),
  ExtraVolume: library.ExtraVolume.fromSecret('a', '/a'),
  GatewayImplementation: library.GatewayImplementation.istio(),
  GatewayTraffic: library.GatewayTraffic.istio(),
  GpuModel: GpuModel.H100,
  GpuNodes: library.GpuNodes.everyNode(),
  GpuPlatformMode: library.GpuPlatformMode.managed(library.ManagedProvider.GKE),
  GpuSharing: library.GpuSharing.mps({ replicas: 2 }),
  Guard: library.Guard.custom({ name: 'a', query: 'sum(b)', maximum: 1 }),
  InferencePool: new library.InferencePool(CHART, 'Pool', {
    stacks: [STACK],
    failureMode: library.FailureMode.FAIL_OPEN,
  }),
  Layers: library.Layers.full({ count: 1, kvHeads: 1, headDim: 1 }),
  Mesh: library.Mesh.istioAmbient(),
  MigLayout: library.MigLayout.disabled(),
  Model: library.Model.of('a/b'),
  ModelGateway: library.ModelGateway.existing({
    name: 'public',
    implementation: library.GatewayImplementation.istio(),
  }),
  ModelIngress: library.ModelIngress.nginx(),
  Monitor: library.Monitor.none(),
  Objective: library.Objective.errorRate({ below: 0.005 }),
  Placement: library.Placement.gke(),
  PodField: library.PodField.POD_IP,
  PodUser: library.PodUser.assigned(),
  Price: library.Price.perGpuHour(2),
  PrometheusAuthentication: library.PrometheusAuthentication.bearer(KEY),
  PrometheusServer: library.PrometheusServer.at('http://prometheus:9090'),
  RouteTarget: library.RouteTarget.stack(stackWith()),
  Scaling: library.Scaling.fixed(1),
  SecretKey: KEY,
  Signal: library.Signal.inFlightRequests(),
  SmokeTest: library.SmokeTest.job(),
  Tracing: library.Tracing.otlp({ endpoint: 'http://otel:4317' }),
  VllmInferenceStack: STACK,
  VllmVersion: library.VllmVersion.V0_32_0,
  Weights: library.Weights.fromHub(),
};

/** Constructs that are never given to another construct. */
const CONSTRUCTS = ['FleetDashboards', 'GpuPlatform', 'ModelRoutes'];

describe('the brand of an instance', () => {
  it.each(Object.entries(INSTANCES))('is %s, the name of its class', (name, instance) => {
    expect(brandOf(instance)).toBe(name);
    expect(isBranded(instance, name)).toBe(true);
  });

  it('exists for every public class', () => {
    const classes = Object.entries(library).filter(([, exported]) => typeof exported === 'function');
    const names = classes.map(([name]) => name).filter((name) => !CONSTRUCTS.includes(name));
    expect(names.sort()).toEqual(Object.keys(INSTANCES));
  });

  it('is the same in another copy of the package', () => {
    expect(isBranded(anotherCopy().GpuModel.H100, 'GpuModel')).toBe(true);
  });

  it('is inherited by a subclass', () => {
    class Base {
      public readonly content = 1;
      public constructor() {
        brand(this, 'Base');
      }
    }
    class Derived extends Base {}
    expect(isBranded(new Derived(), 'Base')).toBe(true);
  });

  it('is neither listed nor copied with the properties', () => {
    expect(Object.keys(KEY)).toEqual(['secretName', 'key']);
    expect(isBranded({ ...KEY }, 'SecretKey')).toBe(false);
    expect(isBranded(structuredClone(KEY), 'SecretKey')).toBe(false);
  });

  it.each([undefined, null, 'Model', 5, {}, Object.create(null), Symbol.for('cdk8s-vllm.Model')])(
    'is not on %p',
    (value) => {
      expect(isBranded(value, 'Model')).toBe(false);
    },
  );
});

describe('a class of the user with the name of a public one', () => {
  /** An instance of a class with this name, which has nothing but its name. */
  const instanceOf = (name: string): never => new { [name]: class {} }[name]() as never;

  it.each<[name: string, call: (mine: never) => unknown, message: string]>([
    [
      'GpuModel',
      (mine) => library.Accelerator.gpu(mine),
      'model: is a GpuModel of another library or of your own; give a GpuModel, for',
    ],
    ['SecretKey', (accessToken) => library.Model.of('a/b', { accessToken }), 'give SecretKey.of(secretName, key)'],
    ['Duration', (interval) => library.Monitor.pods({ interval }), 'interval: is a Duration; give a Duration of whole'],
    ['Size', (weightsSize) => library.Model.of('a/b', { weightsSize }), 'weightsSize: is a Size; give a Size of more'],
  ])('fails where a %s is needed', (name, call, message) => {
    expect(() => call(instanceOf(name))).toThrow(message);
  });
});

describe('an object with the prototype of a construct, whose constructor never ran', () => {
  it('fails where an InferencePool is needed', () => {
    const empty = Object.create(library.InferencePool.prototype) as library.InferencePool;
    expect(() => library.RouteTarget.pool(empty)).toThrow(
      'pool: is an InferencePool of another library or of your own; give ',
    );
  });
});

describe('a message', () => {
  it.each([
    ['a public class by its brand', GpuModel.H100, 'a GpuModel'],
    ['one that begins with a vowel', INSTANCES.Objective, 'an Objective'],
    ['a Duration by its length', Duration.millis(1500), '1.5 s'],
    ['a Size', Size.gibibytes(1), 'a Size'],
    ['another class by the name that it has', new Map(), 'a Map'],
  ])('names %s', (_, value, shown) => {
    expect(show(value)).toBe(shown);
  });

  it('names a public class the same when a bundler renamed it', () => {
    class Renamed {
      public readonly name = 'a';
      public readonly _facts = {};
      public constructor() {
        brand(this, 'GpuModel');
      }
    }
    expect(show(new Renamed())).toBe('a GpuModel');
  });
});
