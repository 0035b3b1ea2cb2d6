/**
 * Regenerates imports/ from the table in crds.ts. With CRD_DIR set it reads <group>.yaml files from that folder,
 * otherwise it downloads the pinned releases. With --check it changes nothing and fails when imports/ is out of date.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { differences, generate, readFolder, readme, replaceFolder } from './crd-generate';
import { fromFolder, fromReleases, readCrds } from './crd-sources';
import { CRDS } from './crds';

const IMPORTS = resolve(__dirname, '../imports');

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const folder = process.env.CRD_DIR;
  const crds = await readCrds(CRDS, folder ? fromFolder(folder) : fromReleases());
  const files = generate(crds).set('README.md', readme(CRDS, crds));

  if (!values.check) {
    replaceFolder(IMPORTS, files);
    console.log(`imports/: ${files.size - 1} API groups, ${crds.length} kinds`);
    return;
  }
  const found = differences(readFolder(IMPORTS), files);
  if (found.length > 0) throw new Error(`imports/ is out of date, run npm run import:\n  ${found.join('\n  ')}`);
  console.log('imports/ is up to date');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
