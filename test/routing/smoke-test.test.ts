import type { GatewayTls, ModelRoutesProps } from '../../lib';
import { GatewayImplementation, HttpMethod, Model, ModelGateway, PromptLength, SecretKey, SmokeTest } from '../../lib';
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

const EMBED = { model: Model.of('BAAI/bge-m3', { servedNames: ['embed'] }) };

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
