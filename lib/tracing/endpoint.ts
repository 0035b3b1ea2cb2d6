import type { Finding } from '../preflight/finding';
import { error, warning } from '../preflight/finding';
import { OtlpProtocol } from './tracing-options';
import { MAX_PORT } from '../units/port';

/** Path for OTLP over HTTP. */
const HTTP_PATH = '/v1/traces';

/** The usual ports of a collector's receivers. */
export const OTLP_PORT = { [OtlpProtocol.GRPC]: 4317, [OtlpProtocol.HTTP]: 4318 } as const;

/** The parts of an address that matter here. */
export interface Endpoint {
  readonly url: string;
  readonly tls: boolean;
  /** Host and port. */
  readonly authority: string;
}

const PATTERN = /^(https?):\/\/([A-Za-z0-9.-]+|\[[0-9a-fA-F:.]+\])(?::(\d{1,5}))?(\/[A-Za-z0-9._~/-]*)?$/;

/** The parts of an address that `endpointFindings` accepts. */
export function endpointOf(url: string): Endpoint {
  const [, scheme, host = '', port] = PATTERN.exec(url) ?? [];
  const tls = scheme === 'https';
  return { url, tls, authority: `${host}:${port ?? (tls ? '443' : '80')}` };
}

/** Problems of an address to which spans are sent. */
export function endpointFindings(url: unknown, subject: string, protocol: OtlpProtocol): Finding[] {
  if (typeof url === 'string' && /[@?#]/.test(url)) {
    const problem = 'contains a user name, a password or a query, so it is not printed';
    const fix = 'remove it: headers of a collector come from Secrets (Tracing.collector)';
    return [error('wrong-value', subject, problem, fix)];
  }
  const [, scheme, host, port, path] = (typeof url === 'string' && PATTERN.exec(url)) || [];
  if (host === undefined) {
    const problem = `is ${typeof url === 'string' ? JSON.stringify(url) : 'not a string'}`;
    const fix = 'use an address such as "http://otel-collector.observability:4317"';
    return [error('wrong-value', subject, problem, fix)];
  }
  const given = `is "${String(url)}"`;
  if (port !== undefined && !(Number(port) >= 1 && Number(port) <= MAX_PORT)) {
    return [error('wrong-value', subject, `${given}, and its port is ${port}`, `use a port from 1 to ${MAX_PORT}`)];
  }
  const origin = `${scheme}://${host}${port === undefined ? '' : `:${port}`}`;
  if (protocol === OtlpProtocol.GRPC) return grpcFindings(subject, { given, origin, scheme, port, path });
  const findings = portFindings(subject, given, port, protocol);
  if (path?.endsWith(HTTP_PATH)) return findings;
  const problem = `${given}: OTLP over HTTP needs the full path, ${HTTP_PATH}`;
  return [...findings, error('otlp-path', subject, problem, `use "${httpAddress(origin, path)}"`)];
}

interface Parts {
  readonly given: string;
  readonly origin: string;
  readonly scheme: string | undefined;
  readonly port: string | undefined;
  readonly path: string | undefined;
}

function grpcFindings(subject: string, { given, origin, scheme, port, path }: Parts): Finding[] {
  const findings = portFindings(subject, given, port, OtlpProtocol.GRPC);
  if (path !== undefined && path !== '/') {
    const problem = `${given}: gRPC has no path, and the exporter would drop it without an error`;
    findings.push(error('otlp-path', subject, problem, `use "${origin}", or OtlpProtocol.HTTP`));
  }
  if (port === undefined && scheme === 'http') {
    const problem = `${given}, without a port: gRPC would use port 443`;
    findings.push(error('otlp-port-missing', subject, problem, `use "${origin}:${OTLP_PORT[OtlpProtocol.GRPC]}"`));
  }
  return findings;
}

/** `http://otel:4318` and `http://otel:4318/otlp/` as OTLP over HTTP needs them. */
function httpAddress(origin: string, path = ''): string {
  const base = path.replace(/\/+$/, '').replace(/(\/v1(\/traces)?)$/, '');
  return `${origin}${base}${HTTP_PATH}`;
}

function portFindings(subject: string, given: string, port: string | undefined, protocol: OtlpProtocol): Finding[] {
  const other = protocol === OtlpProtocol.GRPC ? OtlpProtocol.HTTP : OtlpProtocol.GRPC;
  if (port !== String(OTLP_PORT[other])) return [];
  const problem = `${given}: port ${port} is the usual port of the other protocol, so every export would fail`;
  const fix = `use port ${OTLP_PORT[protocol]}, or OtlpProtocol.${other === OtlpProtocol.GRPC ? 'GRPC' : 'HTTP'}`;
  return [warning('otlp-port', subject, problem, fix)];
}
