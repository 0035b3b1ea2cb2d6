import type { Finding } from '../preflight/finding';
import { error, throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import type { Shape } from '../shapes/shape';
import { duration, findingsOf, listOf, mapOf, matching, oneOf, shape } from '../shapes/shape';
import type { OptionalShapes } from '../shapes/struct';
import { structOf } from '../shapes/struct';
import { SECRET_KEY } from '../secrets/secret-key';
import { endpointFindings } from './endpoint';
import type { CollectorTracingOptions, OtlpTracingOptions, SpanOptions, TailSampling } from './tracing-options';
import { CollectorKind, OtlpProtocol, TraceDetail } from './tracing-options';

/** `endpointFindings` checks the text in detail. Neither prints a value that may be a secret. */
const address = shape<string>(
  'an address such as "http://otel-collector.observability:4317"',
  (value) => typeof value === 'string',
  () => 'not a string',
);

const share = (limit: string, fits: (value: number) => boolean): Shape<number> =>
  shape<number>(`a number above 0 and ${limit}`, (value) => typeof value === 'number' && value > 0 && fits(value));

const SPANS: OptionalShapes<SpanOptions> = {
  sampling: share('at most 1', (value) => value <= 1),
  serviceName: matching(/^[A-Za-z0-9][-A-Za-z0-9._/]*$/, 'letters, digits, "-", "_", "." and "/"'),
  detailed: listOf(oneOf(...Object.values(TraceDetail)), 1),
};

const PROTOCOL = oneOf(...Object.values(OtlpProtocol));

const OTLP = structOf<OtlpTracingOptions>({ endpoint: address }, { protocol: PROTOCOL, ...SPANS });

const COLLECTOR = structOf<CollectorTracingOptions>(
  { exportTo: address },
  {
    protocol: PROTOCOL,
    headers: mapOf(SECRET_KEY),
    ca: SECRET_KEY,
    kind: oneOf(...Object.values(CollectorKind)),
    tailSampling: structOf<TailSampling>(
      {},
      {
        slowerThan: duration('Duration.seconds(10)'),
        firstTokenSlowerThan: duration('Duration.millis(500)'),
        share: share('below 1', (value) => value < 1),
      },
    ),
    ...SPANS,
  },
);

/** Invalid header names, and names that differ only in case: HTTP ignores case. */
function headerFindings(headers: object = {}): Finding[] {
  const seen = new Set<string>();
  return Object.keys(headers).flatMap((name) => {
    const subject = `headers.${name}`;
    if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name)) {
      return [error('wrong-value', subject, 'is not a header name', 'use letters, digits and "-"')];
    }
    if (seen.has(name.toLowerCase())) {
      return [
        error('header-twice', subject, 'is set twice: case does not matter in header names', 'remove one of them'),
      ];
    }
    seen.add(name.toLowerCase());
    return [];
  });
}

/**
 * Where vLLM sends its traces: one span for each request, with the time of each phase.
 */
export class Tracing {
  /** To an existing collector. */
  public static otlp(options: OtlpTracingOptions): Tracing {
    throwOnErrors('Tracing.otlp', findingsOf(options, '', OTLP, ['endpoint']));
    const { endpoint, protocol = OtlpProtocol.GRPC } = options;
    throwOnErrors('Tracing.otlp', endpointFindings(endpoint, 'endpoint', protocol));
    return new Tracing(FACTORY, options, undefined);
  }

  /** To the stack's own collector, which the library emits. It forwards the spans to your backend. */
  public static collector(options: CollectorTracingOptions): Tracing {
    throwOnErrors('Tracing.collector', findingsOf(options, '', COLLECTOR, ['exportTo']));
    const { exportTo, protocol = OtlpProtocol.GRPC, headers, ca } = options;
    const findings = [...endpointFindings(exportTo, 'exportTo', protocol), ...headerFindings(headers)];
    if (ca !== undefined && exportTo.startsWith('http:')) {
      const problem = 'is set, but exportTo does not use TLS';
      findings.push(error('wrong-value', 'ca', problem, 'begin exportTo with https://, or remove ca'));
    }
    throwOnErrors('Tracing.collector', findings);
    return new Tracing(FACTORY, undefined, options);
  }

  private constructor(
    caller: typeof FACTORY,
    /** Options of an existing collector. */
    public readonly otlpOptions: OtlpTracingOptions | undefined,
    /** Options of the stack's own collector. */
    public readonly collectorOptions: CollectorTracingOptions | undefined,
  ) {
    brandMade(this, 'Tracing', caller);
  }
}
