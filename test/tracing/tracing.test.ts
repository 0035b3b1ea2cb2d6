import { Duration } from 'cdk8s';
import { CollectorKind, OtlpProtocol, SecretKey, TraceDetail, Tracing } from '../../lib';
import { messageOf } from '../support/scaling';
import { COLLECTOR } from './support';

const otlp = (more: object) => messageOf(() => Tracing.otlp({ endpoint: COLLECTOR, ...more }));
const collector = (more: object) => messageOf(() => Tracing.collector({ exportTo: 'https://tempo:4317', ...more }));
const HTTP = OtlpProtocol.HTTP;

describe('Tracing.otlp', () => {
  it.each<[what: string, endpoint: string, protocol: OtlpProtocol]>([
    ['a collector by gRPC', COLLECTOR, OtlpProtocol.GRPC],
    ['one with TLS, at its default port', 'https://otel.example.com', OtlpProtocol.GRPC],
    ['one by an IPv6 address', 'http://[fd00::1]:4317', OtlpProtocol.GRPC],
    ['one by HTTP', 'http://otel.observability:4318/v1/traces', HTTP],
    ['one by HTTP below a path', 'https://example.com/otlp/v1/traces', HTTP],
  ])('accepts %s', (_, endpoint, protocol) => {
    expect(Tracing.otlp({ endpoint, protocol }).otlpOptions?.endpoint).toBe(endpoint);
  });

  it.each<[what: string, endpoint: unknown, protocol: OtlpProtocol | undefined, said: string]>([
    [
      'an address by HTTP without its path, with the right one',
      'http://otel:4318',
      HTTP,
      'endpoint: is "http://otel:4318": OTLP over HTTP needs the full path, /v1/traces; use "http://otel:4318/v1/traces" [otlp-path]',
    ],
    ['one with half of its path', 'http://otel/otlp/v1/', HTTP, 'use "http://otel/otlp/v1/traces"'],
    ['one with a slash too many', 'http://otel:4318/v1/traces/', HTTP, 'use "http://otel:4318/v1/traces"'],
    [
      'a path with gRPC',
      'http://otel:4317/v1/traces',
      undefined,
      'endpoint: is "http://otel:4317/v1/traces": gRPC has no path, and the exporter would drop it without an error; use "http://otel:4317", or OtlpProtocol.HTTP [otlp-path]',
    ],
    [
      'gRPC without a port',
      'http://otel',
      undefined,
      'endpoint: is "http://otel", without a port: gRPC would use port 443; use "http://otel:4317" [otlp-port-missing]',
    ],
    ['an address without a scheme', 'otel:4317', undefined, 'endpoint: is "otel:4317"; use an address such as'],
    ['the port 0', 'http://otel:0', undefined, 'endpoint: is "http://otel:0", and its port is 0; use a port from 1'],
    ['a port that no host has', 'http://otel:65536', undefined, 'and its port is 65536; use a port from 1 to 65535'],
    ['what is no text', 4317, undefined, 'endpoint: is not a string'],
  ])('refuses %s', (_, endpoint, protocol, said) => {
    expect(otlp({ endpoint, protocol })).toContain(said);
  });

  it.each(['http://me:hunter2@otel:4317', 'http://otel:4317?token=hunter2', 'otel hunter2@'])(
    'refuses a secret in the address, and does not print it',
    (endpoint) => {
      const message = otlp({ endpoint });
      expect(message).toContain('endpoint: contains a user name, a password or a query, so it is not printed');
      expect(message).not.toContain('hunter2');
    },
  );

  it.each<[string, object]>([
    ['sampling', { sampling: 0 }],
    ['sampling', { sampling: 1.1 }],
    ['protocol', { protocol: 'http/json' }],
    ['serviceName', { serviceName: '$(HF_TOKEN)' }],
    ['detailed', { detailed: [] }],
    ['detailed[0]', { detailed: ['everything'] }],
    ['exportTo', { exportTo: COLLECTOR }],
  ])('refuses a wrong %s', (subject, options) => {
    expect(otlp(options)).toContain(`  - ${subject}: `);
  });

  it('needs an endpoint', () => {
    expect(messageOf(() => Tracing.otlp({} as never))).toContain('endpoint: is required and was not given');
  });
});

describe('Tracing.collector', () => {
  it('accepts every option', () => {
    const options = {
      exportTo: 'https://tempo.example.com/v1/traces',
      protocol: HTTP,
      headers: { Authorization: SecretKey.of('tempo', 'token') },
      ca: SecretKey.of('tempo', 'ca.crt'),
      kind: CollectorKind.OPERATOR,
      sampling: 1,
      detailed: [TraceDetail.MODEL],
      tailSampling: { slowerThan: Duration.seconds(10), share: 0.1 },
    };
    expect(Tracing.collector(options).collectorOptions).toBe(options);
  });

  it.each<[string, object]>([
    ['exportTo', { exportTo: 'tempo' }],
    ['kind', { kind: 'daemonset' }],
    ['headers.X Scope', { headers: { 'X Scope': SecretKey.of('a', 'b') } }],
    ['tailSampling.share', { tailSampling: { share: 1 } }],
    ['tailSampling.slowerThan', { tailSampling: { slowerThan: 10 } }],
  ])('refuses a wrong %s', (subject, options) => {
    expect(collector(options)).toContain(`  - ${subject}: `);
  });

  it('refuses a header as text, and does not print it', () => {
    const message = collector({ headers: { Authorization: 'Bearer hunter2' } });
    expect(message).toContain('headers.Authorization: is a string, which is not printed');
    expect(message).not.toContain('hunter2');
  });

  it('refuses headers that differ only in case', () => {
    const key = SecretKey.of('a', 'b');
    expect(collector({ headers: { 'X-Scope': key, 'x-scope': key } })).toContain(
      'headers.x-scope: is set twice: case does not matter in header names; remove one of them [header-twice]',
    );
  });

  it.each([null, 5, [], {}])('refuses %j instead of an address, also with ca', (exportTo) => {
    expect(collector({ exportTo, ca: SecretKey.of('a', 'b') })).toBe(
      'Tracing.collector has 1 problem:\n  - exportTo: is not a string; give an address such as "http://otel-collector.observability:4317" [wrong-value]',
    );
  });

  it('refuses ca without TLS', () => {
    expect(collector({ exportTo: 'http://tempo:4317', ca: SecretKey.of('a', 'b') })).toContain(
      'ca: is set, but exportTo does not use TLS',
    );
  });
});
