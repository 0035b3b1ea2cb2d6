import { spawnSync } from 'node:child_process';
import { SetupError } from '../cluster/setup-error';

const HELP = `PROMTOOL must be promtool of Prometheus 3, as a path or as a command. It is in the archive of each release:
    https://github.com/prometheus/prometheus/releases
    export PROMTOOL=path/to/promtool`;

/** The promtool that PROMTOOL names. */
export function readPromtool(env: NodeJS.ProcessEnv = process.env): string {
  const { PROMTOOL: promtool = '' } = env;
  const wrong = promtool === '' ? 'it is not set.' : wrongProgram(promtool);
  if (wrong === undefined) return promtool;
  const intro = 'The promtool tests run every query with promtool and cannot start.';
  throw new SetupError(`${intro}\n\n  ${HELP}\n  Now: ${wrong}\n`);
}

function wrongProgram(promtool: string): string | undefined {
  const { error, stdout, stderr } = spawnSync(promtool, ['--version'], { encoding: 'utf8' });
  if (error) return `${promtool} cannot be run (${(error as NodeJS.ErrnoException).code}).`;
  const [first = ''] = `${stdout}${stderr}`.trim().split('\n');
  const [, major] = /^promtool, version (\d+)\./.exec(first) ?? [];
  if (major === undefined) return `${promtool} --version prints "${first}".`;
  // Before Prometheus 3 a window of [1m] held one sample more.
  return Number(major) < 3 ? `${promtool} is "${first}".` : undefined;
}
