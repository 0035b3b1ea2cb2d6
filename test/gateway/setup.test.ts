import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLive, readLiveRouting } from './environment';

test('fails with the variable to set if it is not set', () => {
  expect(() => readLiveRouting({})).toThrow(/LIVE_ROUTING must be the path[^]*Now: it is not set/);
});

test('fails with the file that is not a program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-setup-'));
  const file = join(folder, 'live-routing');
  writeFileSync(file, '', { mode: 0o644 });
  expect(() => readLiveRouting({ LIVE_ROUTING: file })).toThrow(`${file} is not an executable file.`);
  expect(() => readLiveRouting({ LIVE_ROUTING: `${file}-2` })).toThrow(`${file}-2 is not an executable file.`);
  rmSync(folder, { recursive: true });
});

test('fails with the command to use outside the program', () => {
  expect(() => readLive({})).toThrow('npm run test:gateway');
  expect(readLive({ LIVE: 'logs', LIVE_TOOLS: 'tools', KUBECONFIG: 'k' })).toEqual({ logs: 'logs', tools: 'tools' });
});
