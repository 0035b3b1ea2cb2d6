import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../main';

const root = join(__dirname, '..');
const folders: string[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'cdk8s-vllm-'));
  folders.push(made);
  return made;
}

afterAll(() => folders.forEach((each) => rmSync(each, { recursive: true })));

/** All files that a process of its own writes. */
function synth(cwd: string, timeZone: string): Record<string, string> {
  const outdir = folder();
  // By its path, since the working directory need not have the loader.
  const loader = require.resolve('tsx');
  execFileSync(process.execPath, ['--import', loader, join(root, 'main.ts')], {
    cwd,
    env: { ...process.env, TZ: timeZone, CDK8S_OUTDIR: outdir },
  });
  return Object.fromEntries(readdirSync(outdir).map((file) => [file, readFileSync(join(outdir, file), 'utf8')]));
}

test('two processes in two time zones and two folders write the same bytes', () => {
  const one = synth(root, 'UTC');
  const two = synth(folder(), 'Pacific/Kiritimati');
  expect(Object.keys(one)).toEqual(['vllm.k8s.yaml']);
  expect(two).toEqual(one);
});

test('one app synthesises to the same text twice', () => {
  const app = build();
  expect(app.synthYaml()).toBe(app.synthYaml());
});
