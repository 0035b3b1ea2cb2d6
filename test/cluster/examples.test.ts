import { resolve } from 'node:path';
import type { Cluster, Manifest } from './cluster';
import { connect } from './connection';
import { defaultsInLists } from './defaults-in-lists';
import { exampleFiles, isOlder, synthesise } from './examples';
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

test('at least one example exists', () => {
  expect(files.map(({ name }) => name)).toContain('main');
});

for (const file of files) {
  describe(`example ${file.name}`, () => {
    /** Undefined if the server is too old for the example. */
    let sandbox: Sandbox | undefined;

    beforeAll(async () => {
      const { manifests, foreign, podSecurity, minKubernetes } = await synthesise(file);
      tally.foreign(foreign.length);
      if (minKubernetes !== undefined && isOlder(await cluster.version(), minKubernetes)) {
        tally.leaveOut(file.name, minKubernetes);
        return;
      }
      sandbox = await createSandbox(cluster, file.name, manifests, podSecurity);
    });

    afterAll(() => sandbox?.dispose());

    test('every object is accepted without a warning', async () => {
      const refusals = await Promise.all(
        (sandbox?.manifests ?? []).map(async (manifest) => {
          const { accepted, message } = await judge(cluster, manifest);
          tally.object(accepted);
          return accepted ? [] : [`${nameOf(manifest)}: ${message}`];
        }),
      );
      expect(refusals.flat()).toEqual([]);
    });

    test('no default of the API is missing in a list of a custom resource', async () => {
      const added = await Promise.all(
        (sandbox?.manifests ?? []).filter(isCustom).map(async (manifest) => {
          const answer = await cluster.apply(manifest, 'dry-run');
          return defaultsInLists(manifest.spec, (answer?.body as Manifest | undefined)?.spec).map(
            (path) => `${nameOf(manifest)}: spec${path}`,
          );
        }),
      );
      expect(added.flat()).toEqual([]);
    });

    test('every pod template is accepted as a Pod', async () => {
      if (sandbox === undefined) return;
      const { manifests, levelOf } = sandbox;
      const refusals = await Promise.all(
        manifests.map(async (manifest) => {
          const verdicts = await judgePodTemplates(cluster, manifest);
          verdicts.forEach(({ accepted }) => tally.podTemplate(levelOf(manifest), accepted));
          return verdicts.filter(({ accepted }) => !accepted).map(({ message }) => `${nameOf(manifest)}: ${message}`);
        }),
      );
      expect(refusals.flat()).toEqual([]);
    });
  });
}

/** Custom resources have the domain of a project in their API. */
function isCustom({ apiVersion }: Manifest): boolean {
  return apiVersion.includes('.') && !/^\w+\.k8s\.io\//.test(apiVersion);
}

function nameOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`;
}
