/** What all generators share: they write files, or only compare them with what they would write. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = join(__dirname, '..');

const commandLine = () => parseArgs({ allowPositionals: true, options: { check: { type: 'boolean' } } });

/** Writes a generated file; with `--check`, changes nothing and fails when it is out of date. */
export function writeGenerated(file: string, content: string, command: string): void {
  if (commandLine().values.check !== true) return writeFileSync(join(ROOT, file), content);
  if (readGenerated(file) !== content) throw new Error(`${file} is out of date: run ${command}`);
}

/** A file of the project, of which a generator writes a part. */
export const readGenerated = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** A file of facts, from the folder that follows the command: `npm run models -- ../shared/facts`. */
export function readFacts<T>(file: string, command: string): T {
  const [folder] = commandLine().positionals;
  if (folder === undefined) throw new Error(`name the folder with the facts: ${command} -- ../shared/facts`);
  return JSON.parse(readFileSync(join(folder, 'data', file), 'utf8')) as T;
}
