import { setTimeout as sleep } from 'node:timers/promises';
import { canaryOf, LiveStack, NAMESPACE } from './live-stack';
import { type LiveWorld, startLiveWorld } from './live-world';
import type { Row } from './recorder';
import { report } from './report';
import { margin, sharesOf } from './shares';
import type { Counts } from './traffic';
import { underLoad, weightsOf } from './under-load';
import { activeAlerts, rolloutPanels } from './watching';

let world: LiveWorld;

beforeAll(async () => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  world = await startLiveWorld([NAMESPACE]);
});

afterAll(() => world?.stop());

describe.each([
  ['with all replicas of the old version', 'good-full', false, 8],
  ['with a shrinking old version', 'good-dynamic', true, 6],
])('a good canary %s', (what, name, dynamicStableScale, peak) => {
  let rows: readonly Row[];
  let counts: Counts;
  let panels: Record<string, number>;

  beforeAll(async () => {
    ({ rows, counts } = await underLoad(
      world,
      `a good canary ${what}`,
      name,
      async ({ stack, recorder }) => {
        await stack.deploy('v2');
        await stack.untilWeight(recorder, 25);
        await sleep(2000);
        panels = await rolloutPanels(world.prometheus, stack.manifests('v2'));
        await stack.untilServed('v2', 120_000);
      },
      { options: { delivery: canaryOf(name, { dynamicStableScale }) } },
    ));
  });

  test('loses no request', () => expect(counts.lost).toEqual([]));

  test('gets 5, 25 and 50 %, and is promoted', () => {
    expect(weightsOf(rows).filter((weight) => weight < 100)).toEqual([0, 5, 25, 50, 0]);
    expect(rows.at(-1)?.answers.v1).toBe(0);
  });

  test.each([5, 25, 50])('serves %d %% of the requests at this weight', (weight) => {
    const measured = sharesOf('v2', rows).find((share) => share.weight === weight);
    expect(measured?.total).toBeGreaterThan(2000);
    expect(Math.abs((measured?.share ?? 0) - weight / 100)).toBeLessThan(margin(weight / 100, measured?.total ?? 0));
  });

  test('shows both versions on the dashboard', () => {
    const { 'Phase of the rollout': phases, ...others } = panels;
    expect(phases).toBeGreaterThan(0);
    expect(others).toEqual({
      'Pods by version': 2,
      'Time to first token by version, p95': 2,
      'Failed requests by version': 2,
      marks: 1,
    });
  });

  test(`costs one replica at 5 %, and has at most ${peak}`, () => {
    const canary = rows
      .filter(({ weight }) => weight === 5)
      .map(({ pods: { v2 } }) => (v2?.ready ?? 0) + (v2?.loading ?? 0));
    expect(Math.max(...canary)).toBe(1);
    const running = rows.map(({ pods }) =>
      Object.values(pods).reduce((sum, { ready, loading }) => sum + ready + loading, 0),
    );
    expect(Math.max(...running)).toBe(peak);
  });
});

describe.each([
  ['with errors', 'faulty', { errors: 0.1 }],
  ['that fails every request', 'broken', { errors: 1 }],
  ['that is slow', 'slow', { latency: 400 }],
])('a canary %s', (what, name, behaviour) => {
  let rows: readonly Row[];
  let counts: Counts;
  let before: string[];
  let after: string[] = [];

  beforeAll(async () => {
    ({ rows, counts } = await underLoad(
      world,
      `a canary ${what}`,
      name,
      async ({ stack, recorder }) => {
        const manifests = stack.manifests('v1');
        before = await activeAlerts(world.prometheus, manifests);
        await stack.deploy('v2', behaviour);
        await stack.untilPhase('Degraded', 60_000);
        await stack.untilWeight(recorder, 0);
        await world.until('its pods are gone', async () => stack.pods().every(({ version }) => version === 'v1'));
        after = await activeAlerts(world.prometheus, manifests);
      },
      { clients: 8 },
    ));
  });

  test('loses no request', () => expect(counts.lost).toEqual([]));

  test('is aborted at 5 %, and the weight returns', () => expect(weightsOf(rows)).toEqual([0, 5, 0]));

  test('only its own share of the requests saw it', () => {
    const measured = sharesOf('v2', rows).find(({ weight }) => weight === 5);
    expect(measured?.share).toBeLessThan(0.05 + margin(0.05, measured?.total ?? 0));
    expect(counts.errors.v1).toBeUndefined();
  });

  test('two alerts notify of it, and none before', () => {
    expect(before).toEqual([]);
    expect(after.sort()).toEqual(['VllmCanaryAborted', 'VllmCanaryAnalysisFailed']);
  });

  test('the old version has all replicas', () =>
    expect(rows.at(-1)?.pods.v1).toEqual({ ready: 4, loading: 0, ending: 0 }));
});

describe('a canary without enough requests', () => {
  test('pauses, and is neither promoted nor aborted', async () => {
    const stack = new LiveStack(world, 'idle');
    await stack.deploy('v1');
    await stack.untilServed('v1');
    const recorder = stack.record();
    await stack.deploy('v2');
    await stack.untilPhase('Paused', 60_000);
    await sleep(5000);
    const { status } = await stack.rollout();
    const alerts = await activeAlerts(world.prometheus, stack.manifests('v2'));
    const rows = await recorder.stop();
    report('a canary without requests', rows, { total: 0, byVersion: {}, errors: {}, lost: [] });
    expect(status.phase).toBe('Paused');
    expect(status.pauseConditions).toEqual([expect.objectContaining({ reason: 'InconclusiveAnalysisRun' })]);
    expect(weightsOf(rows)).toEqual([0, 5]);
    expect(status.abort).toBeFalsy();
    expect(alerts).toEqual(['VllmCanaryPaused']);
    await stack.remove();
  });
});

test('a canary that does not start is aborted at its progress deadline, without a request', async () => {
  const { rows, counts } = await underLoad(world, 'a canary that does not start', 'stuck', async ({ stack }) => {
    await stack.deploy('v2', { load: 600 });
    await stack.untilPhase('Degraded', 40_000);
    await world.until('its pods are gone', async () => stack.pods().every(({ version }) => version === 'v1'));
  });
  expect(counts.lost).toEqual([]);
  expect(counts.byVersion.v2).toBeUndefined();
  expect(weightsOf(rows)).toEqual([0]);
});
