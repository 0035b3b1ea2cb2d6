import { Duration } from 'cdk8s';
import type { GatewayTls, ModelRoutesProps } from '../../lib';
import {
  FailureMode,
  GatewayImplementation,
  HttpMethod,
  InferencePool,
  Model,
  ModelGateway,
  PromptLength,
  RouteTarget,
  SecretKey,
  SmokeTest,
} from '../../lib';
import { RoutedApp, existing, linesOf, printedBy } from '../support/routing';

/** The lines of the script that name a route, a list or a question. */
function stepsOf(app: RoutedApp): string[] {
  const [job] = app.manifests('Job');
  const script = job.spec.template.spec.containers[0].command[2] as string;
  return script.split('\n').filter((line) => /^(target|models|stream|embed) '?[^ ]/.test(line));
}

const steps = (make: (app: RoutedApp) => Partial<ModelRoutesProps>): string[] => {
  const app = new RoutedApp();
  printedBy(() => app.routes({ smokeTest: SmokeTest.job(), ...make(app) }));
  return stepsOf(app).map((line) => line.replace(/ '\{.*/, ''));
};

const EMBED = { model: Model.of('BAAI/bge-m3', { servedNames: ['embed'] }), engine: {} };

const jobWith = (more: (app: RoutedApp) => Partial<ModelRoutesProps>, stack: object = {}): string => {
  const app = new RoutedApp();
  printedBy(() => app.routes({ smokeTest: SmokeTest.job(), routes: [{ to: [app.to('chat', stack)] }], ...more(app) }));
  const [job] = app.manifests('Job');
  return job.metadata.name as string;
};

describe('the Job of the smoke test', () => {
  test('is the same for the same routes', () => expect(jobWith(() => ({}))).toBe(jobWith(() => ({}))));

  test.each<[title: string, more: (app: RoutedApp) => Partial<ModelRoutesProps>, stack: object]>([
    ['limit of streams', () => ({ requestTimeout: Duration.hours(2) }), {}],
    ['gateway', () => ({ gateway: existing(GatewayImplementation.istio()) }), {}],
    ['list of paths', (app) => ({ routes: [{ paths: ['/v1/models', '/v1/completions'], to: [app.to('b')] }] }), {}],
    ['argument of an engine', () => ({}), { engine: { maxModelLen: 8192 } }],
  ])('is another one for another %s', (_, more, stack) => {
    expect(jobWith(more, stack)).not.toBe(jobWith(() => ({})));
  });

  test('is another one for other weights of a picker', () => {
    const jobOf = (queue: number): string => {
      const app = new RoutedApp();
      const stack = app.stack('chat', { inferencePool: { pool: 'chat' } });
      printedBy(() => {
        const pool = new InferencePool(app.chart, 'Pool', {
          stacks: [stack],
          failureMode: FailureMode.FAIL_OPEN,
          picker: { weights: { queue } },
        });
        const gateway = existing(GatewayImplementation.istio());
        app.routes({ gateway, smokeTest: SmokeTest.job(), routes: [{ to: [RouteTarget.pool(pool)] }] });
      });
      const [job] = app.manifests('Job');
      return job.metadata.name as string;
    };
    expect(jobOf(1)).toBe(jobOf(1));
    expect(jobOf(1)).not.toBe(jobOf(5));
  });
});

describe('the smoke test of routes', () => {
  test('asks each route with its conditions and its key', () => {
    const lines = steps((app) => ({
      routes: [
        { promptLength: PromptLength.SHORT, to: [app.to('short')] },
        { to: [app.to('long', { apiKey: SecretKey.of('other', 'key') })] },
      ],
    }));
    expect(lines).toEqual([
      `target 'routes[0]' 'https://llm.example.com/v1' "$API_KEY_1" 'x-prompt-class: short'`,
      `models 'Qwen/Qwen3-8B'`,
      'stream /completions',
      `target 'routes[1]' 'https://llm.example.com/v1' "$API_KEY_2"`,
      `models 'Qwen/Qwen3-8B'`,
      'stream /completions',
    ]);
  });

  test('does not ask a route for a list that an earlier one answers', () => {
    const lines = steps((app) => ({ routes: [{ to: [app.to('chat')] }, { to: [app.to('embed', EMBED)] }] }));
    expect(lines.slice(2)).toEqual([
      'stream /completions',
      `target 'routes[1]' 'https://llm.example.com/v1' "$API_KEY_1"`,
      'embed',
    ]);
  });

  test('asks behind a prefix and at a hostname of the route', () => {
    const lines = steps((app) => ({
      routes: [
        { pathPrefix: '/chat', to: [app.to('a')] },
        { hostnames: ['b.example.com'], to: [app.to('b')] },
      ],
    }));
    expect(lines[0]).toContain(`'https://llm.example.com/chat/v1'`);
    expect(lines[3]).toContain(`'https://b.example.com/v1'`);
  });

  test.each<[string, object, string]>([
    ['without TLS at a Gateway of its own without a certificate', {}, 'http://llm.example.com/v1'],
    ['with TLS at one that has a certificate', { tls: { secretName: 'cert' } }, 'https://llm.example.com/v1'],
  ])('asks %s', (_, tls, url) => {
    const gateway = ModelGateway.managed({ name: 'models', implementation: GatewayImplementation.istio(), ...tls });
    expect(steps((app) => ({ gateway, routes: [{ to: [app.to('a')] }] }))[0]).toContain(`'${url}'`);
  });

  test('asks no list of a route by size, since the request has no body', () => {
    const lines = steps((app) => ({
      routes: [{ contentLengthBelow: 1000, to: [app.to('a')] }, { to: [app.to('b')] }],
    }));
    expect(lines[1]).toBe('stream /completions');
  });

  test.each<[scheme: string, tls: GatewayTls | undefined]>([
    ['http', undefined],
    ['https', { secretName: 'cert' }],
  ])('asks a Gateway that is emitted by %s', (scheme, tls) => {
    const gateway = ModelGateway.managed({ name: 'models', implementation: GatewayImplementation.istio(), tls });
    const [target] = steps((app) => ({ gateway, routes: [{ to: [app.to('a')] }] }));
    expect(target).toContain(` '${scheme}://llm.example.com/v1' `);
  });

  test('reports no key in the namespace of the routes', () => {
    const app = new RoutedApp();
    const routes = app.routes({ smokeTest: SmokeTest.job(), routes: [{ to: [app.to('a')] }] });
    expect(linesOf(routes).join()).not.toContain('smoke-test-key-elsewhere');
  });

  test('asks a chat where no completion is exposed', () => {
    const lines = steps((app) => ({ routes: [{ paths: ['/v1/chat/completions'], to: [app.to('a')] }] }));
    expect(lines.slice(1)).toEqual(['stream /chat/completions']);
  });

  test('reports a route that it does not ask, and a key in another namespace', () => {
    const app = new RoutedApp();
    let lines: string[] = [];
    printedBy(() => {
      const routes = app.routes({
        gateway: existing(GatewayImplementation.istio()),
        smokeTest: SmokeTest.job(),
        routes: [
          { method: HttpMethod.POST, to: [app.to('a')] },
          { hostnames: ['b.example.com'], to: [app.to('b', { namespace: 'search' })] },
        ],
      });
      lines = linesOf(routes).filter((line) => line.startsWith('smoke-test'));
    });
    expect(lines).toEqual([
      expect.stringContaining('smoke-test-skips smokeTest: does not ask routes[0]'),
      expect.stringContaining('in the Secret "clients" of the namespace "search"; create it in "llm" too'),
    ]);
  });
});

describe('the url of a smoke test', () => {
  const printed = (url: string, hostnames?: string[]): string => {
    const app = new RoutedApp();
    const routes = [{ to: [app.to('qwen')] }];
    return printedBy(() => app.routes({ smokeTest: SmokeTest.job({ url }), hostnames, routes }));
  };

  test('warns about a host that no hostname of the routes has', () => {
    expect(printed('http://gateway.gateways.svc:8080', ['llm.example.com'])).toContain(
      'smokeTest: has the host "gateway.gateways.svc" in url, which is no hostname of routes[0]: the gateway answers 404; set connectTo',
    );
  });

  test.each<[title: string, url: string, hostnames: string[] | undefined]>([
    ['the hostname', 'https://llm.example.com:8443', ['llm.example.com']],
    ['a host below a wildcard', 'https://a.example.com', ['*.example.com']],
    ['any host of routes without hostnames', 'http://gateway.gateways.svc:8080', undefined],
  ])('may have %s', (_, url, hostnames) => {
    expect(printed(url, hostnames)).toBe('');
  });
});
