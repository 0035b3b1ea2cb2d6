import { arrivals } from '../../lib/plan/gateway-rates';
import { AT_ENVOY_GATEWAY, AT_ISTIO } from '../support/gateways';
import { watchedWith } from '../support/watched';
import { ARRIVALS_AT_ENVOY, ARRIVALS_AT_ISTIO, GATEWAY_SCENARIOS } from './gateway';
import type { Case } from './promtool';
import { element, expectHolds, testQueries } from './promtool';
import type { Query, Stack } from './queries';
import { signalQueries, STACKS } from './queries';
import { SCENARIOS, type Values } from './scenarios';
import { podSeries } from './series';

interface Group {
  readonly signal: string;
  readonly cases: readonly (Case & { readonly title: string })[];
}

function groupOf([signal, query]: Query, { vllm, toZero, kvMetric }: Stack): Group {
  const named = (title: string) => ({ title, query, name: `${vllm} ${toZero}: ${signal}: ${title}` });
  if (signal === 'gateway-requests') {
    const cases = GATEWAY_SCENARIOS.map(({ title, series, expected }) => ({
      ...named(title),
      series,
      samples: element(expected),
    }));
    return { signal, cases };
  }
  const cases = SCENARIOS.map((scenario) => {
    const { title, pods, states, expected } = scenario;
    const values = (toZero && scenario.toZero) || expected;
    const series = [...pods.flatMap((pod) => podSeries(pod, kvMetric)), ...states];
    return { ...named(title), series, samples: element(values[signal as keyof Values]) };
  });
  return { signal, cases };
}

const stacks = STACKS.map((stack) => ({
  name: `vLLM ${stack.vllm}, ${stack.toZero ? 'to zero' : 'never to zero'}`,
  groups: signalQueries(stack)
    .filter(([signal]) => signal !== 'quoted')
    .map((query) => groupOf(query, stack)),
}));

const gateways = [
  ['Envoy Gateway', AT_ENVOY_GATEWAY, ARRIVALS_AT_ENVOY] as const,
  ['Istio', AT_ISTIO, ARRIVALS_AT_ISTIO] as const,
].map(([name, gateway, scenarios]) => {
  const query = arrivals(gateway, watchedWith(), '1m');
  const cases = scenarios.map(({ title, series, expected }) => ({
    title,
    name: `${name}: ${title}`,
    query,
    series,
    samples: element(expected),
  }));
  return { name, cases };
});

let verdicts: ReadonlyMap<string, string>;

beforeAll(() => {
  const atGateways = gateways.flatMap(({ cases }) => cases);
  verdicts = testQueries([...stacks.flatMap(({ groups }) => groups.flatMap(({ cases }) => cases)), ...atGateways]);
});

describe.each(stacks)('$name', ({ groups }) => {
  test('has every signal', () => {
    const engine = Object.keys(SCENARIOS[0]?.expected ?? {});
    expect(groups.map(({ signal }) => signal)).toEqual([...engine, 'gateway-requests']);
  });

  describe.each(groups)('$signal', ({ cases }) => {
    test.each(cases)('$title', ({ name }) => {
      expectHolds(verdicts.get(name));
    });
  });
});

describe.each(gateways)('requests at $name', ({ cases }) => {
  test.each(cases)('$title', ({ name }) => {
    expectHolds(verdicts.get(name));
  });
});
