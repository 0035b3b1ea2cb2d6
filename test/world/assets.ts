import { accessSync, constants } from 'node:fs';
import { join, resolve } from 'node:path';
import { SetupError } from '../cluster/setup-error';

/** What a test with real programs needs. */
export interface Needs {
  /** What cannot start without them. */
  readonly tests: string;
  /** The environment variable with their folder. */
  readonly variable: string;
  readonly programs: readonly string[];
  /** Files with CustomResourceDefinitions. */
  readonly kinds: readonly string[];
  /** What a reader must know about the programs. */
  readonly hint: string;
}

/** Folders of programs and of CustomResourceDefinitions. */
export interface Folders {
  readonly assets: string;
  readonly crdDir: string;
}

/** Reads the environment. One error reports everything that is missing. */
export function readFolders(needs: Needs, env: NodeJS.ProcessEnv = process.env): Folders {
  const { variable, programs, kinds } = needs;
  const { [variable]: assets, CRD_DIR: crdDir } = env;
  const missing = assets ? missingFiles(assets, needs) : [];
  if (assets && crdDir && missing.length === 0) return { assets: resolve(assets), crdDir: resolve(crdDir) };
  const unset = Object.entries({ [variable]: assets, CRD_DIR: crdDir }).filter(([, value]) => !value);
  const now = unset.length > 0 ? `not set: ${unset.map(([name]) => name).join(', ')}` : `no ${missing.join(', ')}`;
  throw new SetupError(`The tests of ${needs.tests} need real programs and cannot start.

  ${variable} must be a folder with ${[...programs, ...kinds].join(', ')}:
${needs.hint.replaceAll(/^/gm, '    ')}
  CRD_DIR must be a folder of CustomResourceDefinitions, as for the cluster tests.
  Now: ${now}.
`);
}

function missingFiles(folder: string, { programs, kinds }: Needs): string[] {
  const isThere = (file: string, mode: number): boolean => {
    try {
      accessSync(join(folder, file), mode);
      return true;
    } catch {
      return false;
    }
  };
  return [
    ...programs.filter((file) => !isThere(file, constants.X_OK)),
    ...kinds.filter((file) => !isThere(file, constants.R_OK)),
  ];
}
