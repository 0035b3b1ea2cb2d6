import { App, Chart } from 'cdk8s';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PickerOptions } from '../../lib';
import {
  Accelerator,
  FailureMode,
  GatewayImplementation,
  GpuModel,
  InferencePool,
  Model,
  ModelGateway,
  ModelRoutes,
  PickerTls,
  RouteTarget,
  Scaling,
  VllmInferenceStack,
} from '../../lib';
import type { PoolAnswer } from './pool-client';
import { ask, askMany, askStream } from './pool-client';
import { GATEWAY } from '../world/istio';
import { PoolPicker } from './pool-picker';
import { startWorld, type World } from './pool-world';

const NAMESPACE = 'llm';
const POOLS = ['blue', 'green', 'red'] as const;
type Pool = (typeof POOLS)[number];

/**
 * Pools of two replicas each. Blue connects to its picker without TLS, green with TLS, and red is closed without one of
 * its two pickers.
 */
const MODES: Readonly<Record<Pool, { failureMode: FailureMode; picker?: PickerOptions }>> = {
  blue: { failureMode: FailureMode.FAIL_OPEN },
  green: { failureMode: FailureMode.FAIL_OPEN, picker: { tls: PickerTls.SELF_SIGNED_ISTIO } },
  red: { failureMode: FailureMode.FAIL_CLOSE, picker: { replicas: 2 } },
};

/** Hosts of the gateway, each with its pools and their weights. */
const HOSTS: Readonly<Record<string, Partial<Record<Pool, number>>>> = {
  'blue.test': { blue: 1 },
  'green.test': { green: 1 },
  'red.test': { red: 1 },
  'canary.test': { blue: 90, green: 10 },
  'half.test': { blue: 50, green: 50 },
};

/** Everything that the library emits for these pools and hosts. */
function emitted(modes = MODES): object[] {
  const chart = new Chart(new App(), 'pools', { namespace: NAMESPACE });
  const pools = new Map(
    POOLS.map((name) => {
      const stack = new VllmInferenceStack(chart, `stack-${name}`, {
        name,
        model: Model.of('meta-llama/Llama-3.1-8B-Instruct', { servedNames: ['llama'] }),
        accelerator: Accelerator.gpu(GpuModel.L40S),
        engine: { maxModelLen: 16384 },
        network: { clientNamespaces: [GATEWAY.namespace] },
        scaling: Scaling.fixed(2),
        inferencePool: { pool: `${name}-pool` },
      });
      return [name, new InferencePool(chart, `pool-${name}`, { stacks: [stack], ...modes[name] })] as const;
    }),
  );
  for (const [host, weights] of Object.entries(HOSTS)) {
    const to = POOLS.flatMap((name) => {
      const [pool, weight] = [pools.get(name), weights[name]];
      return pool === undefined || weight === undefined ? [] : [RouteTarget.pool(pool, weight)];
    });
    new ModelRoutes(chart, host, {
      name: host.replace('.', '-'),
      gateway: ModelGateway.existing({ ...GATEWAY_NAME, implementation: GatewayImplementation.istio() }),
      hostnames: [host],
      routes: [{ to }],
    });
  }
  return chart.toJson();
}

const GATEWAY_NAME = { name: GATEWAY.name, namespace: GATEWAY.namespace };

let world: World;
const poolOf = ({ pod }: PoolAnswer): string => pod?.split('-')[0] ?? 'none';

/** How many answers came from each pool. */
function countByPool(answers: readonly PoolAnswer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[poolOf(answer)] = (counts[poolOf(answer)] ?? 0) + 1;
  return counts;
}

const podsOf = (pool: Pool) => world.kubelet.labelled('app', pool).map(({ pod }) => pod.metadata.name);

/** The pickers of a pool that are ready. */
const pickersOf = (pool: Pool): PoolPicker[] =>
  world.kubelet
    .labelled('app', `${pool}-pool-epp`)
    .flatMap(({ process }) => (process instanceof PoolPicker && process.ready ? [process] : []));

function pickerOf(pool: Pool): PoolPicker {
  const [picker, second] = pickersOf(pool);
  if (picker === undefined || second !== undefined) throw new Error(`not one picker of ${pool} is ready`);
  return picker;
}

/** Whether each of ten requests is answered. */
const answers = async (host: string): Promise<boolean> =>
  (await askMany(host, 10)).every(({ status }) => status === 200);

beforeAll(async () => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  world = await startWorld([NAMESPACE]);
  await world.apply(emitted());
  for (const pool of POOLS) {
    await world.until(`the picker of ${pool} is ready`, async () => pickersOf(pool).length > 0);
  }
  for (const host of Object.keys(HOSTS)) {
    await world.until(`${host} answers`, () => answers(host));
  }
});

afterAll(() => world?.stop());

test.each(POOLS)('the pool %s is accepted by the gateway, and its picker is found', async (pool) => {
  const { status } = await world.api.get(
    `/apis/inference.networking.k8s.io/v1/namespaces/${NAMESPACE}/inferencepools/${pool}-pool`,
  );
  const conditions = status.parents.flatMap((parent: { conditions: { type: string; status: string }[] }) =>
    parent.conditions.map(({ type, status: state }) => `${type} ${state}`),
  );
  expect(conditions).toEqual(expect.arrayContaining(['Accepted True', 'ResolvedRefs True']));
});

test.each(POOLS)('the picker of %s sends requests to the pod without a queue', async (pool) => {
  const [busy = '', idle = ''] = podsOf(pool);
  world.engines.waiting.set(busy, 50);
  // The picker reads the metrics every 50 ms.
  await sleep(500);
  const pods = (await askMany(`${pool}.test`, 40)).map(({ pod }) => pod);
  world.engines.waiting.delete(busy);
  expect([...new Set(pods)]).toEqual([idle]);
});

/** Four standard deviations of a share: the weights of Istio are drawn for each request. */
const margin = (share: number, count: number): number => 4 * Math.sqrt((share * (1 - share)) / count);

test.each([
  ['canary.test', 0.9],
  ['half.test', 0.5],
])('%s splits requests between two pools: %d to the first', async (host, share) => {
  const count = 3000;
  const counts = countByPool(await askMany(host, count));
  process.stdout.write(`\n${host}: ${JSON.stringify(counts)}\n`);
  expect((counts.blue ?? 0) + (counts.green ?? 0)).toBe(count);
  expect(Math.abs((counts.blue ?? 0) / count - share)).toBeLessThan(margin(share, count));
});

test('a stream passes gateway and picker event by event', async () => {
  const events = await askStream('blue.test');
  expect(events).toHaveLength(6);
  expect(events.at(-1)?.data).toBe('[DONE]');
  const gaps = events.slice(1).map(({ at }, index) => at - (events[index]?.at ?? 0));
  expect(Math.min(...gaps.slice(0, -1))).toBeGreaterThan(100);
});

test('a new configuration replaces the picker without a failed request', async () => {
  const old = pickerOf('blue');
  const changed = emitted({ ...MODES, blue: { ...MODES.blue, picker: { weights: { queue: 5 } } } });
  const statuses: Record<number, number> = {};
  let replacing = true;
  const load = (async () => {
    while (replacing) {
      const { status } = await ask('blue.test');
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  })();
  await world.apply(changed);
  await world.until('the old picker is gone', async () => {
    const [picker, second] = pickersOf('blue');
    return picker !== undefined && second === undefined && picker !== old;
  });
  // The old one ends after the wait of its hook.
  await sleep(7000);
  replacing = false;
  await load;
  process.stdout.write(`\nreplaced under load: ${JSON.stringify(statuses)}\n`);
  expect(Object.keys(statuses)).toEqual(['200']);
});

/** Ends a picker, and returns the seconds until the gateway no longer asks it. */
async function lose(pool: Pool, isGone: () => Promise<boolean>): Promise<number> {
  await pickerOf(pool).crash();
  const start = performance.now();
  await world.until(`the gateway no longer asks the picker of ${pool}`, isGone);
  return (performance.now() - start) / 1000;
}

test.each(['blue', 'green'] as const)('the open pool %s survives the loss of its picker', async (pool) => {
  const seconds = await lose(pool, () => answers(`${pool}.test`));
  const lost = await askMany(`${pool}.test`, 200);
  process.stdout.write(`\n${pool} answers ${seconds.toFixed(1)} s after the loss of its picker\n`);
  expect(lost.filter(({ status }) => status !== 200)).toEqual([]);
  // The gateway itself chooses now, so both pods get requests.
  expect(new Set(lost.map(({ pod }) => pod)).size).toBe(2);
  // Less than the 10 s of Kubernetes' own probe, three times.
  expect(seconds).toBeLessThan(5);
});

describe('the closed pool with two pickers', () => {
  test('has one that is ready, the leader', () => {
    expect(world.kubelet.labelled('app', 'red-pool-epp')).toHaveLength(2);
    expect(pickersOf('red')).toHaveLength(1);
  });

  test('answers again after the loss of the leader, from the other one', async () => {
    const leader = pickerOf('red');
    const seconds = await lose('red', async () => pickersOf('red').length === 1 && pickerOf('red') !== leader);
    await world.until('red.test answers', () => answers('red.test'));
    process.stdout.write(`\nthe second picker is ready ${seconds.toFixed(1)} s after the loss of the first\n`);
    expect((await askMany('red.test', 40)).every(({ status }) => status === 200)).toBe(true);
  });

  test('refuses requests after the loss of both', async () => {
    await lose('red', async () => pickersOf('red').length === 0);
    await sleep(1000);
    const statuses = (await askMany('red.test', 40)).map(({ status }) => status);
    expect([...new Set(statuses)]).toEqual([500]);
  });
});
