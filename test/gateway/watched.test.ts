import type { VllmInferenceStack } from '../../lib';
import { gatewaySeries } from '../../lib/metrics/gateway-series';
import { found } from '../support/exposed-series';
import { send } from './client';
import { series } from './envoy';
import { ANSWER } from './pods';
import { endpointOf } from './scenario';
import { SCENARIOS } from './scenarios';
import { WATCHED, watchedScenario } from './scenarios/watched';

const endpoint = endpointOf(SCENARIOS, watchedScenario);
const proxy = SCENARIOS.indexOf(watchedScenario);
const N = 10;
/** Envoy merges the histograms of its worker threads every 5 s (stats_flush_interval). */
const SETTLE_MS = 6_000;

/** The selectors with which rules, dashboards and the scaler of a stack read the requests at its gateway. */
function selectorsOf({ _parts: { gateway, plan } }: VllmInferenceStack): Record<string, string> {
  if (gateway.traffic === undefined) throw new Error('nothing is counted');
  const { arrived, answered, failed, own, duration, presence } = gatewaySeries(gateway.traffic, plan.namespace ?? '');
  const durations = { count: duration('_count'), finished: duration('_bucket').replace(/}$/, ',le="+Inf"}') };
  return { arrived, answered, failed, presence, ...own, ...durations };
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

/** What each stack reads of N requests that are answered with 200, and N with 503. */
async function risen(host: string, headers: Record<string, string> = {}) {
  const before = await series(proxy);
  const request = { method: 'POST', host, path: '/v1/chat/completions' };
  for (let index = 0; index < N; index++) {
    await send(endpoint, { ...request, headers });
    await send(endpoint, { ...request, headers: { ...headers, [ANSWER]: '503' } });
  }
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const after = await series(proxy);
  const rise = (selector: string): number =>
    sum(found(selector, after).values()) - sum(found(selector, before).values());
  const of = (stack: VllmInferenceStack) =>
    Object.fromEntries(Object.entries(selectorsOf(stack)).map(([name, selector]) => [name, rise(selector)]));
  return { own: of(WATCHED.own), gold: of(WATCHED.gold), others: of(WATCHED.others) };
}

/** Every listener counts, whatever the route. */
const listeners = { presence: 2 * N, all: N, routed: N };
const ITS = { arrived: 2 * N, answered: 2 * N, failed: N, count: 2 * N, finished: 2 * N, ...listeners };
const NONE = { arrived: 0, answered: 0, failed: 0, count: 0, finished: 0, ...listeners };

test('the requests of the own route of a stack are its own', async () => {
  expect(await risen('own.example.com')).toEqual({ own: ITS, gold: NONE, others: NONE });
});

test('the requests of a rule of ModelRoutes are those of the stack that states it', async () => {
  expect(await risen('llm.example.com', { 'x-sla-tier': 'gold' })).toEqual({ own: NONE, gold: ITS, others: NONE });
  expect(await risen('llm.example.com')).toEqual({ own: NONE, gold: NONE, others: ITS });
});
