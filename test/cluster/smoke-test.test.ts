import { SecretKey, SmokeTest } from '../../lib';
import { smokeTestJob } from '../../lib/smoke-test/smoke-test-job';
import { smokePlanWith, targetWith } from '../support/smoke-test';
import type { Cluster, Manifest } from './cluster';
import { connect } from './connection';
import { judge } from './judge';
import { createSandbox, type Sandbox } from './sandbox';

const apiKey = { secretName: 'clients', key: 'key' };
const KINDS = {
  'Job of its own': SmokeTest.job(),
  'hook of Argo CD': SmokeTest.argoCdHook({ ca: SecretKey.of('gateway-ca', 'ca.crt') }),
  'Job of Flux': SmokeTest.flux({ connectTo: 'gateway.gateways.svc:443' }),
};
const jobs = Object.values(KINDS).map((smokeTest, index) => {
  const plan = smokePlanWith(smokeTest, { name: `routes-${index}`, targets: [targetWith({ apiKey })] });
  return smokeTestJob({ ...plan, namespace: undefined }) as Manifest;
});

let cluster: Cluster;
let sandbox: Sandbox;

beforeAll(async () => {
  cluster = connect();
  sandbox = await createSandbox(cluster, 'smoke-test', jobs, 'restricted');
});

afterAll(() => cluster.close());

test.each(Object.keys(KINDS))('accepts the smoke test as a %s', async (kind) => {
  const manifest = sandbox.manifests[Object.keys(KINDS).indexOf(kind)] as Manifest;
  expect(await judge(cluster, manifest)).toMatchObject({ accepted: true, message: '', warnings: [] });
});
