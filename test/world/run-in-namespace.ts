import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { POD_NETWORK } from './addresses';
import { type Needs, readFolders } from './assets';

/**
 * The first process is a shell, since the kernel gives the first one no SIGINT: Ctrl-C then ends Jest, the shell removes all
 * temporary files, and the rest ends with it.
 */
const script = (keepLogs: string): string => `trap '[ -n "$${keepLogs}" ] || rm -rf "$TMPDIR"' EXIT
trap 'exit 130' INT TERM
TMPDIR=$(mktemp -d) || exit
export TMPDIR
ip link set lo up && ip route add local ${POD_NETWORK} dev lo || exit
"$@"`;

/**
 * Runs Jest in a network namespace of its own, where every address of the pod network is one of this machine's: one
 * server can be every pod, and nothing is reachable from outside. All processes end with the first one.
 *
 * @param config file of Jest's configuration
 * @param keepLogs environment variable that keeps the logs
 * @returns the exit code
 */
export function runInNamespace(config: string, needs: Needs, keepLogs: string): number {
  try {
    readFolders(needs);
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
  const jest = createRequire(`${process.cwd()}/`).resolve('jest/bin/jest');
  const command = [process.execPath, jest, '--config', config, '--runInBand', ...process.argv.slice(2)];
  const root = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const namespaces = ['--net', '--pid', '--fork', '--kill-child', '--mount', '--mount-proc'];
  const shell = ['sh', '-c', script(keepLogs), 'sh'];
  const { status, error } = spawnSync('unshare', [...root, ...namespaces, ...shell, ...command], { stdio: 'inherit' });
  if (error) console.error(`unshare (util-linux) and ip (iproute2) are needed: ${error.message}`);
  return status ?? 1;
}
