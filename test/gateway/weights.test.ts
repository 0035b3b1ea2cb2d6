import { send } from './client';
import type { Echo } from './pods';
import { endpointOf } from './scenario';
import { SCENARIOS } from './scenarios';
import { trafficScenario } from './scenarios/traffic';
import { servicesByAddress } from './services';

const REQUESTS = 2_000;
const CONCURRENCY = 16;

test('weights 90 and 10 give 90 and 10 % of the requests, within 2 points', async () => {
  const services = servicesByAddress();
  const endpoint = endpointOf(SCENARIOS, trafficScenario);
  const counts: Record<string, number> = {};
  let left = REQUESTS;
  const client = async () => {
    while (left-- > 0) {
      const { body } = await send(endpoint, { host: 'h', path: '/split' });
      const [service = 'none'] = services.get((JSON.parse(body) as Echo).address) ?? [];
      counts[service] = (counts[service] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, client));
  expect(Object.keys(counts).sort()).toEqual(['traffic/canary', 'traffic/stable']);
  expect(Math.abs((counts['traffic/canary'] ?? 0) / REQUESTS - 0.1)).toBeLessThan(0.02);
});
