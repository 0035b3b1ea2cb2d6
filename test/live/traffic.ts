import { Agent, request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { GATEWAY_PORT } from '../world/istio';

const PROMPT = JSON.stringify({ model: 'llama', messages: [{ role: 'user', content: 'How are you?' }] });

/** A request without an answer of a pod. */
export interface Lost {
  /** Seconds since the start of the traffic. */
  readonly at: number;
  /** The status of the gateway, 0 for a broken connection. */
  readonly status: number;
  readonly why: string;
}

/** What was counted. */
export interface Counts {
  readonly total: number;
  /** Answers of each version, 500s too. */
  readonly byVersion: Readonly<Record<string, number>>;
  /** 500s of each version. */
  readonly errors: Readonly<Record<string, number>>;
  readonly lost: readonly Lost[];
}

/** Whether each of a few requests gets an answer of a pod. */
export async function isServed(host: string): Promise<boolean> {
  const traffic = new Traffic(host, 2);
  await sleep(200);
  const { total, lost } = await traffic.stop();
  return total > 0 && lost.length === 0;
}

/** A constant number of clients at the gateway, each with one request at a time. */
export class Traffic {
  private readonly agent: Agent;
  private readonly start = performance.now();
  private readonly byVersion = new Map<string, number>();
  private readonly errors = new Map<string, number>();
  private readonly lost: Lost[] = [];
  private total = 0;
  private running = true;
  private readonly clients: Promise<void>[];

  public constructor(
    private readonly host: string,
    clients: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: clients });
    this.clients = Array.from({ length: clients }, () => this.run());
  }

  public counts(): Counts {
    return {
      total: this.total,
      byVersion: Object.fromEntries(this.byVersion),
      errors: Object.fromEntries(this.errors),
      lost: [...this.lost],
    };
  }

  public async stop(): Promise<Counts> {
    this.running = false;
    await Promise.all(this.clients);
    this.agent.destroy();
    return this.counts();
  }

  private async run(): Promise<void> {
    while (this.running) {
      const { status, body } = await this.ask();
      this.total++;
      const version = versionOf(body);
      if (version === undefined) {
        const at = Math.round(performance.now() - this.start) / 1000;
        this.lost.push({ at, status, why: body.slice(0, 120) });
        continue;
      }
      add(this.byVersion, version);
      if (status !== 200) add(this.errors, version);
    }
  }

  private async ask(): Promise<{ status: number; body: string }> {
    const { host, agent } = this;
    const headers = { host, 'content-type': 'application/json' };
    const options = { host: '127.0.0.1', port: GATEWAY_PORT, path: '/v1/chat/completions', method: 'POST' };
    try {
      return await new Promise((resolve, reject) => {
        httpRequest({ ...options, headers, agent }, (response) => {
          text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
        })
          .once('error', reject)
          .end(PROMPT);
      });
    } catch (error) {
      return { status: 0, body: (error as Error).message };
    }
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The version of an answer; undefined if no pod gave it. */
function versionOf(body: string): string | undefined {
  try {
    return (JSON.parse(body) as { version?: string }).version;
  } catch {
    return undefined;
  }
}
