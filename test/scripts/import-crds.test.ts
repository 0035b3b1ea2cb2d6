import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { stringify } from 'yaml';
import { ScaledObject } from '../../imports/keda.sh';
import { differences, readme } from '../../scripts/crd-generate';
import { reduceCrd, type Crd } from '../../scripts/crd-reduce';
import { reduceSchema, type Schema } from '../../scripts/crd-schema';
import { fromReleases, readCrds } from '../../scripts/crd-sources';
import { CRDS, urlOf, type CrdSource } from '../../scripts/crds';

const FREE_FORM: Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const TEXT: Schema = { type: 'string' };

const object = (properties: Record<string, Schema>): Schema => ({ type: 'object', properties });
const list = (items: Schema): Schema => ({ type: 'array', items });

const POD_SPEC = object({ restartPolicy: TEXT, containers: list(object({ image: TEXT })) });
const POD_TEMPLATE = object({ metadata: { type: 'object' }, spec: POD_SPEC });
const JOB_SPEC = object({ backoffLimit: { type: 'integer' }, template: POD_TEMPLATE });

const SOURCE: CrdSource = {
  group: 'example.com',
  kind: 'Trial',
  repository: 'example/trials',
  tag: 'v1.2.3',
  path: 'crds/trial.yaml',
  freePodFields: false,
};

/** A published CRD: with an old version, documentation, a status and a conversion webhook. */
const UNREDUCED = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'trials.example.com', annotations: { 'controller-gen.kubebuilder.io/version': 'v0.17.2' } },
  spec: {
    group: 'example.com',
    names: { kind: 'Trial', listKind: 'TrialList', plural: 'trials', singular: 'trial' },
    scope: 'Namespaced',
    conversion: { strategy: 'Webhook' },
    versions: [
      { name: 'v1alpha1', served: true, storage: false, schema: { openAPIV3Schema: object({ spec: TEXT }) } },
      {
        name: 'v1',
        served: true,
        storage: true,
        additionalPrinterColumns: [{ name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' }],
        schema: {
          openAPIV3Schema: {
            description: 'A trial run.',
            ...object({
              status: object({ phase: TEXT }),
              spec: {
                description: 'What to try.',
                ...object({
                  template: POD_TEMPLATE,
                  cleanup: { description: 'Runs last.', ...JOB_SPEC },
                  probes: list(POD_SPEC),
                  description: { description: 'For the reader.', ...TEXT },
                  defaults: { ...object({}), default: { description: 'kept: this is data' } },
                }),
              },
            }),
          },
        },
      },
    ],
  },
};

const REDUCED: Crd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'trials.example.com' },
  spec: {
    group: 'example.com',
    names: { kind: 'Trial', plural: 'trials', singular: 'trial' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: object({
            spec: object({
              cleanup: FREE_FORM,
              defaults: { ...object({}), default: { description: 'kept: this is data' } },
              description: TEXT,
              probes: list(FREE_FORM),
              template: FREE_FORM,
            }),
          }),
        },
      },
    ],
  },
};

describe('a definition is reduced', () => {
  test('to the shape of its storage version, with embedded pods free-form', () => {
    expect(reduceCrd(UNREDUCED)).toEqual(REDUCED);
  });

  test('to the same bytes a second time', () => {
    expect(stringify(reduceCrd(reduceCrd(UNREDUCED)))).toBe(stringify(reduceCrd(UNREDUCED)));
  });

  test('to the same as a reduced copy that still has a free-form status', () => {
    const [version] = REDUCED.spec.versions;
    const schema = version.schema.openAPIV3Schema;
    const openAPIV3Schema = { ...schema, properties: { ...schema.properties, status: FREE_FORM } };
    const copy = { ...REDUCED, spec: { ...REDUCED.spec, versions: [{ ...version, schema: { openAPIV3Schema } }] } };
    expect(reduceCrd(copy)).toEqual(reduceCrd(UNREDUCED));
  });

  test('to the same bytes whatever the order of its fields', () => {
    const reversed = object({ b: TEXT, a: TEXT });
    expect(JSON.stringify(reduceSchema(reversed))).toBe(JSON.stringify(reduceSchema(object({ a: TEXT, b: TEXT }))));
  });

  test('without the types of pod fields only if the table sets that', () => {
    const schema = object({ env: list(object({ name: TEXT })), resources: object({ limits: TEXT }), image: TEXT });
    expect(reduceSchema(schema)).toEqual(schema);
    expect(reduceSchema(schema, true)).toEqual(object({ env: list(FREE_FORM), resources: FREE_FORM, image: TEXT }));
  });

  test('but another API that also lists containers keeps its types', () => {
    const schema = object({ prometheus: object({ containers: list(object({ image: TEXT })) }) });
    expect(reduceSchema(schema)).toEqual(schema);
  });

  test('fails without a storage version', () => {
    const incomplete = { ...UNREDUCED, spec: { ...UNREDUCED.spec, versions: [] } };
    expect(() => reduceCrd(incomplete)).toThrow('trials.example.com has no storage version');
  });
});

describe('definitions are read', () => {
  const documents = `${stringify({ kind: 'Namespace' })}---\n${stringify(UNREDUCED)}`;

  test('from files that also have other documents', async () => {
    expect(await readCrds([SOURCE], async () => documents)).toEqual([REDUCED]);
  });

  test('from the pinned release', async () => {
    const get = jest.fn(async () => new Response(documents));
    await readCrds([SOURCE], fromReleases(get));
    expect(get).toHaveBeenCalledWith('https://raw.githubusercontent.com/example/trials/v1.2.3/crds/trial.yaml');
  });

  test('fails when the file does not define the kind', async () => {
    const read = readCrds([{ ...SOURCE, kind: 'Verdict' }], async () => documents);
    await expect(read).rejects.toThrow('no CustomResourceDefinition of Verdict.example.com');
  });

  test('fails with status and URL when the release has no such file', async () => {
    const read = readCrds(
      [SOURCE],
      fromReleases(async () => new Response('', { status: 404 })),
    );
    await expect(read).rejects.toThrow(`${urlOf(SOURCE)} answered HTTP 404`);
  });

  test('fails with the URL without a network', async () => {
    const read = readCrds(
      [SOURCE],
      fromReleases(() => Promise.reject(new TypeError('fetch failed'))),
    );
    await expect(read).rejects.toThrow(`cannot reach ${urlOf(SOURCE)}`);
  });
});

test('the check names every file that a regeneration would change', () => {
  const committed = new Map(Object.entries({ 'same.ts': 'a', 'edited.ts': 'by hand', 'stale.ts': 'b' }));
  const generated = new Map(Object.entries({ 'same.ts': 'a', 'edited.ts': 'c', 'new.ts': 'd' }));
  expect(differences(committed, generated)).toEqual([
    'edited.ts: differs',
    'new.ts: missing',
    'stale.ts: no longer generated',
  ]);
});

test('the page of the types lists API, kind, origin and release', () => {
  expect(readme([SOURCE], [REDUCED])).toContain(
    '| example.com/v1 | Trial | [example/trials](https://github.com/example/trials/blob/v1.2.3/crds/trial.yaml) | v1.2.3 |',
  );
});

describe('the committed types', () => {
  test('cover exactly the API groups of the table', () => {
    const committed = readdirSync(resolve(__dirname, '../../imports')).filter((name) => name.endsWith('.ts'));
    expect(committed.sort()).toEqual([...new Set(CRDS.map(({ group }) => `${group}.ts`))].sort());
  });

  test('load by their group, without a file extension', () => {
    expect(ScaledObject.GVK).toEqual({ apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' });
  });
});
