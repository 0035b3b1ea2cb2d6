import type { Cluster, Manifest } from './cluster';
import { connect } from './connection';
import { judgePodTemplates } from './judge';
import { createSandbox, type Sandbox } from './sandbox';
import { type Mistake, soundObjects, withMistake } from './sound-objects';

const { Deployment, Rollout, LeaderWorkerSet } = soundObjects;

/** Mistakes that the server accepts in a workload, and refuses in a Pod. */
const table: readonly (readonly [title: string, mistake: Mistake, status: number, reason: RegExp])[] = [
  [
    'a Deployment that may run as root',
    { in: 'Deployment', at: 'spec/template/spec/securityContext/runAsNonRoot', put: undefined },
    403,
    /violates PodSecurity "restricted:latest": runAsNonRoot != true/,
  ],
  [
    'a Rollout that mounts a folder of the node',
    {
      in: 'Rollout',
      at: 'spec/template/spec/volumes',
      put: [{ name: 'models', hostPath: { path: '/models' } }],
    },
    403,
    /violates PodSecurity "restricted:latest": restricted volume types/,
  ],
  [
    'a LeaderWorkerSet whose workers share IPC with the node',
    { in: 'LeaderWorkerSet', at: 'spec/leaderWorkerTemplate/workerTemplate/spec/hostIPC', put: true },
    403,
    /violates PodSecurity "restricted:latest": host namespaces/,
  ],
  [
    'a LeaderWorkerSet whose workers have an unknown field',
    { in: 'LeaderWorkerSet', at: 'spec/leaderWorkerTemplate/workerTemplate/spec/gracePeriod', put: 600 },
    400,
    /unknown field "spec\.gracePeriod"/,
  ],
  [
    'a missing ServiceAccount',
    { in: 'Deployment', at: 'spec/template/spec/serviceAccountName', put: 'missing' },
    403,
    /serviceaccount "missing" not found/,
  ],
  [
    'a missing PriorityClass',
    { in: 'Deployment', at: 'spec/template/spec/priorityClassName', put: 'urgent' },
    403,
    /no PriorityClass with name urgent was found/,
  ],
  [
    'a missing RuntimeClass',
    { in: 'Deployment', at: 'spec/template/spec/runtimeClassName', put: 'missing' },
    403,
    /RuntimeClass "missing" not found/,
  ],
];

let cluster: Cluster;
let sandbox: Sandbox;
const sound = (kind: string) => sandbox.manifests.find((manifest) => manifest.kind === kind) as Manifest;

beforeAll(async () => {
  cluster = connect();
  sandbox = await createSandbox(cluster, 'broken-pods', [Deployment, Rollout, LeaderWorkerSet], 'restricted');
});

afterAll(() => cluster.close());

test.each([
  ['Deployment', 1],
  ['Rollout', 1],
  ['LeaderWorkerSet', 2],
])('accepts the sound %s', async (kind, count) => {
  const verdicts = await judgePodTemplates(cluster, sound(kind));
  expect(verdicts.map(({ message }) => message)).toEqual(Array(count).fill(''));
});

test.each(table)('refuses %s', async (_title, mistake, status, reason) => {
  const verdicts = await judgePodTemplates(cluster, withMistake(sound(mistake.in), mistake));
  expect(verdicts.filter(({ accepted }) => !accepted)).toEqual([
    expect.objectContaining({ status, message: expect.stringMatching(reason) }),
  ]);
});
