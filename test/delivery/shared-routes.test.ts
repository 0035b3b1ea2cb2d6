import { Chart, Testing } from 'cdk8s';
import type { ModelRoute, ModelRoutesProps } from '../../lib';
import {
  Accelerator,
  CanaryRouter,
  Delivery,
  GpuModel,
  Model,
  ModelRoutes,
  Objective,
  RouteTarget,
  VllmInferenceStack,
} from '../../lib';
import { existing, linesOf, printedBy, refusal } from '../support/routing';

const delivery = Delivery.canary({
  router: CanaryRouter.gatewayApi({ httpRoutes: ['llm', 'llm-b'], namespace: 'edge' }),
});

/** Stacks of several namespaces, and routes in another one. */
class Namespaces {
  private readonly app = Testing.app();

  public stack(name: string, namespace: string, hasCanary = true): RouteTarget {
    const chart = new Chart(this.app, `${namespace}-${name}`, { namespace });
    const stack = new VllmInferenceStack(chart, name, {
      name,
      model: Model.of('Qwen/Qwen3-8B'),
      accelerator: Accelerator.gpu(GpuModel.L40S),
      network: { clientNamespaces: ['gateways'] },
      objectives: [Objective.errorRate({ below: 0.01 })],
      ...(hasCanary && { delivery }),
    });
    return RouteTarget.stack(stack);
  }

  public routes(routes: ModelRoute[], props: Partial<ModelRoutesProps> = {}): string[] {
    const chart = new Chart(this.app, 'routes', { namespace: 'edge' });
    const hostnames = ['llm.example.com'];
    const construct = new ModelRoutes(chart, 'Routes', {
      name: 'llm',
      gateway: existing(),
      hostnames,
      routes,
      ...props,
    });
    return linesOf(construct).filter((line) => line.startsWith('canary-'));
  }
}

/** The lines of the findings about canaries. */
function linesWith(program: (made: Namespaces) => string[]): string[] {
  let lines: string[] = [];
  printedBy(() => (lines = program(new Namespaces())));
  return lines;
}

const refusedWith = (program: (made: Namespaces) => unknown): string => refusal(() => program(new Namespaces()));

describe('one HTTPRoute with a canary', () => {
  it('may have other stacks of other names', () => {
    const lines = linesWith((made) =>
      made.routes([{ tier: 'gold', to: [made.stack('a', 'one')] }, { to: [made.stack('b', 'two', false)] }]),
    );
    expect(lines).toEqual([]);
  });

  it('may have it in several routes', () => {
    const lines = linesWith((made) => {
      const a = made.stack('a', 'one');
      return made.routes([{ tier: 'gold', to: [a] }, { to: [a] }]);
    });
    expect(lines).toEqual([]);
  });

  it('refuses a stack of the same name in another namespace, whose weights the Rollout would set too', () => {
    const message = refusedWith((made) =>
      made.routes([{ tier: 'gold', to: [made.stack('a', 'one')] }, { to: [made.stack('a', 'two', false)] }]),
    );
    expect(message).toContain(
      'routes[1].to[0]: is VllmInferenceStack "two-a/a", and the Rollout "a" of VllmInferenceStack "one-a/a" sets the weight of each backend of the name "a-svc" in their HTTPRoute; put one of them into a second ModelRoutes with other hostnames, or rename it [canary-same-service]',
    );
  });

  it('refuses two canaries of one name once', () => {
    const message = refusedWith((made) =>
      made.routes([{ tier: 'gold', to: [made.stack('a', 'one')] }, { to: [made.stack('a', 'two')] }]),
    );
    expect(message.match(/\[canary-same-service\]/g)).toHaveLength(1);
  });

  it.each(['a-svc', 'a-canary'])('refuses a Service "%s" that is not of this program', (name) => {
    const foreign = RouteTarget.service({ name, port: 8000, namespace: 'three', granted: true });
    const message = refusedWith((made) =>
      made.routes([{ paths: ['/v1/embeddings'], to: [foreign] }, { to: [made.stack('a', 'one')] }]),
    );
    expect(message).toMatch(/routes\[0\]\.to\[0\]: is the Service .* \[canary-same-service\]/);
  });

  it('may have a Service of another name', () => {
    const foreign = RouteTarget.service({ name: 'a', port: 8000 });
    const lines = linesWith((made) =>
      made.routes([{ paths: ['/v1/embeddings'], to: [foreign] }, { to: [made.stack('a', 'one')] }]),
    );
    expect(lines).toEqual([]);
  });
});

describe('two HTTPRoutes', () => {
  const hosts = ['b.example.com'];

  it('may have stacks of one name', () => {
    const lines = linesWith((made) =>
      made.routes([{ to: [made.stack('a', 'one')] }, { hostnames: hosts, to: [made.stack('a', 'two', false)] }]),
    );
    expect(lines).toEqual([]);
  });

  it('may have a canary each', () => {
    const lines = linesWith((made) => {
      const [a, b] = [made.stack('a', 'one'), made.stack('b', 'two')];
      return made.routes([{ to: [a] }, { pathPrefix: '/b', to: [b] }]);
    });
    expect(lines).toEqual([]);
  });
});

describe('two canaries in one HTTPRoute', () => {
  it('are accepted, since the plugin repeats an update that meets another', () => {
    const lines = linesWith((made) =>
      made.routes([{ tier: 'gold', to: [made.stack('a', 'one')] }, { to: [made.stack('b', 'two')] }]),
    );
    expect(lines).toEqual([]);
  });
});
