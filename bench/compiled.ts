import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './child';

/** Time of the last change to a file with this extension, anywhere in a folder; 0 if it has none. */
function newest(folder: string, ending: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(ending));
  return Math.max(0, ...files.map((file) => statSync(join(folder, file)).mtimeMs));
}

/** Compiles the library if its sources are newer, since the bench measures the package that users load. */
export function ensureCompiled(): void {
  const entry = join(ROOT, 'build/index.js');
  if (existsSync(entry) && statSync(entry).mtimeMs > newest(join(ROOT, 'lib'), '.ts')) return;
  process.stderr.write('bench: the sources are newer than build/, compiling\n');
  const { status } = spawnSync('npm', ['run', 'build'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0 || !existsSync(entry)) throw new Error('"npm run build" failed');
}
