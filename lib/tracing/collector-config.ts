import { TRACING } from '../defaults';
import { endpointOf, OTLP_PORT } from './endpoint';
import type { CollectorTracingOptions, TailSampling } from './tracing-options';
import { OtlpProtocol } from './tracing-options';

/** What the exporter needs besides the options. */
export interface ExporterInput {
  /** Variables with the values of the headers, by header. */
  readonly headers: Readonly<Record<string, string>>;
  readonly caFile: string | undefined;
}

/** The address of the pod, IPv4 or IPv6: the collector's own default is localhost. */
const here = (port: number): string => `[\${env:POD_IP}]:${port}`;

const percent = (share: number): number => Number((share * 100).toPrecision(6));

/**
 * The configuration of a collector: OTLP in, OTLP out. The memory limiter is the first processor. Batching is the last,
 * after tail sampling. An empty map is written as `{}`, because the operator drops null.
 */
export function collectorConfig(options: CollectorTracingOptions, input: ExporterInput) {
  const { tailSampling } = options;
  const [exporter, settings] = exporterOf(options, input);
  return {
    extensions: { health_check: { endpoint: here(TRACING.healthPort) } },
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: here(OTLP_PORT[OtlpProtocol.GRPC]) },
          http: { endpoint: here(OTLP_PORT[OtlpProtocol.HTTP]) },
        },
      },
    },
    processors: {
      memory_limiter: {
        check_interval: '1s',
        limit_percentage: percent(TRACING.memoryShare),
        spike_limit_percentage: percent(TRACING.spikeShare),
      },
      ...(tailSampling && { tail_sampling: tailSamplingOf(tailSampling) }),
      batch: {},
    },
    exporters: { [exporter]: settings },
    service: {
      extensions: ['health_check'],
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: ['memory_limiter', ...(tailSampling ? ['tail_sampling'] : []), 'batch'],
          exporters: [exporter],
        },
      },
    },
  };
}

function exporterOf(options: CollectorTracingOptions, { headers, caFile }: ExporterInput): [string, object] {
  const { exportTo, protocol = OtlpProtocol.GRPC } = options;
  const { url, tls, authority } = endpointOf(exportTo);
  const settings = {
    tls: { insecure: !tls, ...(caFile === undefined ? {} : { ca_file: caFile }) },
    ...(Object.keys(headers).length > 0 && {
      headers: Object.fromEntries(Object.entries(headers).map(([name, variable]) => [name, `\${env:${variable}}`])),
    }),
  };
  return protocol === OtlpProtocol.GRPC
    ? ['otlp_grpc', { endpoint: authority, ...settings }]
    : ['otlp_http', { traces_endpoint: url, ...settings }];
}

/** Policies of the tail sampling processor; it keeps a trace that meets one of them. */
function tailSamplingOf({ slowerThan, firstTokenSlowerThan, share = TRACING.tailShare }: TailSampling) {
  const policies: object[] = [];
  if (slowerThan) {
    policies.push({ name: 'slow', type: 'latency', latency: { threshold_ms: slowerThan.toMilliseconds() } });
  }
  if (firstTokenSlowerThan) {
    // A condition, because the policy for numbers accepts only integers, and vLLM writes fractions of a second.
    const late = `attributes["gen_ai.latency.time_to_first_token"] > ${firstTokenSlowerThan.toMilliseconds() / 1000}`;
    policies.push({ name: 'late-first-token', type: 'ottl_condition', ottl_condition: condition(late) });
  }
  policies.push({ name: 'share', type: 'probabilistic', probabilistic: { sampling_percentage: percent(share) } });
  return { decision_wait: `${TRACING.decisionWait}s`, policies };
}

const condition = (span: string) => ({ error_mode: 'ignore', span: [span] });
