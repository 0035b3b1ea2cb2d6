import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Needs, readFolders } from './assets';

const NEEDS: Needs = {
  tests: 'something',
  variable: 'SOME_ASSETS',
  programs: ['server'],
  kinds: ['kinds.yaml'],
  hint: 'server is a server.\nIt serves.',
};

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'assets-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, mode: number): void {
  writeFileSync(join(folder, file), '');
  chmodSync(join(folder, file), mode);
}

test('returns both folders if they have everything', () => {
  write('server', 0o755);
  write('kinds.yaml', 0o644);
  expect(readFolders(NEEDS, { SOME_ASSETS: folder, CRD_DIR: folder })).toEqual({ assets: folder, crdDir: folder });
});

test('fails with the variables that are not set, and with what they must be', () => {
  expect(() => readFolders(NEEDS, {})).toThrow(/SOME_ASSETS must be a folder with server, kinds.yaml:[^]*It serves\./);
  expect(() => readFolders(NEEDS, {})).toThrow('Now: not set: SOME_ASSETS, CRD_DIR.');
  expect(() => readFolders(NEEDS, { SOME_ASSETS: folder })).toThrow('Now: not set: CRD_DIR.');
});

test('fails with the files that are missing, and with programs that cannot be executed', () => {
  write('server', 0o644);
  expect(() => readFolders(NEEDS, { SOME_ASSETS: folder, CRD_DIR: folder })).toThrow('Now: no server, kinds.yaml.');
});
