import type { Cluster, Manifest } from './cluster';
import { connect } from './connection';
import { judge } from './judge';
import { createSandbox, type Sandbox } from './sandbox';
import { type Mistake, soundObjects, withMistake } from './sound-objects';

const ENGINE = 'spec/template/spec/containers/0';

/** The reason is text that 1.33 and 1.37 share. The server reports only some of the mistakes, in no fixed order. */
const table: readonly (readonly [title: string, mistake: Mistake, reason: RegExp])[] = [
  [
    'an unknown field',
    { in: 'Deployment', at: 'spec/replica', put: 3 },
    /\.spec\.replica: field not declared in schema/,
  ],
  [
    'a value of the wrong type',
    { in: 'Deployment', at: 'spec/replicas', put: 'three' },
    /\.spec\.replicas: expected numeric/,
  ],
  [
    'a request above its limit',
    { in: 'Deployment', at: `${ENGINE}/resources/requests/cpu`, put: '9' },
    /less than or equal to cpu limit/,
  ],
  [
    'half a GPU',
    { in: 'Deployment', at: `${ENGINE}/resources/limits/nvidia.com~1gpu`, put: '500m' },
    /must be an integer/,
  ],
  [
    'a GPU request that differs from its limit',
    { in: 'Deployment', at: `${ENGINE}/resources/requests/nvidia.com~1gpu`, put: '2' },
    /must be equal to nvidia\.com\/gpu limit/,
  ],
  [
    'a GPU request without a limit',
    { in: 'Deployment', at: `${ENGINE}/resources`, put: { requests: { 'nvidia.com/gpu': '1' } } },
    /Limit must be set for non overcommitable resources/,
  ],
  [
    'a selector that does not match the labels',
    { in: 'Deployment', at: 'spec/selector/matchLabels/app', put: 'other' },
    /`selector` does not match template `labels`/,
  ],
  [
    'a name with capitals and underscores',
    { in: 'Service', at: 'metadata/name', put: 'vLLM_engine' },
    /metadata\.name: Invalid value: "vLLM_engine"/,
  ],
  ['an unknown kind', { in: 'Deployment', at: 'kind', put: 'Deploymnt' }, /has no Deploymnt in apps\/v1/],
  ['a deprecated API, by its warning', { in: 'ConfigMap', at: 'kind', put: 'Endpoints' }, /v1 Endpoints is deprecated/],
  [
    'a template that Pod Security would refuse, by its warning',
    { in: 'Deployment', at: 'spec/template/spec/hostNetwork', put: true },
    /would violate PodSecurity "restricted:latest": host namespaces/,
  ],
  [
    'an unknown field of a custom resource',
    { in: 'ScaledObject', at: 'spec/minReplicaCounts', put: 1 },
    /\.spec\.minReplicaCounts: field not declared in schema/,
  ],
  [
    'a number in trigger metadata',
    { in: 'ScaledObject', at: 'spec/triggers/0/metadata/threshold', put: 30 },
    /\.spec\.triggers\[0\]\.metadata\.threshold: expected string/,
  ],
  [
    'a minimum of replicas above the maximum',
    { in: 'ScaledObject', at: 'spec/minReplicaCount', put: 5 },
    /minReplicaCount must be less than or equal to maxReplicaCount/,
  ],
  [
    'a custom resource without a required field',
    { in: 'PodMonitor', at: 'spec/selector', put: undefined },
    /spec\.selector: Required value/,
  ],
  [
    'an interval that is not a duration',
    { in: 'PodMonitor', at: 'spec/podMetricsEndpoints/0/interval', put: '15 parsecs' },
    /interval in body should match/,
  ],
  [
    'a route to a Service without a port',
    { in: 'HTTPRoute', at: 'spec/rules/0/backendRefs/0/port', put: undefined },
    /Must have port for Service reference/,
  ],
  [
    'a Rollout with a selector that does not match its labels',
    { in: 'Rollout', at: 'spec/selector/matchLabels/app', put: 'other' },
    /`selector` does not match template `labels`/,
  ],
  [
    'a Rollout with an unknown field in its template',
    { in: 'Rollout', at: 'spec/template/spec/containerz', put: [] },
    /\.spec\.template\.spec\.containerz: field not declared in schema/,
  ],
];

let cluster: Cluster;
let sandbox: Sandbox;
const sound = (kind: string) => sandbox.manifests.find((manifest) => manifest.kind === kind) as Manifest;

beforeAll(async () => {
  cluster = connect();
  sandbox = await createSandbox(cluster, 'broken-objects', Object.values(soundObjects), 'restricted');
});

afterAll(() => cluster.close());

test.each(Object.keys(soundObjects))('accepts the sound %s', async (kind) => {
  expect(await judge(cluster, sound(kind))).toMatchObject({ accepted: true, message: '', warnings: [] });
});

test.each(table)('refuses %s', async (_title, mistake, reason) => {
  const verdict = await judge(cluster, withMistake(sound(mistake.in), mistake));
  expect(verdict).toMatchObject({ accepted: false, message: expect.stringMatching(reason) });
});
