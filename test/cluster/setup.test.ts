import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApiServer } from './api-server';
import { readEnvironment } from './environment';
import { isOlder } from './examples';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cluster-setup-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

test('fails with the variables to set if none is set', () => {
  const read = () => readEnvironment({});
  expect(read).toThrow(/KUBEBUILDER_ASSETS="\$\(setup-envtest use -p path\)"[^]*CRD_DIR must be a folder/);
});

test('fails with the missing program and the empty folder', () => {
  program('etcd', 'exit');
  const read = () => readEnvironment({ KUBEBUILDER_ASSETS: folder, CRD_DIR: folder });
  expect(read).toThrow(/has no executable kube-apiserver\.[^]*has no \*\.yaml file\./);
});

test('fails at once, with the end of its log, if a server exits while it starts', async () => {
  program('etcd', 'exec sleep 60');
  program('kube-apiserver', 'echo "unknown flag: --what"; exit 3');
  await expect(startApiServer(folder)).rejects.toThrow(/kube-apiserver ended \(exit code 3\)[^]*unknown flag: --what/);
});

test.each([
  ['v1.33.13', '1.34', true],
  ['v1.34.0-rc.1', '1.34', false],
  ['v1.37.2', '1.34', false],
  ['v2.0.0', '1.34', false],
])('%s is older than %s: %s', (server, minor, older) => {
  expect(isOlder(server, minor)).toBe(older);
});
