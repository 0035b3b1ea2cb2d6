import { stream } from './client';
import { endpointOf } from './scenario';
import { SCENARIOS } from './scenarios';
import { lengthsScenario } from './scenarios/examples';
import { trafficScenario } from './scenarios/traffic';

const endpoint = endpointOf(SCENARIOS, trafficScenario);
const post = (path: string, events: number, gapMs: number) =>
  stream(endpoint, { host: 'h', path }, { stream: true, events, gapMs });

// All at once, since each takes its time.
const short = post('/unlimited', 5, 300);
const long = post('/unlimited', 63, 1_000);
const unset = post('/unset', 63, 1_000);
const emitted = stream(
  endpointOf(SCENARIOS, lengthsScenario),
  { host: 'llm.example.com', path: '/v1/chat/completions' },
  { stream: true, events: 63, gapMs: 1_000 },
);
const limited = { rule: post('/short', 10, 1_000), policy: post('/limited', 10, 1_000) };
const ownLimit = post('/own-limit', 10, 1_000);

test('events arrive one by one', async () => {
  const { events, complete } = await short;
  expect(complete).toBe(true);
  expect(events.map(({ data }) => data)).toEqual([0, 1, 2, 3, 4].map((index) => `{"index":${index}}`).concat('[DONE]'));
  const gaps = events.slice(1, 5).map(({ atMs }, index) => atMs - (events[index]?.atMs ?? 0));
  for (const gap of gaps) expect(gap).toBeGreaterThan(200);
});

test('with a request timeout of 0s a stream lasts longer than a minute', async () => {
  const { events, complete, lastedMs } = await long;
  expect({ complete, last: events.at(-1)?.data }).toEqual({ complete: true, last: '[DONE]' });
  expect(lastedMs).toBeGreaterThan(60_000);
});

test('through a route of ModelRoutes a stream lasts longer than a minute, event by event', async () => {
  const { events, complete, lastedMs } = await emitted;
  expect({ complete, last: events.at(-1)?.data }).toEqual({ complete: true, last: '[DONE]' });
  expect(lastedMs).toBeGreaterThan(60_000);
  const gaps = events.slice(1, -1).map(({ atMs }, index) => atMs - (events[index]?.atMs ?? 0));
  expect(Math.max(...gaps)).toBeLessThan(2_500);
});

test('without a timeout the gateway cuts the same stream after 15 s, without an error event', async () => {
  const { events, complete, lastedMs } = await unset;
  expect(complete).toBe(false);
  expect(events.at(-1)?.data).toMatch(/^{"index":1[3-6]}$/);
  expect(lastedMs / 1_000).toBeCloseTo(15, -1);
});

test.each(['rule', 'policy'] as const)('a request timeout of a %s cuts a stream', async (where) => {
  const { complete, lastedMs } = await limited[where];
  expect(complete).toBe(false);
  expect(lastedMs).toBeLessThan(6_000);
});

test("a rule's timeout of 0s has precedence over a policy", async () => {
  expect(await ownLimit).toMatchObject({ complete: true });
});
