/**
 * Runs Jest in a network namespace of its own, where every address of the pod network is one of this machine's: one
 * server can be every pod, and nothing is reachable from outside. All processes end with the first one.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { readPoolEnvironment } from './pool-environment';
import { POD_NETWORK } from './pool-addresses';

/**
 * The first process is a shell, since the kernel gives the first one no SIGINT: Ctrl-C then ends Jest, the shell removes all
 * temporary files, and the rest ends with it.
 */
const SCRIPT = `trap '[ -n "$POOL_KEEP_LOGS" ] || rm -rf "$TMPDIR"' EXIT
trap 'exit 130' INT TERM
TMPDIR=$(mktemp -d) || exit
export TMPDIR
ip link set lo up && ip route add local ${POD_NETWORK} dev lo || exit
"$@"`;

function main(): number {
  try {
    readPoolEnvironment();
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
  const jest = createRequire(`${process.cwd()}/`).resolve('jest/bin/jest');
  const command = [process.execPath, jest, '--config', 'jest.pools.config.js', '--runInBand', ...process.argv.slice(2)];
  const root = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const namespaces = ['--net', '--pid', '--fork', '--kill-child', '--mount', '--mount-proc'];
  const { status, error } = spawnSync('unshare', [...root, ...namespaces, 'sh', '-c', SCRIPT, 'sh', ...command], {
    stdio: 'inherit',
  });
  if (error) console.error(`unshare (util-linux) and ip (iproute2) are needed: ${error.message}`);
  return status ?? 1;
}

process.exitCode = main();
