import { tracingFindings } from '../../lib/tracing/tracing-findings';
import {
  Accelerator,
  CollectorKind,
  GpuModel,
  OtlpProtocol,
  SecretKey,
  TraceDetail,
  Tracing,
  VllmVersion,
} from '../../lib';
import type { StackPlan } from '../../lib/plan/stack-plan';
import { planWith } from '../support/plan';
import type { ServingProps } from '../../lib/stack/serving-props';
import { LLAMA_8B, planOf } from '../support/plan';
import { COLLECTOR, tracingLines, tracingPlan } from './support';

const plain = Tracing.otlp({ endpoint: COLLECTOR });

/** The stack's plan with tracing, made as in the stack. */
function stackPlan(tracing: Tracing, props: Partial<ServingProps> = {}) {
  const { args, environment } = tracingPlan(tracing, props.vllmVersion);
  const smallest = { name: 'vllm', model: LLAMA_8B, accelerator: Accelerator.gpu(GpuModel.L40S) };
  return planWith({ ...smallest, ...props }, { metricUsers: [], metrics: [], args, environment });
}

const variable = (tracing: Tracing, name: string, props?: Partial<ServingProps>) =>
  stackPlan(tracing, props).environment.find((each) => each.name === name);

describe('tracing', () => {
  it('sets the endpoint of the engine, and nothing else by default', () => {
    expect(tracingPlan(plain).args).toEqual([
      { origin: 'tracing', flag: '--otlp-traces-endpoint', values: [COLLECTOR] },
    ]);
    expect(stackPlan(plain).args).toContain(`--otlp-traces-endpoint=${COLLECTOR}`);
    expect(tracingLines(plain)).toEqual([]);
  });

  it('extends the teardown: the exporter may wait for its collector', () => {
    const graceOf = (plan: StackPlan) => plan.timing.terminationGracePeriod.value;
    expect(graceOf(stackPlan(plain)) - graceOf(planOf())).toBe(10);
  });

  it('names the service, the pod and its namespace', () => {
    expect(variable(plain, 'OTEL_SERVICE_NAME')?.value).toBe('vllm');
    expect(variable(plain, 'K8S_POD_NAME')?.field).toBe('metadata.name');
    expect(variable(plain, 'OTEL_RESOURCE_ATTRIBUTES')?.value).toBe(
      'k8s.namespace.name=$(K8S_NAMESPACE_NAME),k8s.pod.name=$(K8S_POD_NAME)',
    );
    const named = Tracing.otlp({ endpoint: COLLECTOR, serviceName: 'chat' });
    expect(variable(named, 'OTEL_SERVICE_NAME')?.value).toBe('chat');
  });

  it('has every variable after those that it refers to: Kubernetes expands no others', () => {
    const { environment } = stackPlan(Tracing.otlp({ endpoint: COLLECTOR, sampling: 0.1 }));
    const expanded = environment.flatMap(({ value = '' }, index) =>
      [...value.matchAll(/\$\((\w+)\)/g)].map(([, name]) => [
        environment.findIndex((each) => each.name === name),
        index,
      ]),
    );
    expect(expanded).toHaveLength(2);
    for (const [defined = -1, used = -1] of expanded) {
      expect(defined).toBeGreaterThanOrEqual(0);
      expect(defined).toBeLessThan(used);
    }
  });

  it('sets the protocol', () => {
    expect(variable(plain, 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL')?.value).toBe('grpc');
    const http = Tracing.otlp({ endpoint: 'http://otel:4318/v1/traces', protocol: OtlpProtocol.HTTP });
    expect(variable(http, 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL')?.value).toBe('http/protobuf');
  });

  it('samples by the caller’s decision, and by a share without one', () => {
    const sampled = Tracing.otlp({ endpoint: COLLECTOR, sampling: 0.1 });
    expect(variable(sampled, 'OTEL_TRACES_SAMPLER')?.value).toBe('parentbased_traceidratio');
    expect(variable(sampled, 'OTEL_TRACES_SAMPLER_ARG')?.value).toBe('0.1');
    expect(variable(plain, 'OTEL_TRACES_SAMPLER')).toBeUndefined();
  });

  it('lets the user’s own variables win', () => {
    const props = { env: { OTEL_SERVICE_NAME: 'mine' } };
    expect(variable(plain, 'OTEL_SERVICE_NAME', props)).toEqual({ name: 'OTEL_SERVICE_NAME', value: 'mine' });
  });

  it('sets detailed traces, each kind once, with a notice about the cost', () => {
    const detailed = [TraceDetail.MODEL, TraceDetail.WORKER, TraceDetail.MODEL];
    const tracing = Tracing.otlp({ endpoint: COLLECTOR, detailed });
    expect(stackPlan(tracing).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(tracingPlan(tracing).args[1]?.values).toEqual(['model', 'worker']);
    expect(tracingLines(tracing)).toEqual([expect.stringContaining('[detailed-traces]')]);
  });

  it('refuses an endpoint in the engine’s options too', () => {
    const { findings } = stackPlan(plain, { engine: { otlpTracesEndpoint: 'http://other:4317' } });
    expect(findings.find(({ id }) => id === 'flag-twice')?.problem).toContain('--otlp-traces-endpoint');
  });

  it.each([
    ['http://otel:4318', undefined, 'use port 4317, or OtlpProtocol.HTTP [otlp-port]'],
    ['http://otel:4317/v1/traces', OtlpProtocol.HTTP, 'use port 4318, or OtlpProtocol.GRPC [otlp-port]'],
  ])('warns about the port of the other protocol in %s', (endpoint, protocol, fix) => {
    expect(tracingLines(Tracing.otlp({ endpoint, protocol }))).toEqual([expect.stringContaining(fix)]);
  });
});

describe('an image without the packages', () => {
  it('refuses to start with tracing before 0.17', () => {
    expect(tracingLines(plain, VllmVersion.of('0.16.0'))).toEqual([
      'tracing: needs OpenTelemetry packages, which the image of vLLM 0.16.0 does not have: the engine would exit at start; use vLLM 0.17 or later, or an image of your own that has them: VllmVersion.of("0.16.0", { repository }) [no-tracing-packages]',
    ]);
    expect(tracingLines(plain, VllmVersion.of('0.17.0'))).toEqual([]);
  });

  it('warns about an image of the user’s own, which may have them', () => {
    const version = VllmVersion.of('0.16.0', { repository: 'registry.example.com/vllm' });
    const [finding, ...others] = tracingFindings(tracingPlan(plain, version));
    expect(finding).toMatchObject({ id: 'no-tracing-packages', severity: 'warning' });
    expect(others).toEqual([]);
  });

  it('is not reported for an unchecked version', () => {
    expect(tracingLines(plain, VllmVersion.unchecked('0.16.0'))).toEqual([]);
  });
});

describe('the stack’s own collector', () => {
  const headers = { Authorization: SecretKey.of('tempo', 'token') };
  const TLS = 'https://tempo.example.com:4317';

  it('receives the spans of the engine, by gRPC', () => {
    const { args, environment } = tracingPlan(Tracing.collector({ exportTo: TLS }));
    expect(args[0]?.values).toEqual(['http://vllm-otel:4317']);
    expect(environment).toContainEqual({ name: 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', value: 'grpc' });
  });

  it('is behind a Service with the name that the operator gives', () => {
    const tracing = Tracing.collector({ exportTo: TLS, kind: CollectorKind.OPERATOR });
    expect(tracingPlan(tracing).args[0]?.values).toEqual(['http://vllm-otel-collector:4317']);
  });

  it('refuses a name that is too long for the operator’s Service', () => {
    const tracing = Tracing.collector({ exportTo: TLS, kind: CollectorKind.OPERATOR });
    expect(tracingLines(tracing, undefined, 'a'.repeat(48))).toEqual([]);
    expect(tracingLines(tracing, undefined, 'a'.repeat(50))).toEqual([
      expect.stringMatching(/65 characters, .*use a name with 2 characters fewer, .*\[collector-name-too-long\]$/),
    ]);
  });

  it.each<[what: string, tracing: Tracing, line: string]>([
    ['secrets without TLS', Tracing.collector({ exportTo: 'http://tempo:4317', headers }), '[secret-in-clear]'],
    [
      'tail sampling after sampling in the engine',
      Tracing.collector({ exportTo: TLS, sampling: 0.1, tailSampling: {} }),
      '[sampled-twice]',
    ],
    ['the port of the other protocol', Tracing.collector({ exportTo: 'http://tempo:4318' }), '[otlp-port]'],
  ])('warns about %s', (_, tracing, line) => {
    expect(tracingLines(tracing)).toEqual([expect.stringContaining(line)]);
  });
});
