import { Chart, Duration, Testing } from 'cdk8s';
import type { VllmInferenceStackProps } from '../../lib';
import * as library from '../../lib';
import { anotherCopy } from '../support/another-copy';
import { bundle, temporaryFolder } from '../support/bundle';

type Library = typeof library;

/** Properties with an instance of most public classes, all created by one copy of the package. */
function propsFrom(copy: Library): VllmInferenceStackProps {
  const token = copy.SecretKey.of('hugging-face', 'token');
  return {
    name: 'vllm',
    model: copy.Model.of('meta-llama/Llama-3.1-8B-Instruct', { accessToken: token }),
    accelerator: copy.Accelerator.gpu(copy.GpuModel.H100),
    vllmVersion: copy.VllmVersion.V0_32_0,
    secretEnv: { TOKEN: token },
    weights: copy.Weights.fromHub({ cacheClaim: 'weights' }),
    placement: copy.Placement.gke(),
    scaling: copy.Scaling.keda({
      maxReplicas: 4,
      signals: [copy.Signal.inFlightRequests()],
      prometheus: copy.PrometheusServer.at('https://prometheus:9090', {
        authentication: copy.PrometheusAuthentication.bearer(token),
      }),
    }),
    delivery: copy.Delivery.recreate(),
    extraVolumes: [copy.ExtraVolume.fromSecret('keys', '/keys')],
    objectives: [copy.Objective.timeToFirstToken({ percentile: 95, within: Duration.millis(500) })],
    monitor: copy.Monitor.pods(),
    monitoringLabels: { release: 'prometheus' },
    dashboards: copy.Dashboards.configMap(),
    tracing: copy.Tracing.otlp({ endpoint: 'http://otel:4317' }),
    price: copy.Price.perGpuHour(2.5),
  };
}

function manifests({ VllmInferenceStack }: Library, props: VllmInferenceStackProps): unknown[] {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'llm' });
  new VllmInferenceStack(chart, 'Stack', props);
  return Testing.synth(chart);
}

describe('two copies of the package in one program', () => {
  const folder = temporaryFolder();
  const minified = () => jest.requireActual<Library>(bundle('lib/index.ts', folder, { minify: true }));

  beforeEach(() => void jest.spyOn(process.stderr, 'write').mockReturnValue(true));
  afterEach(() => void jest.restoreAllMocks());

  it.each([
    ['the same code twice', anotherCopy],
    ['one of them minified', minified],
  ])('accept instances of each other: %s', (_, load) => {
    const copy = load();
    const expected = manifests(library, propsFrom(library));
    expect(copy.GpuModel).not.toBe(library.GpuModel);
    expect(manifests(library, propsFrom(copy))).toEqual(expected);
    expect(manifests(copy, propsFrom(library))).toEqual(expected);
  });

  it('fails with the public name of a class that a bundler renamed', () => {
    const copy = minified();
    expect(copy.GpuModel.name).not.toBe('GpuModel');
    expect(() => library.Accelerator.gpu(copy.Model.of('a/b') as never)).toThrow('model: is a Model; give a GpuModel');
  });
});
