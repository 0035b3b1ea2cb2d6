import { manifestsWith } from '../support/stack';
import type { Cluster, Manifest } from './cluster';
import { connect } from './connection';
import { isOlder } from './examples';
import { judge, judgePodTemplates } from './judge';
import { createSandbox } from './sandbox';
import { STACKS } from './stacks';

let cluster: Cluster;

beforeAll(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  cluster = connect();
});

afterAll(() => cluster.close());

test.each(STACKS.map((stack, index) => ({ ...stack, index })))(
  'the API server accepts a stack with $title',
  async ({ props, podSecurity = 'restricted', minKubernetes, index }) => {
    if (minKubernetes !== undefined && isOlder(await cluster.version(), minKubernetes)) return;
    const emitted = manifestsWith(props) as Manifest[];
    const { manifests, dispose } = await createSandbox(cluster, `stacks-${index}`, emitted, podSecurity);
    const verdicts = await Promise.all(
      manifests.map(async (manifest) => [
        await judge(cluster, manifest),
        ...(await judgePodTemplates(cluster, manifest)),
      ]),
    );
    await dispose();
    const refusals = verdicts.flat().filter(({ accepted }) => !accepted);
    expect(refusals.map(({ message }) => message)).toEqual([]);
  },
);
