import type { OwnArgument } from '../engine/command-line/arguments';
import type { VllmVersion } from '../engine/vllm-version';
import type { EnvironmentVariable } from '../engine/environment';
import { packageFindings } from '../rules/tracing-packages';
import type { Finding } from '../preflight/finding';
import { notice, warning } from '../preflight/finding';
import type { CollectorPlan } from './collector-plan';
import { planCollector } from './collector-plan';
import { endpointFindings } from './endpoint';
import type { Tracing } from './tracing';
import type { CollectorTracingOptions, SpanOptions } from './tracing-options';
import { OtlpProtocol } from './tracing-options';

/** What the stack passes in. */
export interface TracingInput {
  /** Name of the stack. */
  readonly name: string;
  readonly version: VllmVersion;
  /** Labels by which the engine's pods are found. */
  readonly selector: Readonly<Record<string, string>>;
}

/** What tracing adds to a stack. */
export interface TracingPlan {
  /** Arguments for the engine, as `PlanOptions.args` takes them. */
  readonly args: readonly OwnArgument[];
  /** Variables for the engine, as `PlanOptions.environment` takes them; `env` of the stack wins over them. */
  readonly environment: readonly EnvironmentVariable[];
  /** Undefined when the collector is somebody else's. */
  readonly collector: CollectorPlan | undefined;
  readonly findings: readonly Finding[];
}

/** Decides how a stack is traced. Expects options of the right shape. */
export function planTracing(tracing: Tracing, input: TracingInput): TracingPlan {
  const { name, version } = input;
  const engine = { release: version._release, versionIsChecked: version.isChecked, image: version.image };
  const { otlpOptions, collectorOptions } = tracing;
  const collector = collectorOptions && planCollector(collectorOptions, name, input.selector);
  const protocol = otlpOptions?.protocol ?? OtlpProtocol.GRPC;
  const endpoint = collector?.endpoint ?? otlpOptions?.endpoint ?? '';
  const spans: SpanOptions = otlpOptions ?? collectorOptions ?? {};
  return {
    args: traceArguments(endpoint, spans),
    environment: variables(name, protocol, spans),
    collector,
    findings: [
      ...packageFindings(engine, 'tracing'),
      ...(otlpOptions ? endpointFindings(endpoint, 'tracing.endpoint', protocol) : []),
      ...(collectorOptions ? collectorFindings(collectorOptions) : []),
      ...detailFindings(spans),
      ...(collector?.findings ?? []),
    ],
  };
}

function traceArguments(endpoint: string, { detailed }: SpanOptions): OwnArgument[] {
  const args: OwnArgument[] = [{ origin: 'tracing', flag: '--otlp-traces-endpoint', values: [endpoint] }];
  if (detailed === undefined) return args;
  return [...args, { origin: 'tracing.detailed', flag: '--collect-detailed-traces', values: [...new Set(detailed)] }];
}

/**
 * What the OpenTelemetry SDK reads. Kubernetes replaces `$(NAME)` only by variables that come before, and the pod has its
 * variables in the order of their names: K8S… before OTEL….
 */
function variables(name: string, protocol: OtlpProtocol, { sampling = 1, serviceName }: SpanOptions) {
  const sampler =
    sampling < 1
      ? [
          { name: 'OTEL_TRACES_SAMPLER', value: 'parentbased_traceidratio' },
          { name: 'OTEL_TRACES_SAMPLER_ARG', value: String(sampling) },
        ]
      : [];
  return [
    { name: 'K8S_NAMESPACE_NAME', field: 'metadata.namespace' },
    { name: 'K8S_POD_NAME', field: 'metadata.name' },
    { name: 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', value: protocol },
    {
      name: 'OTEL_RESOURCE_ATTRIBUTES',
      value: 'k8s.namespace.name=$(K8S_NAMESPACE_NAME),k8s.pod.name=$(K8S_POD_NAME)',
    },
    { name: 'OTEL_SERVICE_NAME', value: serviceName ?? name },
    ...sampler,
  ];
}

function detailFindings({ detailed }: SpanOptions): Finding[] {
  if (detailed === undefined) return [];
  const problem = `is ${detailed.join(', ')}: vLLM calls these spans costly and blocking`;
  return [notice('detailed-traces', 'tracing.detailed', problem, 'leave it out when you know what you wanted to know')];
}

function collectorFindings(options: CollectorTracingOptions): Finding[] {
  const { exportTo, protocol = OtlpProtocol.GRPC, headers = {}, sampling = 1, tailSampling } = options;
  const findings = endpointFindings(exportTo, 'tracing.exportTo', protocol);
  if (exportTo.startsWith('http:') && Object.keys(headers).length > 0) {
    const problem = 'goes to an address without TLS: everybody on the way can read the values';
    findings.push(warning('secret-in-clear', 'tracing.headers', problem, 'begin exportTo with https://'));
  }
  if (tailSampling !== undefined && sampling < 1) {
    const problem = `is ${sampling}: what the engine leaves out, the collector can no longer keep for being slow`;
    findings.push(warning('sampled-twice', 'tracing.sampling', problem, 'leave it out, or leave tailSampling out'));
  }
  return findings;
}
