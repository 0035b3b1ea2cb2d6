import { setTimeout as sleep } from 'node:timers/promises';
import { Delivery, Migration } from '../../lib';
import { canaryOf, LiveStack, NAMESPACE } from './live-stack';
import { type LiveWorld, startLiveWorld } from './live-world';
import { report } from './report';
import { isServed, Traffic } from './traffic';

let world: LiveWorld;
const NAME = 'moved';

beforeAll(async () => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  world = await startLiveWorld([NAMESPACE]);
});

afterAll(() => world?.stop());

/** A step, and how many pods of the Deployment run after it. */
const STEPS = [
  {
    title: 'a Rollout beside the Deployment',
    delivery: canaryOf(NAME, { migration: Migration.FROM_DEPLOYMENT }),
    pods: 0,
  },
  { title: 'the Rollout alone', delivery: canaryOf(NAME), pods: 0 },
  {
    title: 'a Deployment beside the Rollout',
    delivery: canaryOf(NAME, { migration: Migration.TO_DEPLOYMENT }),
    pods: 4,
  },
  { title: 'the Deployment alone', delivery: Delivery.rollingUpdate(), pods: 4 },
];

test('a Deployment becomes a Rollout and a Deployment again, and no request is lost', async () => {
  const stack = new LiveStack(world, NAME);
  await stack.deploy('v1', {}, { delivery: Delivery.rollingUpdate() });
  await world.until('the Deployment serves', async () => stack.pods().length === 4 && isServed(`${NAME}.test`));
  const traffic = new Traffic(`${NAME}.test`, 5);
  const recorder = stack.record(traffic);
  const kinds: string[] = [];
  /** Pods of the Deployment and of the Rollout that do not end. */
  const running = (label: string) =>
    world.kubelet
      .podsOf(NAMESPACE)
      .filter(
        ({ pod, ending }) => !ending && pod.metadata.labels?.app === NAME && pod.metadata.labels[label] !== undefined,
      ).length;
  try {
    for (const { title, delivery, pods } of STEPS) {
      const at = recorder.now();
      await stack.deploy('v1', {}, { delivery });
      const both = title === 'a Deployment beside the Rollout';
      await world.until(`${title}: ready`, async () => {
        const deployment = running('pod-template-hash');
        const rollout = running('rollouts-pod-template-hash');
        const ready = stack.pods().every((pod) => pod.ready);
        return ready && deployment === pods && rollout === (pods === 0 || both ? 4 : 0) && recorder.now() > at + 2;
      });
      kinds.push(`${at.toFixed(1)} s ${title}, done at ${recorder.now().toFixed(1)} s`);
      await sleep(2000);
    }
  } finally {
    const rows = await recorder.stop();
    report('a Deployment and a Rollout', rows, await traffic.stop());
    process.stdout.write(`${kinds.join('\n')}\n`);
    await stack.remove();
  }
  expect(traffic.counts().lost).toEqual([]);
  // The Rollout's own template is that of the Deployment, so it starts no canary.
  expect(recorder.rows.filter(({ weight }) => weight > 0)).toEqual([]);
});
