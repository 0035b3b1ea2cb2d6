import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Gateway } from '../support/routing/resources';
import { readLive } from './environment';

/** Starts the Envoy of a Gateway. */
export function startProxy({ metadata }: Gateway): void {
  const { tools } = readLive();
  const env = { ...process.env, PATH: `${withoutHotRestart()}:${process.env.PATH}` };
  const args = [metadata.name, metadata.namespace ?? 'default'];
  const { status, stderr } = spawnSync(join(tools, 'envoy.py'), args, { encoding: 'utf8', env });
  if (status !== 0) throw new Error(`no Envoy for Gateway ${args.reverse().join('/')}: ${stderr}`);
}

/**
 * A folder with an `envoy` without hot restart. Hot restart uses memory that all Envoys of the machine share by number, and
 * another run at the same time has the same numbers: its Envoys hang.
 */
function withoutHotRestart(): string {
  const folder = join(readLive().logs, 'bin');
  mkdirSync(folder, { recursive: true });
  const real = spawnSync('sh', ['-c', 'command -v envoy'], { encoding: 'utf8' }).stdout.trim();
  writeFileSync(join(folder, 'envoy'), `#!/bin/sh\nexec '${real}' "$@" --disable-hot-restart\n`, { mode: 0o755 });
  return folder;
}
