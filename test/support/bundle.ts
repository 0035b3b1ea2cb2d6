import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = join(__dirname, '../..');

/** A folder for the length of one test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-vllm-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes one file with a program and everything that it imports, and returns its path. */
export function bundle(entry: string, folder: string, { minify }: { readonly minify: boolean }): string {
  const outfile = join(folder, minify ? 'minified.cjs' : 'bundle.cjs');
  buildSync({ entryPoints: [join(ROOT, entry)], outfile, bundle: true, platform: 'node', minify, logLevel: 'warning' });
  return outfile;
}

/** The files of a folder, by name. */
export function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
