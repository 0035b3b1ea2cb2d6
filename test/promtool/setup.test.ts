import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPromtool } from './environment';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'promtool-setup-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function program(output: string): string {
  const file = join(folder, 'promtool');
  writeFileSync(file, `#!/bin/sh\necho '${output}'\n`, { mode: 0o755 });
  return file;
}

test.each<[what: string, promtool: () => string | undefined, message: RegExp]>([
  ['it is unset', () => undefined, /PROMTOOL must be promtool of Prometheus 3[^]*Now: it is not set\./],
  ['the program is missing', () => join(folder, 'promtool'), /Now: \S+promtool cannot be run \(ENOENT\)\./],
  ['it is another program', () => program('Prometheus 3'), /Now: \S+promtool --version prints "Prometheus 3"\./],
  ['it is too old', () => program('promtool, version 2.42.0+ds'), /Now: \S+ is "promtool, version 2\.42\.0\+ds"\./],
])('fails with what to set when %s', (_, promtool, message) => {
  expect(() => readPromtool({ PROMTOOL: promtool() })).toThrow(message);
});

test('accepts promtool of Prometheus 3', () => {
  const file = program('promtool, version 3.16.0 (branch: , revision: unknown)');
  expect(readPromtool({ PROMTOOL: file })).toBe(file);
});
