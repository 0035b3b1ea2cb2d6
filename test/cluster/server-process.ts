import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { basename, join } from 'node:path';

const LOG_LINES = 15;

let lifeline: string[] | undefined;

/**
 * util-linux setpriv makes the kernel kill the server when this process ends for any reason. BusyBox's setpriv does not
 * have the option and macOS has no setpriv: there, a crashed run leaves the servers running.
 */
function diesWithParent(): string[] {
  const prefix = ['setpriv', '--pdeathsig', 'KILL', '--'];
  lifeline ??= spawnSync('setpriv', [...prefix.slice(1), 'true']).status === 0 ? prefix : [];
  return lifeline;
}

/** One running server. It writes its output to a file: a pipe would keep Node running and block a server that logs a lot. */
export class ServerProcess {
  private readonly name: string;
  private readonly logFile: string;
  private readonly child: ChildProcess;
  private spawnError?: Error;

  /** @param env variables besides those of this process */
  constructor(binary: string, args: string[], folder: string, env: Readonly<Record<string, string>> = {}) {
    this.name = basename(binary);
    this.logFile = join(folder, `${this.name}.log`);
    const log = openSync(this.logFile, 'a');
    const [command = binary, ...rest] = [...diesWithParent(), binary, ...args];
    this.child = spawn(command, rest, { stdio: ['ignore', log, log], env: { ...process.env, ...env } });
    this.child.once('error', (error) => (this.spawnError = error));
    closeSync(log);
  }

  /** Why this process is not running, with the end of its log; undefined while it runs. */
  get failure(): string | undefined {
    if (this.isRunning) {
      return undefined;
    }
    const cause = this.spawnError?.message ?? `exit code ${this.child.exitCode ?? this.child.signalCode}`;
    return `${this.name} ended (${cause}). ${this.endOfLog()}`;
  }

  endOfLog(): string {
    const lines = readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-LOG_LINES);
    return `The end of ${this.name}'s log:\n${lines.map((line) => `    ${line}`).join('\n')}`;
  }

  /** SIGKILL, since a graceful stop takes seconds and the data is deleted. */
  async kill(): Promise<void> {
    if (this.isRunning) {
      const exit = once(this.child, 'exit');
      this.child.kill('SIGKILL');
      await exit;
    }
  }

  private get isRunning(): boolean {
    return !this.spawnError && this.child.exitCode === null && this.child.signalCode === null;
  }
}
