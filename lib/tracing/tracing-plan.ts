import type { OwnArgument } from '../engine/command-line/arguments';
import type { EnvironmentVariable } from '../engine/environment';
import type { TracingEngine } from '../rules/tracing-packages';
import type { CollectorPlan } from './collector-plan';
import { planCollector } from './collector-plan';
import type { Tracing } from './tracing';
import type { TracingInput } from './tracing-input';
import type { CollectorTracingOptions, SpanOptions } from './tracing-options';
import { OtlpProtocol } from './tracing-options';

/** What tracing adds to a stack. */
export interface TracingPlan {
  /** Arguments for the engine, as in `PlanOptions.args`. */
  readonly args: readonly OwnArgument[];
  /** Variables for the engine, as in `PlanOptions.environment`; `env` of the stack wins over them. */
  readonly environment: readonly EnvironmentVariable[];
  /** Undefined when the stack sends to an existing collector. */
  readonly collector: CollectorPlan | undefined;
  /** What the findings need besides the decisions. */
  readonly context: TracingContext;
}

/** What the findings about tracing need besides the decisions. */
export interface TracingContext {
  readonly engine: TracingEngine;
  readonly protocol: OtlpProtocol;
  /** Where the engine sends its spans, when the user set it. */
  readonly endpoint: string | undefined;
  /** Details in the spans of the engine. */
  readonly detailed: readonly string[] | undefined;
  /** Options of the stack's own collector. */
  readonly exporting:
    | {
        readonly exportTo: string;
        readonly protocol: OtlpProtocol;
        readonly hasHeaders: boolean;
        readonly sampling: number;
        readonly samplesTail: boolean;
      }
    | undefined;
}

/** Decides how a stack is traced. Expects options of the right shape. */
export function planTracing(tracing: Tracing, input: TracingInput): TracingPlan {
  const { name, version } = input;
  const engine = { release: version._release, versionIsChecked: version.isChecked, image: version.image };
  const { otlpOptions, collectorOptions } = tracing;
  const collector = collectorOptions && planCollector(collectorOptions, name, input);
  const protocol = otlpOptions?.protocol ?? OtlpProtocol.GRPC;
  const endpoint = collector?.endpoint ?? otlpOptions?.endpoint ?? '';
  const spans: SpanOptions = otlpOptions ?? collectorOptions ?? {};
  return {
    args: traceArguments(endpoint, spans),
    environment: variables(name, protocol, spans),
    collector,
    context: {
      engine,
      protocol,
      endpoint: otlpOptions && endpoint,
      detailed: spans.detailed,
      exporting: collectorOptions && exporting(collectorOptions),
    },
  };
}

function traceArguments(endpoint: string, { detailed }: SpanOptions): OwnArgument[] {
  const args: OwnArgument[] = [{ origin: 'tracing', flag: '--otlp-traces-endpoint', values: [endpoint] }];
  if (detailed === undefined) return args;
  return [...args, { origin: 'tracing.detailed', flag: '--collect-detailed-traces', values: [...new Set(detailed)] }];
}

/**
 * Variables that the OpenTelemetry SDK reads. Kubernetes expands `$(NAME)` only for variables defined earlier, and the
 * pod has its variables in the order of their names: K8S… before OTEL….
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

const exporting = ({ exportTo, protocol, headers, sampling, tailSampling }: CollectorTracingOptions) => ({
  exportTo,
  protocol: protocol ?? OtlpProtocol.GRPC,
  hasHeaders: Object.keys(headers ?? {}).length > 0,
  sampling: sampling ?? 1,
  samplesTail: tailSampling !== undefined,
});
