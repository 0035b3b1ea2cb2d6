import { Testing, Chart } from 'cdk8s';
import type { ModelRoute } from '../../lib';
import { GatewayImplementation, HttpMethod, ModelGateway, ModelRoutes, PromptLength, RouteTarget } from '../../lib';
import { evaluate } from '../support/route-evaluator';
import type { Manifest } from '../support/stack';
import { RoutedApp } from '../support/routing';

/** Numbers that look random and are the same in every run (the generator of "mulberry32"). */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Conditions = Omit<ModelRoute, 'to'>;

const HOSTS = ['a.example.com', 'b.example.com', 'x.b.example.com'];
const HOSTNAMES = [...HOSTS, '*.b.example.com', '*.example.com'];
const PATHS = ['/v1/chat/completions', '/v1/completions', '/v1/models'];

interface Request {
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

function conditions(below: (n: number) => number): Conditions {
  const maybe = <T>(one: number, value: () => T): T | undefined => (below(one) === 0 ? value() : undefined);
  const pick = <T>(values: readonly T[]): T => values[below(values.length)] as T;
  return {
    tier: maybe(3, () => pick(['gold', 'silver'])),
    region: maybe(4, () => pick(['eu', 'us'])),
    promptLength: maybe(4, () => pick([PromptLength.SHORT, PromptLength.LONG])),
    contentLengthBelow: maybe(8, () => pick([1000, 100_000])),
    method: maybe(8, () => pick([HttpMethod.GET, HttpMethod.POST])),
    pathPrefix: maybe(6, () => pick(['/m', '/n'])),
    hostnames: maybe(3, () => [...new Set([pick(HOSTNAMES), pick(HOSTNAMES)])]),
    paths: below(2) === 0 ? PATHS : [pick(PATHS)],
  };
}

function request(below: (n: number) => number): Request {
  const pick = <T>(values: readonly T[]): T => values[below(values.length)] as T;
  const some = (name: string, values: readonly string[]): Record<string, string> =>
    below(2) === 0 ? { [name]: pick(values) } : {};
  return {
    host: pick(HOSTS),
    path: pick(['', '', '/m', '/n']) + pick(PATHS),
    method: pick(['GET', 'POST']),
    headers: {
      ...some('x-sla-tier', ['gold', 'silver', 'Gold']),
      ...some('x-region', ['eu', 'us']),
      ...some('x-prompt-class', ['short', 'long']),
      ...some('content-length', ['0', '999', '1000', '99999', '100000']),
    },
  };
}

const hostFits = (hostname: string, host: string): boolean =>
  hostname.startsWith('*.') ? host.endsWith(hostname.slice(1)) : hostname === host;

/** Whether a request fits a route, as a reader of the list understands it. */
function fits(route: Conditions, { host, path, method, headers }: Request): boolean {
  const {
    tier,
    region,
    promptLength,
    contentLengthBelow: limit,
    hostnames = ['*.example.com'],
    pathPrefix = '',
  } = route;
  const is = (name: string, value: string | undefined): boolean => value === undefined || headers[name] === value;
  const length = headers['content-length'];
  return (
    hostnames.some((name) => hostFits(name, host)) &&
    (route.paths ?? []).some((each) => path === pathPrefix + each) &&
    is('x-sla-tier', tier) &&
    is('x-region', region) &&
    is('x-prompt-class', promptLength) &&
    (limit === undefined || (length !== undefined && Number(length) < limit)) &&
    (route.method === undefined || route.method === method)
  );
}

const IMPLEMENTATION = GatewayImplementation.istio();

describe('a list of routes that is accepted', () => {
  const app = new RoutedApp();
  const stacks = ['s0', 's1', 's2', 's3'].map((name) => app.stack(name));
  const gateway = ModelGateway.managed({ name: 'public', implementation: IMPLEMENTATION, tls: { secretName: 'a' } });
  const services = app.manifests('Service');
  const below = generator(11);

  /** The manifests of a list, undefined if it is refused; and whether a hostname hides others, with a warning. */
  function accepted(list: readonly Conditions[], id: number): { manifests: Manifest[]; hides: boolean } | undefined {
    const chart = new Chart(Testing.app(), `c${id}`, { namespace: 'llm' });
    const routes = list.map((each, index) => {
      const stack = stacks[index];
      if (stack === undefined) throw new Error('more routes than stacks');
      return { ...each, to: [RouteTarget.stack(stack)] };
    });
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const made = new ModelRoutes(chart, 'R', { name: 'llm', gateway, hostnames: ['*.example.com'], routes });
      const hides = made.findings.some((finding) => finding.id === 'route-hostname-gap');
      return { manifests: [...services, ...(Testing.synth(chart) as Manifest[])], hides };
    } catch (error) {
      expect((error as Error).message).toMatch(/\[route-(order|tie|unreachable|name-clash)\]/);
      return undefined;
    } finally {
      write.mockRestore();
    }
  }

  test('means what a reader understands: the first route that fits receives the request', () => {
    let compared = 0;
    let lists = 0;
    for (let id = 0; id < 3000; id += 1) {
      const list = Array.from({ length: 2 + below(3) }, () => conditions(below));
      const made = accepted(list, id);
      if (made === undefined || made.hides) continue;
      lists += 1;
      for (let at = 0; at < 40; at += 1) {
        const asked = request(below);
        const first = list.findIndex((each) => fits(each, asked));
        const outcome = evaluate(made.manifests, asked);
        const reached = 'status' in outcome ? `${outcome.status}` : outcome.backend.name;
        // A list of models without conditions is answered even if no route fits.
        if (first < 0 && asked.path.endsWith('/v1/models')) continue;
        const expected = first < 0 ? '404' : `s${first}-svc`;
        expect({ list, asked, reached }).toEqual({ list, asked, reached: expected });
        compared += 1;
      }
    }
    // Otherwise the test compares too little to fail.
    expect(lists).toBeGreaterThan(300);
    expect(compared).toBeGreaterThan(10_000);
  });
});
