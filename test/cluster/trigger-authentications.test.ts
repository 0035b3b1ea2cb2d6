import { PrometheusAuthentication, PrometheusServer, SecretKey } from '../../lib';
import { scaledManifests } from '../support/scaling';
import type { Cluster, Manifest } from './cluster';
import { connect } from './connection';
import { judge } from './judge';
import { createSandbox, type Sandbox } from './sandbox';

const KEY = SecretKey.of('prometheus', 'key');
const AMAZON = 'https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-01234567-89ab-cdef-0123-456789abcdef';

const WAYS: Readonly<Record<string, PrometheusAuthentication>> = {
  'a token': PrometheusAuthentication.bearer(KEY, { ca: KEY }),
  'a password': PrometheusAuthentication.basic(KEY, KEY, { ca: KEY }),
  'a header': PrometheusAuthentication.header(KEY, KEY, { ca: KEY }),
  certificates: PrometheusAuthentication.tls({ ca: KEY, certificate: KEY, key: KEY }),
  'the role of KEDA in AWS': PrometheusAuthentication.awsPodIdentity(),
  'another role in AWS': PrometheusAuthentication.awsPodIdentity({ roleArn: 'arn:aws:iam::111122223333:role/query' }),
  'the identity of KEDA in Azure': PrometheusAuthentication.azureWorkloadIdentity(),
  'another identity in Azure': PrometheusAuthentication.azureWorkloadIdentity({
    clientId: '11111111-2222-3333-4444-555555555555',
  }),
  'an identity in Google Cloud': PrometheusAuthentication.gcpPodIdentity(),
};

const KINDS = ['TriggerAuthentication', 'ScaledObject'];
const objects = Object.values(WAYS).flatMap((authentication, index) => {
  const prometheus = PrometheusServer.at(AMAZON, { authentication });
  const manifests = scaledManifests({ prometheus }, { name: `scaled-${index}` }) as Manifest[];
  return manifests.filter(({ kind }) => KINDS.includes(kind));
});

let cluster: Cluster;
let sandbox: Sandbox;

beforeAll(async () => {
  cluster = connect();
  sandbox = await createSandbox(cluster, 'trigger-authentications', objects, 'restricted');
});

afterAll(async () => {
  await sandbox.dispose();
  cluster.close();
});

test.each(Object.keys(WAYS).map((way, index) => ({ way, index })))('accepts a scaler with $way', async ({ index }) => {
  const manifests = sandbox.manifests.slice(index * KINDS.length, (index + 1) * KINDS.length);
  expect(manifests.map(({ kind }) => kind).sort()).toEqual([...KINDS].sort());
  for (const manifest of manifests) {
    expect(await judge(cluster, manifest)).toMatchObject({ accepted: true, message: '', warnings: [] });
  }
});
