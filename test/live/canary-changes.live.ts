import { setTimeout as sleep } from 'node:timers/promises';
import { AlertSeverity, PrometheusServer, Scaling, Signal } from '../../lib';
import { canaryOf, type LiveStack, NAMESPACE, type Options } from './live-stack';
import { type LiveWorld, startLiveWorld } from './live-world';
import { PROMETHEUS } from './ports';
import type { Recorder, Row } from './recorder';
import { underLoad, weightsOf } from './under-load';

let world: LiveWorld;

/** Seconds that the replicas of an aborted canary are kept. */
const ABORT_DELAY = 1;

beforeAll(async () => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  world = await startLiveWorld([NAMESPACE]);
});

afterAll(() => world?.stop());

/** Starts a canary, and waits until its share is `weight`. */
async function canaryAt(weight: number, stack: LiveStack, recorder: Recorder, version = 'v2'): Promise<void> {
  await stack.deploy(version);
  await stack.untilWeight(recorder, weight);
}

/** Seconds until the last answer of a version. */
const lastAnswerOf = (version: string, rows: readonly Row[]): number =>
  Math.max(0, ...rows.filter(({ answers }) => (answers[version] ?? 0) > 0).map(({ at }) => at));

describe.each([
  ['with all replicas of the old version', 'abort-full', false],
  ['with a shrinking old version', 'abort-dynamic', true],
])('an abort at 50 %%, %s', (what, name, dynamicStableScale) => {
  test('returns all requests to the old version, and loses none', async () => {
    let aborted = 0;
    const load = { load: 3 };
    const { rows, counts } = await underLoad(
      world,
      `an abort ${what}`,
      name,
      async ({ stack, recorder }) => {
        await stack.deploy('v2', load);
        await stack.untilWeight(recorder, 50, 90_000);
        await sleep(2000);
        aborted = recorder.now();
        await stack.abort();
        await stack.untilWeight(recorder, 0);
        await world.until('its pods are gone', async () => stack.pods().every(({ version }) => version === 'v1'));
        await sleep(500);
      },
      { options: { delivery: canaryOf(name, { dynamicStableScale }) }, behaviour: load },
    );
    const seconds = (rows.find(({ at, weight }) => at > aborted && weight === 0)?.at ?? 0) - aborted;
    const last = lastAnswerOf('v2', rows) - aborted;
    process.stdout.write(`${what}: weight 0 after ${seconds.toFixed(1)} s, last answer ${last.toFixed(1)} s\n`);
    expect(counts.lost).toEqual([]);
    expect(rows.at(-1)?.phase).toBe('Degraded');
    expect(rows.at(-1)?.pods).toEqual({ v1: { ready: 4, loading: 0, ending: 0 } });
    // A shrunk version has to load again, one step after the other.
    expect(seconds).toBeLessThan(dynamicStableScale ? 15 : 2);
    // The controller changes the canary's Service again and again until the canary has no replicas (argo-rollouts#3078),
    // and Istio waits for a pause of 100 ms before it tells the gateway.
    expect(last).toBeLessThan(dynamicStableScale ? 15 : ABORT_DELAY + 2);
  });
});

test('a second version in the middle of a canary replaces it, and no request is lost', async () => {
  const { rows, counts } = await underLoad(world, 'a second version in a canary', 'second', async (run) => {
    const { stack, recorder } = run;
    await canaryAt(25, stack, recorder);
    await sleep(2000);
    await stack.deploy('v3');
    await stack.untilServed('v3', 90_000);
  });
  expect(counts.lost).toEqual([]);
  expect(weightsOf(rows).filter((weight) => weight < 100)).toEqual([0, 5, 25, 0, 5, 25, 50, 0]);
});

test('the old version in the middle of a canary returns, and no request is lost', async () => {
  const { rows, counts } = await underLoad(world, 'back to the old version in a canary', 'revert', async (run) => {
    const { stack, recorder } = run;
    await canaryAt(25, stack, recorder);
    await sleep(2000);
    await stack.deploy('v1');
    await stack.untilServed('v1', 60_000);
  });
  expect(counts.lost).toEqual([]);
  expect(weightsOf(rows)).toEqual([0, 5, 25, 0]);
});

test('more demand in the middle of a canary adds replicas, and it is promoted', async () => {
  const scaling = Scaling.keda({
    minReplicas: 4,
    maxReplicas: 12,
    // The first replicas count as added, too.
    speed: { scaleUpPods: 12 },
    signals: [Signal.inFlightRequests({ perReplica: 10 })],
    prometheus: PrometheusServer.at(PROMETHEUS),
  });
  const { rows, counts } = await underLoad(
    world,
    'KEDA scales up in a canary',
    'scaled',
    async ({ stack, recorder }) => {
      const replicas = async (): Promise<number> => (await stack.rollout()).spec.replicas;
      await world.until('four replicas', async () => (await replicas()) === 4 && stack.pods().length === 4);
      await stack.untilServed('v1');
      const first = stack.pods();
      await canaryAt(25, stack, recorder);
      // 60 that wait, and some that run. The first pods have them all, so that the sum does not depend on the others.
      for (const { metrics } of first) metrics.waiting = 60 / first.length;
      await world.until('seven replicas', async () => (await replicas()) === 7);
      await stack.untilServed('v2', 90_000);
      // The autoscaler divides the demand by the pods of both versions, and still wants as many.
      expect(await replicas()).toBe(7);
    },
    { options: { scaling } },
  );
  expect(counts.lost).toEqual([]);
  expect(rows.at(-1)?.pods.v2?.ready).toBe(7);
});

test('the autoscaler of a large stack does not take a canary for a desired replica', async () => {
  const replicas: number[] = [];
  const { counts } = await underLoad(
    world,
    'a canary beside twelve replicas',
    'large',
    async ({ stack, recorder }) => {
      await world.until('twelve replicas', async () => stack.pods().length === 12);
      await stack.untilServed('v1');
      // Twelve replicas have just enough: with the pod of the canary, the mean is within the tolerance of 10 %. The
      // first pods have all of it, so that the sum does not depend on when each pod is scraped.
      const first = stack.pods();
      for (const { metrics } of first) metrics.waiting = 1180 / first.length;
      await canaryAt(5, stack, recorder);
      for (let second = 0; second < 6; second++) {
        replicas.push((await stack.rollout()).spec.replicas);
        await sleep(1000);
      }
    },
    {
      options: {
        scaling: Scaling.keda({
          minReplicas: 12,
          maxReplicas: 20,
          // The first replicas count as added, too.
          speed: { scaleUpPods: 20 },
          signals: [Signal.inFlightRequests({ perReplica: 100 })],
          prometheus: PrometheusServer.at(PROMETHEUS),
        }),
      },
    },
  );
  expect(replicas).toEqual(Array(6).fill(12));
  expect(counts.lost).toEqual([]);
});

describe('a change that is not about the pods', () => {
  test('starts no canary, and does not restart the steps of one', async () => {
    const steps: number[] = [];
    const healing: number[] = [];
    const { rows, counts } = await underLoad(world, 'changes beside the pods in a canary', 'beside', async (run) => {
      const { stack, recorder } = run;
      const changes: Options[] = [
        { scaling: Scaling.fixed(5) },
        { alerts: { tune: { VllmCanaryAborted: { severity: AlertSeverity.CRITICAL } } } },
        { delivery: canaryOf(stack.name, { hosts: ['chat.test'] }) },
      ];
      const before = await stack.currentHash();
      for (const change of changes) {
        await stack.deploy('v1', {}, change);
        await sleep(1500);
        expect(await stack.phase()).toBe('Healthy');
        expect(await stack.currentHash()).toBe(before);
      }
      await canaryAt(25, stack, recorder);
      const canary = await stack.currentHash();
      for (const change of changes) {
        const { currentStepIndex } = (await stack.rollout()).status;
        // The apply takes the weights from the Rollout, which sets them again.
        await stack.deploy('v2', {}, change, { forced: true });
        const applied = recorder.now();
        await world.until(
          "the weight is the canary's again",
          async () => (recorder.rows.at(-1)?.weight ?? 0) >= 25 && (recorder.rows.at(-1)?.at ?? 0) > applied + 0.2,
        );
        healing.push(recorder.now() - applied);
        steps.push((await stack.rollout()).status.currentStepIndex - currentStepIndex);
        expect(await stack.currentHash()).toBe(canary);
      }
      await stack.untilServed('v2', 60_000);
    });
    process.stdout.write(`the weight was back after ${healing.map((each) => each.toFixed(1)).join(', ')} s\n`);
    expect(counts.lost).toEqual([]);
    for (const step of steps) expect(step).toBeGreaterThanOrEqual(0);
    for (const seconds of healing) expect(seconds).toBeLessThan(10);
    expect(rows.at(-1)?.answers.v1).toBe(0);
  });
});
