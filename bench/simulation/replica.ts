import type { Workload } from './workload';
import { interTokenLatency } from './workload';

/** One request of a trace. */
export interface Request {
  readonly arrival: number;
  readonly promptTokens: number;
  readonly outputTokens: number;
  /** Time at which the client gets the first token. */
  firstToken: number | undefined;
}

interface Decoding {
  readonly request: Request;
  /** Tokens that each sequence of the batch has when this one begins, and when it ends. */
  readonly start: number;
  readonly end: number;
}

/** Upper edges of vLLM's histogram of the time to first token. */
export const TTFT_BUCKETS = [
  0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640, 2560,
];

/**
 * One engine, exact between events. It serves requests in order of arrival, reads prompts one after the other, and
 * generates a token for every decoding sequence each ITL(b). So one counter is the progress of all sequences.
 */
export class Replica {
  /** Requests with a complete response. */
  completed = 0;
  /** First tokens by bucket of {@link TTFT_BUCKETS}; the last bucket has no upper edge. */
  readonly firstTokens: number[] = TTFT_BUCKETS.concat(Infinity).map(() => 0);
  private readonly queue: Request[] = [];
  private readonly reading: Request[] = [];
  private readonly decoding: Decoding[] = [];
  /** The current time, and the time up to which the progress is counted: its rate changes at events only. */
  private time: number;
  private counted: number;
  private nextEvent = Infinity;
  private nextIsEnd = false;
  private readSince = 0;
  private progress = 0;
  private reserved = 0;
  private tokens = 0;
  /** Σ prompt − start over decoding sequences: with their progress, the tokens that they hold. */
  private held = 0;

  constructor(
    readonly id: number,
    private readonly workload: Workload,
    now: number,
  ) {
    this.time = now;
    this.counted = now;
  }

  get waiting(): number {
    return this.queue.length;
  }

  get running(): number {
    return this.reading.length + this.decoding.length;
  }

  get load(): number {
    return this.queue.length + this.reading.length + this.decoding.length;
  }

  /** Used share of the KV cache. */
  get kvCacheUse(): number {
    this.count(this.time);
    const prompts = this.reading.reduce((sum, { promptTokens }) => sum + promptTokens, 0);
    return Math.min(1, (prompts + this.held + this.decoding.length * this.progress) / this.workload.kvTokens);
  }

  /** Tokens generated so far. */
  get generated(): number {
    this.count(this.time);
    return this.tokens;
  }

  /** Accepts a request now. */
  take(request: Request): void {
    this.count(this.time);
    this.queue.push(request);
    this.admit();
    this.schedule();
  }

  /** Returns the waiting requests and keeps the running ones. */
  release(): Request[] {
    return this.queue.splice(0);
  }

  /** Runs until `time`. */
  advance(time: number): void {
    while (this.nextEvent <= time) {
      this.count(this.nextEvent);
      this.time = this.nextEvent;
      if (this.nextIsEnd) this.finish();
      else this.begin();
      this.admit();
      this.schedule();
    }
    this.time = time;
  }

  private schedule(): void {
    const [read, end] = [this.readEnd(), this.decodeEnd()];
    this.nextIsEnd = end <= read;
    this.nextEvent = this.nextIsEnd ? end : read;
  }

  private readEnd(): number {
    const first = this.reading[0];
    return first ? this.readSince + first.promptTokens / this.workload.prefillRate : Infinity;
  }

  private decodeEnd(): number {
    const first = this.decoding[0];
    return first ? this.counted + Math.max(0, first.end - this.progress) * this.latency() : Infinity;
  }

  private latency(): number {
    return interTokenLatency(this.workload, this.decoding.length);
  }

  private count(time: number): void {
    if (this.decoding.length > 0) {
      const each = (time - this.counted) / this.latency();
      this.progress += each;
      this.tokens += each * this.decoding.length;
    }
    this.counted = time;
  }

  private admit(): void {
    const { maxNumSeqs, kvTokens } = this.workload;
    for (let next = this.queue[0]; next && this.running < maxNumSeqs; next = this.queue[0]) {
      const tokens = next.promptTokens + next.outputTokens;
      if (this.running > 0 && this.reserved + tokens > kvTokens) return;
      this.reserved += tokens;
      if (this.reading.length === 0) this.readSince = this.time;
      this.reading.push(next);
      this.queue.shift();
    }
  }

  /** The prompt is read: the first token. */
  private begin(): void {
    const request = this.reading.shift();
    if (!request) return;
    this.readSince = this.time;
    request.firstToken = this.time;
    const waited = this.time - request.arrival;
    const bucket = TTFT_BUCKETS.findIndex((edge) => waited <= edge);
    const at = bucket < 0 ? TTFT_BUCKETS.length : bucket;
    this.firstTokens[at] = (this.firstTokens[at] ?? 0) + 1;
    const start = this.progress;
    this.insert({ request, start, end: start + request.outputTokens });
    this.held += request.promptTokens - start;
  }

  /**
   * Keeps sequences in the order in which they end. If all responses are equal, that is the order in which they begin.
   */
  private insert(one: Decoding): void {
    let place = this.decoding.length;
    while (place > 0 && (this.decoding[place - 1]?.end ?? 0) > one.end) place -= 1;
    if (place === this.decoding.length) this.decoding.push(one);
    else this.decoding.splice(place, 0, one);
  }

  private finish(): void {
    const done = this.decoding.shift();
    if (!done) return;
    // Exact, to avoid drift.
    this.progress = done.end;
    this.held -= done.request.promptTokens - done.start;
    this.reserved -= done.request.promptTokens + done.request.outputTokens;
    this.completed += 1;
  }
}
