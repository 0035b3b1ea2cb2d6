import { setTimeout as sleep } from 'node:timers/promises';
import { Delivery, PrometheusServer } from '../../lib';
import { LiveStack, NAMESPACE } from './live-stack';
import { type LiveWorld, startLiveWorld } from './live-world';
import { PROMETHEUS } from './ports';
import { report } from './report';
import { underLoad } from './under-load';

let world: LiveWorld;

const DELIVERY = Delivery.blueGreen({
  analysis: { minRequests: 60 },
  prometheus: PrometheusServer.at(PROMETHEUS),
});

beforeAll(async () => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  world = await startLiveWorld([NAMESPACE]);
});

afterAll(() => world?.stop());

test('a good version gets all requests at once, and no request is lost', async () => {
  const { rows, counts } = await underLoad(
    world,
    'a blue-green rollout',
    'blue',
    async ({ stack }) => {
      await stack.deploy('v2');
      await stack.untilServed('v2', 60_000);
    },
    { options: { delivery: DELIVERY } },
  );
  expect(counts.lost).toEqual([]);
  // No request reached it before all of its pods were ready.
  const first = rows.find(({ answers }) => (answers.v2 ?? 0) > 0);
  expect(first?.pods.v2).toEqual({ ready: 4, loading: 0, ending: 0 });
  expect(rows.at(-1)?.answers.v1).toBe(0);
});

test('a version that fails after the switch is replaced by the old one, and no request is lost', async () => {
  const { rows, counts } = await underLoad(
    world,
    'a blue-green rollout with errors',
    'green',
    async ({ stack, recorder }) => {
      await stack.deploy('v2', { errors: 0.1 });
      await world.until('v2 answers', async () => (recorder.rows.at(-1)?.answers.v2 ?? 0) > 0);
      await stack.untilPhase('Degraded');
      await world.until('v1 answers alone', async () => stack.pods().every(({ version }) => version === 'v1'));
    },
    { options: { delivery: DELIVERY } },
  );
  expect(counts.lost).toEqual([]);
  expect(counts.errors.v1).toBeUndefined();
  expect(rows.at(-1)?.answers.v2 ?? 0).toBe(0);
});

test('a forced apply of the active Service promotes a bad version without its analysis', async () => {
  const { rows, counts } = await underLoad(
    world,
    'a blue-green rollout after a forced apply',
    'forced',
    async ({ stack }) => {
      // The selector is one value for a server-side apply: the hash of the version is gone, and the controller takes the
      // rollout for the first one (argo-rollouts rollout/sync.go, shouldFullPromote).
      await stack.deploy('v2', { errors: 0.1 }, {}, { forced: true });
      await stack.untilServed('v2');
    },
    { options: { delivery: DELIVERY } },
  );
  expect(counts.lost).toEqual([]);
  expect(counts.errors.v2).toBeGreaterThan(0);
  expect(rows.at(-1)?.phase).toBe('Healthy');
});

test('a version without enough requests pauses after the switch, and the old one keeps its replicas', async () => {
  const stack = new LiveStack(world, 'quiet', { delivery: DELIVERY });
  await stack.deploy('v1');
  await stack.untilServed('v1');
  const recorder = stack.record();
  await stack.deploy('v2');
  await stack.untilPhase('Paused');
  // Longer than the delay after which an old version loses its replicas.
  await sleep(7000);
  const { status } = await stack.rollout();
  const rows = await recorder.stop();
  report('a blue-green rollout without requests', rows, { total: 0, byVersion: {}, errors: {}, lost: [] });
  await stack.remove();
  expect(status.phase).toBe('Paused');
  expect(status.pauseConditions).toEqual([expect.objectContaining({ reason: 'InconclusiveAnalysisRun' })]);
  expect(rows.at(-1)?.pods).toEqual({
    v1: { ready: 4, loading: 0, ending: 0 },
    v2: { ready: 4, loading: 0, ending: 0 },
  });
});
