import { objectsOf, ROLLOUT_CASES } from '../support/rollouts';
import type { Cluster, Manifest } from './cluster';
import { connect } from './connection';
import { judge, judgePodTemplates } from './judge';
import { createSandbox, type Sandbox } from './sandbox';

/** Each router, strategy and form of pods; numbers of replicas and options of the analysis are the same fields. */
const CASES = ROLLOUT_CASES.filter(
  ({ title }) =>
    /, four replicas, (nothing set|guards and notifications|from a Deployment|to a Deployment)$/.test(title) ||
    /^canary, (a slice of a GPU|weights in a volume|the longest name)$/.test(title),
);

let cluster: Cluster;

beforeAll(() => {
  cluster = connect();
});

afterAll(() => cluster.close());

test('each router is among the stacks', () => {
  expect(CASES.length).toBeGreaterThan(40);
});

describe.each(CASES.map((each, index) => ({ ...each, index })))('$title', ({ index, ...each }) => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    const objects = objectsOf(each) as Manifest[];
    // A server without Istio does not know its VirtualServices.
    const known = await Promise.all(objects.map((object) => cluster.resourceOf(object)));
    const judged = objects.filter(({ kind }, at) => kind !== 'VirtualService' || known[at] !== undefined);
    sandbox = await createSandbox(cluster, `rollout-${index}`, judged, 'restricted');
  });

  afterAll(() => sandbox.dispose());

  test('every object is accepted without a warning', async () => {
    const refusals = await Promise.all(
      sandbox.manifests.map(async (manifest) => {
        const { accepted, message } = await judge(cluster, manifest);
        return accepted ? [] : [`${manifest.kind} ${manifest.metadata.name}: ${message}`];
      }),
    );
    expect(refusals.flat()).toEqual([]);
  });

  test('every pod template is accepted as a Pod', async () => {
    const verdicts = await Promise.all(sandbox.manifests.map((manifest) => judgePodTemplates(cluster, manifest)));
    expect(verdicts.flat().length).toBeGreaterThan(0);
    expect(verdicts.flat().filter(({ accepted }) => !accepted)).toEqual([]);
  });
});
