import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { ApiServer } from './api-server';
import { yamlFiles } from './environment';
import { poll } from './poll';
import { SetupError } from './setup-error';

interface Crd {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
}

const SERVED_TIMEOUT_MS = 30_000;

/** Installs every CRD of a folder and returns when the server has all of them. */
export async function installCrds({ request }: ApiServer, folder: string): Promise<void> {
  const crds = yamlFiles(folder).flatMap((file) => readCrds(file).map((crd) => ({ crd, file: basename(file) })));
  if (crds.length === 0) {
    throw new SetupError(`CRD_DIR: no document in ${folder}/*.yaml is a CustomResourceDefinition.`);
  }
  await Promise.all(
    crds.map(async ({ crd, file }) => {
      const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${crd.metadata.name}`;
      const { status, body } = await request('PATCH', `${path}?fieldManager=test&force=true`, stringify(crd));
      if (status !== 200 && status !== 201) {
        const { message } = body as { message: string };
        throw new SetupError(`CRD_DIR: the API server refuses ${crd.metadata.name} of ${file}: ${message}`);
      }
    }),
  );
  for (const { crd } of crds) {
    await untilServed(request, crd);
  }
}

function readCrds(file: string): Crd[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).flatMap((document) => {
    const [mistake] = document.errors;
    if (mistake) {
      const [message] = mistake.message.split('\n'); // an excerpt follows
      throw new SetupError(`CRD_DIR: ${file} is not YAML: ${message}`);
    }
    const content = document.toJS() as Crd | null;
    return content?.kind === 'CustomResourceDefinition' ? [content] : [];
  });
}

/** Discovery lists a kind when its CRD is Established, about a second after it is stored. */
async function untilServed(request: ApiServer['request'], { spec, metadata }: Crd): Promise<void> {
  const isServed = async (version: string) => {
    const { status, body } = await request('GET', `/apis/${spec.group}/${version}`);
    const resources = status === 200 ? (body as { resources: { kind: string }[] }).resources : [];
    return resources.some(({ kind }) => kind === spec.names.kind);
  };
  for (const { name } of spec.versions.filter(({ served }) => served)) {
    const complaint = () =>
      new SetupError(`CRD_DIR: ${metadata.name} is stored, but the server still does not have ${name}.`);
    await poll(() => isServed(name), SERVED_TIMEOUT_MS, complaint);
  }
}
