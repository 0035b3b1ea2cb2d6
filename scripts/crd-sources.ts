import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { reduceCrd, type Crd } from './crd-reduce';
import { urlOf, type CrdSource } from './crds';

/** Source of the text of a definition: a folder or a release. */
export type ReadText = (source: CrdSource) => Promise<string>;

/** A folder with one file per API group, such as `keda.sh.yaml`. It needs no network. */
export function fromFolder(folder: string): ReadText {
  return ({ group }) => readFile(join(folder, `${group}.yaml`), 'utf8');
}

/** The pinned upstream releases. */
export function fromReleases(get: (url: string) => Promise<Response> = fetch): ReadText {
  return async (source) => {
    const url = urlOf(source);
    const response = await get(url).catch((cause: unknown) => {
      throw new Error(`${source.kind}: cannot reach ${url}; set CRD_DIR to import without a network`, { cause });
    });
    if (!response.ok) {
      throw new Error(
        `${source.kind}: ${url} answered HTTP ${response.status}; check its repository, tag and path in scripts/crds.ts`,
      );
    }
    return response.text();
  };
}

/** The reduced definitions, in the order of the table. */
export function readCrds(sources: readonly CrdSource[], read: ReadText): Promise<Crd[]> {
  return Promise.all(sources.map(async (source) => reduceCrd(pick(await read(source), source), source.freePodFields)));
}

function pick(text: string, { group, kind }: CrdSource): Crd {
  const crd = parseDocuments(text).find(
    (document) =>
      document?.kind === 'CustomResourceDefinition' &&
      document.spec.group === group &&
      document.spec.names.kind === kind,
  );
  if (!crd) throw new Error(`no CustomResourceDefinition of ${kind}.${group} in the file that should define it`);
  return crd;
}

function parseDocuments(text: string): (Crd | null)[] {
  return Array.from(parseAllDocuments(text), (document) => {
    const [error] = document.errors;
    if (error) throw error;
    return document.toJS() as Crd | null;
  });
}
