import { Duration } from 'cdk8s';
import { SecretKey, SmokeTest, type SmokeTestOptions } from '../../lib';
import { smokeTestFindings } from '../../lib/smoke-test/smoke-test-findings';
import { smokePlanWith, targetWith } from '../support/smoke-test';

const CA = SecretKey.of('gateway-ca', 'ca.crt');

describe('SmokeTest', () => {
  test.each<SmokeTestOptions>([
    {},
    { url: 'http://10.0.0.10:8080' },
    { url: 'https://[fd00::10]:8443', ca: CA },
    { connectTo: 'gateway.gateways.svc:443' },
    { connectTo: '[fd00::10]:443', ca: CA },
    { image: 'curlimages/curl:8.21.0' },
    { image: 'registry.example.com:5000/team/curl:8.21.0' },
    { image: `quay.io/curl/curl@sha256:${'a'.repeat(64)}` },
    { timeout: Duration.seconds(10) },
    { timeout: Duration.days(1) },
  ])('accepts %j', (options) => {
    expect(SmokeTest.job(options).options).toEqual(options);
    expect(SmokeTest.argoCdHook(options).options).toEqual(options);
    expect(SmokeTest.flux(options).options).toEqual(options);
  });

  test.each<[string, SmokeTestOptions, string]>([
    ['a url with a path', { url: 'http://gateway/v1' }, 'url: is "http://gateway/v1"; give scheme, host and port'],
    ['a url without a scheme', { url: 'gateway:8080' }, 'url: is "gateway:8080"; give scheme, host and port'],
    ['a url with a user', { url: 'http://me:pw@gateway' }, 'give scheme, host and port without a path'],
    ['a port above 65535', { url: 'http://a:99999' }, 'url: is "http://a:99999"; give scheme, host and port'],
    ['a host that is no address', { url: 'http://1.2.3.4.5' }, 'url: is "http://1.2.3.4.5"; give scheme'],
    ['a port to connect to above 65535', { connectTo: 'a:65536' }, 'connectTo: is "a:65536"; give host and port'],
    ['an address without a port', { connectTo: 'gateway' }, 'connectTo: is "gateway"; give host and port'],
    ['an address with a scheme', { connectTo: 'http://a:80' }, 'connectTo: is "http://a:80"; give host and port'],
    ['an image without a tag', { image: 'curlimages/curl' }, 'image: is "curlimages/curl"; give an image with a tag'],
    ['a registry port in place of a tag', { image: 'localhost:5000/curl' }, 'give an image with a tag other than'],
    ['the tag latest', { image: 'curlimages/curl:latest' }, 'give an image with a tag other than "latest"'],
    ['a short timeout', { timeout: Duration.seconds(9) }, 'timeout: is 9 s; give a Duration of whole seconds'],
    ['a part of a second', { timeout: Duration.millis(10_500) }, 'timeout: is 10.5 s; give a Duration of whole'],
    ['an unknown property', { uri: 'http://a' } as SmokeTestOptions, 'uri: unknown property'],
    ['a key as text', { ca: 'PEM' as unknown as SecretKey }, 'ca: is '],
    ['a certificate without TLS', { url: 'http://a', ca: CA }, 'ca: is set, but url is "http://a", without TLS'],
  ])('refuses %s', (_, options, message) => {
    expect(() => SmokeTest.job(options)).toThrow(message);
    expect(() => SmokeTest.argoCdHook(options)).toThrow(message);
    expect(() => SmokeTest.flux(options)).toThrow(message);
  });
});

describe('the plan of a smoke test', () => {
  test('is data', () => {
    const apiKey = { secretName: 'clients', key: 'key' };
    const plan = smokePlanWith(SmokeTest.flux({ ca: CA, timeout: Duration.minutes(1) }), {
      targets: [targetWith({ apiKey })],
    });
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  test('asks the host of the route under its path', () => {
    const { targets } = smokePlanWith(SmokeTest.job(), { targets: [targetWith({ path: '/llama/v1' })] });
    expect(targets.map(({ url }) => url)).toEqual(['https://api.example.com/llama/v1']);
  });

  test('asks the url of the user under the path of the route', () => {
    const { targets } = smokePlanWith(SmokeTest.job({ url: 'http://gateway:8080' }), {
      targets: [targetWith({ path: '/llama/v1' }), targetWith({ origin: undefined })],
    });
    expect(targets.map(({ url }) => url)).toEqual(['http://gateway:8080/llama/v1', 'http://gateway:8080/v1']);
  });

  test('has one variable for each Secret', () => {
    const one = { secretName: 'one', key: 'key' };
    const other = { secretName: 'one', key: 'other' };
    const routes = [one, undefined, other, { ...one }].map((apiKey) => targetWith({ apiKey }));
    const { keys, targets } = smokePlanWith(SmokeTest.job(), { targets: routes });
    expect(keys).toEqual([
      { variable: 'API_KEY_1', secret: one },
      { variable: 'API_KEY_2', secret: other },
    ]);
    expect(targets.map(({ keyVariable }) => keyVariable)).toEqual(['API_KEY_1', undefined, 'API_KEY_2', 'API_KEY_1']);
  });

  test('waits for a first start by default', () => {
    expect(smokePlanWith().times.total).toBe(20 * 60);
  });

  test.each([SmokeTest.job(), SmokeTest.job({ timeout: Duration.minutes(1) })])(
    'lets the script report its own timeout before the deadline of the Job',
    (smokeTest) => {
      const { times, activeDeadline } = smokePlanWith(smokeTest);
      expect(activeDeadline).toBeGreaterThan(times.total + times.request);
    },
  );

  test('never has the labels by which a Service selects a stack', () => {
    const { labels } = smokePlanWith(SmokeTest.job(), {
      labels: { app: 'models', 'app.kubernetes.io/name': 'vllm', 'app.kubernetes.io/instance': 'models', team: 'ml' },
    });
    expect(labels).toEqual({
      app: 'models-smoke-test',
      'app.kubernetes.io/name': 'smoke-test',
      'app.kubernetes.io/instance': 'models-smoke-test',
      'app.kubernetes.io/component': 'smoke-test',
      team: 'ml',
    });
  });
});

describe('the findings of a smoke test', () => {
  const findings = (smokeTest: SmokeTest, subject: Parameters<typeof smokePlanWith>[1]) =>
    smokeTestFindings(smokePlanWith(smokeTest, subject), 'smokeTest');

  test('are none for a route with a hostname', () => {
    expect(findings(SmokeTest.job(), {})).toEqual([]);
  });

  const unknown = [targetWith(), targetWith({ name: 'qwen', origin: undefined })];

  test('fails for a route without a hostname', () => {
    expect(findings(SmokeTest.job(), { targets: unknown })).toEqual([
      {
        id: 'smoke-test-url-missing',
        severity: 'error',
        subject: 'smokeTest',
        problem: 'has no url, and no hostname without "*" is known for qwen',
        fix: 'set url in the options of the SmokeTest to a host that the route answers, for example "https://llm.example.com"',
      },
    ]);
  });

  test('are none for a route without a hostname if url is set', () => {
    expect(findings(SmokeTest.job({ url: 'http://gateway' }), { targets: unknown })).toEqual([]);
  });

  test.each([
    ['a Job', SmokeTest.job(), 43],
    ['a hook', SmokeTest.argoCdHook(), 52],
    ['a Job of Flux', SmokeTest.flux(), 52],
  ])('fails for %s whose name is too long', (_, smokeTest, longest) => {
    expect(findings(smokeTest, { name: 'a'.repeat(longest) })).toEqual([]);
    expect(findings(smokeTest, { name: 'a'.repeat(longest + 2) })).toMatchObject([
      {
        id: 'smoke-test-name-too-long',
        subject: 'name',
        fix: 'use a name with 2 characters fewer, or remove smokeTest',
      },
    ]);
  });
});
