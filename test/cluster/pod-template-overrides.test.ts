import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { merge } from '../../lib/workload/pod/merge';
import { KUBERNETES } from '../../lib/workload/pod/schema/pod-template-table';
import { fieldsOf } from '../../lib/workload/pod/schema/pod-types';
import type { OpenApi } from '../../scripts/pod-template-table';
import { FILE, minorOf, render, typesOf } from '../../scripts/pod-template-table';
import { ACCEPTED } from '../support/accepted-overrides';
import { mutations } from '../support/mutations';
import { REFUSED } from '../support/refused-overrides';
import { manifestsWith, WITH_TOKEN } from '../support/stack';
import type { Cluster, Manifest } from './cluster';
import { connect } from './connection';
import { isOlder } from './examples';
import { verdictOf } from './judge';
import { createSandbox, type Sandbox } from './sandbox';

let cluster: Cluster;
let sandbox: Sandbox;
let version: string;

beforeAll(async () => {
  cluster = connect();
  version = await cluster.version();
  sandbox = await createSandbox(cluster, 'overrides', manifestsWith().filter(isOfPods), 'privileged');
});

afterAll(() => cluster.close());

const isOfPods = ({ kind }: Manifest): boolean => kind === 'Deployment' || kind === 'ServiceAccount';

/** Whether the server is older than the minor that a row needs. */
const isTooOld = (since: string | undefined): boolean => since !== undefined && isOlder(version, since);

/** Why the server refuses the Deployment with these overrides; empty if it does not. */
async function refusal(overrides: object): Promise<string> {
  const sound = sandbox.manifests.find(({ kind }) => kind === 'Deployment') as Manifest;
  const deployment = merge(sound, { spec: { template: overrides } }) as Manifest;
  // A server-side apply refuses items with equal keys, and a strict create names what is unknown.
  const answers = [await cluster.apply(deployment, 'dry-run'), await cluster.create(deployment, 'dry-run')];
  const verdicts = answers.map((answer) => verdictOf(answer, deployment));
  return verdicts.find(({ status }) => status >= 400)?.message ?? '';
}

describe('the table of fields', () => {
  test('is that of the newest Kubernetes, or has all fields of an older one', async () => {
    const schema = (await cluster.schema()) as OpenApi;
    if (minorOf(schema) === KUBERNETES) {
      const command = `kubectl get --raw /openapi/v3/api/v1 > schema.json; npm run pod-template -- schema.json`;
      const isCurrent = render(schema) === readFileSync(join(__dirname, '../..', FILE), 'utf8');
      expect({ isCurrent, command }).toEqual({ isCurrent: true, command });
    }
    const unknown = [...typesOf(schema)].flatMap(([type, fields]) =>
      fields.filter((each) => !fieldsOf(type).has(/^\w+/.exec(each)?.[0] ?? '')).map((each) => `${type}.${each}`),
    );
    expect(unknown).toEqual([]);
  });
});

test.each(ACCEPTED)('the API server accepts $title', async ({ overrides, since }) => {
  if (isTooOld(since)) return;
  expect(await refusal(overrides)).toBe('');
});

test.each(REFUSED.filter(({ stricter }) => stricter === undefined))(
  'the API server refuses $title',
  async ({ overrides, since }) => {
    if (isTooOld(since)) return;
    expect(await refusal(overrides)).not.toBe('');
  },
);

test.each(REFUSED.filter(({ stricter }) => stricter !== undefined))(
  'the API server accepts $title, and $stricter',
  async ({ overrides }) => {
    expect(await refusal(overrides)).toBe('');
  },
);

/** Whether the library refuses a stack with these overrides. */
function isRefused(overrides: object): boolean {
  try {
    manifestsWith({ model: WITH_TOKEN, podTemplateOverrides: overrides as Record<string, unknown> });
    return false;
  } catch {
    return true;
  }
}

test('library and API server agree on each misspelt field and each wrong type', async () => {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const known = ACCEPTED.filter(({ since }) => !isTooOld(since));
  // The same place in several overrides is judged once.
  const places = new Map(
    known.flatMap(({ overrides }) => mutations(overrides)).map(({ what, mutated }) => [what, mutated]),
  );
  const differences: string[] = [];
  for (const [what, mutated] of places) {
    const byServer = await refusal(mutated);
    if (isRefused(mutated) !== (byServer !== '')) differences.push(`${what}: the server answers "${byServer}"`);
  }
  write.mockRestore();
  expect(places.size).toBeGreaterThan(500);
  expect(differences).toEqual([]);
});
