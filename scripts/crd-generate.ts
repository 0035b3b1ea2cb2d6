import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { storageVersion, type Crd } from './crd-reduce';
import type { CrdSource } from './crds';

const CDK8S = resolve(__dirname, '../node_modules/.bin/cdk8s');

/** File name to content of the folder that `cdk8s import` makes of the definitions. */
export function generate(crds: readonly Crd[]): Map<string, string> {
  const workFolder = mkdtempSync(join(tmpdir(), 'import-crds-'));
  try {
    const output = join(workFolder, 'imports');
    mkdirSync(output);
    for (const [group, members] of byGroup(crds)) importGroup(workFolder, output, group, members);
    return readFolder(output);
  } finally {
    rmSync(workFolder, { recursive: true });
  }
}

/** One call per API group: `cdk8s import` names its output after the group, so a second call would overwrite it. */
function importGroup(workFolder: string, output: string, group: string, crds: readonly Crd[]): void {
  const input = join(workFolder, `${group}.yaml`);
  writeFileSync(input, crds.map((crd) => stringify(crd, { lineWidth: 0 })).join('---\n'));
  // In a separate folder: otherwise the project's cdk8s.yaml would change the options.
  execFileSync(CDK8S, ['import', input, '--language', 'typescript', '--output', output, '--no-save'], {
    cwd: workFolder,
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
    stdio: ['ignore', 'ignore', 'pipe'], // the error of a failed call quotes its stderr
  });
}

function byGroup(crds: readonly Crd[]): Map<string, Crd[]> {
  const groups = new Map<string, Crd[]>();
  for (const crd of crds) groups.set(crd.spec.group, [...(groups.get(crd.spec.group) ?? []), crd]);
  return groups;
}

/** The page of `imports/` with the origin of each kind. */
export function readme(sources: readonly CrdSource[], crds: readonly Crd[]): string {
  const rows = sources.map(({ kind, repository, tag, path }, index) => {
    const api = `${crds[index].spec.group}/${storageVersion(crds[index]).name}`;
    return `| ${api} | ${kind} | [${repository}](https://github.com/${repository}/blob/${tag}/${path}) | ${tag} |`;
  });
  return [
    '# Generated types',
    '',
    'Written by `npm run import`; do not edit. How and why: [docs/imports.md](../docs/imports.md).',
    '',
    '| API | kind | origin | release |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

export function readFolder(folder: string): Map<string, string> {
  const names = readdirSync(folder).sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** Replaces the whole folder, so that the file of a group that is no longer in the table is deleted. */
export function replaceFolder(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
}

/** One line per file that a regeneration would change. */
export function differences(committed: ReadonlyMap<string, string>, generated: ReadonlyMap<string, string>): string[] {
  const names = [...new Set([...committed.keys(), ...generated.keys()])].sort();
  return names
    .filter((name) => committed.get(name) !== generated.get(name))
    .map((name) => {
      if (!committed.has(name)) return `${name}: missing`;
      return generated.has(name) ? `${name}: differs` : `${name}: no longer generated`;
    });
}
