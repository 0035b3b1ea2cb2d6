import type { RoutedRequest } from '../support/route-evaluator';
import { send } from './client';
import type { Echo } from './pods';
import type { Scenario } from './scenario';
import { endpointOf } from './scenario';
import { SCENARIOS } from './scenarios';
import { tiersScenario } from './scenarios/examples';
import { trafficScenario } from './scenarios/traffic';
import { servicesByAddress } from './services';

const REQUESTS = 2_000;
const CONCURRENCY = 16;

/** The share of each Service of many equal requests. */
async function shares(scenario: Scenario, request: RoutedRequest): Promise<Record<string, number>> {
  const services = servicesByAddress();
  const endpoint = endpointOf(SCENARIOS, scenario);
  const counts: Record<string, number> = {};
  let left = REQUESTS;
  const client = async () => {
    while (left-- > 0) {
      const { body } = await send(endpoint, request);
      const [service = 'none'] = services.get((JSON.parse(body) as Echo).address) ?? [];
      counts[service] = (counts[service] ?? 0) + 1 / REQUESTS;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, client));
  return counts;
}

test.each<[title: string, scenario: Scenario, request: RoutedRequest, large: string, small: string]>([
  ['of a rule', trafficScenario, { host: 'h', path: '/split' }, 'traffic/stable', 'traffic/canary'],
  [
    'of ModelRoutes',
    tiersScenario,
    { host: 'llm.example.com', path: '/v1/models' },
    'tiers-llm/qwen-us-svc',
    'tiers-llm/qwen-eu-svc',
  ],
])(
  'weights 90 and 10 %s give 90 and 10 %% of the requests, within 2 points',
  async (_, scenario, request, large, small) => {
    const measured = await shares(scenario, request);
    expect(Object.keys(measured).sort()).toEqual([large, small].sort());
    expect(Math.abs((measured[small] ?? 0) - 0.1)).toBeLessThan(0.02);
  },
);
