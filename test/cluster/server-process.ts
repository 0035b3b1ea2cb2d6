import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { basename, join } from 'node:path';

const LOG_LINES = 15;

let lifeline: string[] | undefined;

/**
 * util-linux setpriv makes the kernel kill the server when this process dies, however it dies. BusyBox's setpriv lacks
 * the option and macOS has no setpriv: a crashed run leaves the servers behind there.
 */
function diesWithParent(): string[] {
  const prefix = ['setpriv', '--pdeathsig', 'KILL', '--'];
  lifeline ??= spawnSync('setpriv', [...prefix.slice(1), 'true']).status === 0 ? prefix : [];
  return lifeline;
}

/** One running server. Its output goes to a file: a pipe would keep Node waiting and block a server that logs much. */
export class ServerProcess {
  private readonly name: string;
  private readonly logFile: string;
  private readonly child: ChildProcess;
  private spawnError?: Error;

  constructor(binary: string, args: string[], folder: string) {
    this.name = basename(binary);
    this.logFile = join(folder, `${this.name}.log`);
    const log = openSync(this.logFile, 'a');
    const [command = binary, ...rest] = [...diesWithParent(), binary, ...args];
    this.child = spawn(command, rest, { stdio: ['ignore', log, log] });
    this.child.once('error', (error) => (this.spawnError = error));
    closeSync(log);
  }

  /** Why this process is not running, with its last words, or undefined while it runs. */
  get failure(): string | undefined {
    if (this.isRunning) {
      return undefined;
    }
    const cause = this.spawnError?.message ?? `exit code ${this.child.exitCode ?? this.child.signalCode}`;
    return `${this.name} ended (${cause}). ${this.lastWords()}`;
  }

  lastWords(): string {
    const lines = readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-LOG_LINES);
    return `The end of ${this.name}'s log:\n${lines.map((line) => `    ${line}`).join('\n')}`;
  }

  /** SIGKILL, because a graceful stop takes seconds and the data is thrown away. */
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
