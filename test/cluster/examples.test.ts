import { resolve } from 'node:path';
import type { Cluster, Manifest } from './cluster';
import { connect } from './connection';
import { exampleFiles, synthesise } from './examples';
import { judge, judgePodTemplates } from './judge';
import { createSandbox, type Sandbox } from './sandbox';
import { Tally } from './tally';

const files = exampleFiles(resolve(__dirname, '../..'));
const tally = new Tally();
let cluster: Cluster;

beforeAll(() => {
  cluster = connect();
});

afterAll(async () => {
  process.stdout.write(`\nkube-apiserver ${await cluster.version()}: ${tally.summary()}\n`);
  cluster.close();
});

test('there are examples to judge', () => {
  expect(files.map(({ name }) => name)).toContain('main');
});

for (const file of files) {
  describe(`example ${file.name}`, () => {
    let sandbox: Sandbox;

    beforeAll(async () => {
      const { manifests, podSecurity } = await synthesise(file);
      sandbox = await createSandbox(cluster, file.name, manifests, podSecurity);
    });

    afterAll(() => sandbox?.dispose());

    test('every object is accepted without a warning', async () => {
      const refusals = await Promise.all(
        sandbox.manifests.map(async (manifest) => {
          const { accepted, message } = await judge(cluster, manifest);
          tally.object(accepted);
          return accepted ? [] : [`${nameOf(manifest)}: ${message}`];
        }),
      );
      expect(refusals.flat()).toEqual([]);
    });

    test('every pod template is accepted as a Pod', async () => {
      const refusals = await Promise.all(
        sandbox.manifests.map(async (manifest) => {
          const verdicts = await judgePodTemplates(cluster, manifest);
          verdicts.forEach(({ accepted }) => tally.podTemplate(sandbox.levelOf(manifest), accepted));
          return verdicts.filter(({ accepted }) => !accepted).map(({ message }) => `${nameOf(manifest)}: ${message}`);
        }),
      );
      expect(refusals.flat()).toEqual([]);
    });
  });
}

function nameOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`;
}
