import type { Request } from './replica';
import { Replica } from './replica';
import type { Workload } from './workload';

interface Loading {
  readonly id: number;
  readonly readyAt: number;
}

/** All pods of a Deployment, and the gateway that sends each request to the least loaded of them. */
export class Fleet {
  /** Pods in service, oldest first. */
  readonly ready: Replica[] = [];
  /** Requests that arrived at the gateway so far. */
  arrived = 0;
  private readonly removed: Replica[] = [];
  private loading: Loading[] = [];
  private draining: Replica[] = [];
  /** Requests that wait at the gateway because no pod is ready. */
  private readonly held: Request[] = [];
  private created = 0;

  constructor(private readonly workload: Workload) {}

  /** Replicas of the Deployment; a terminating pod does not count. */
  get replicas(): number {
    return this.ready.length + this.loading.length;
  }

  /** Pods that hold GPUs. */
  get pods(): number {
    return this.replicas + this.draining.length;
  }

  /** Requests without a complete response. */
  get inFlight(): number {
    const running = [...this.ready, ...this.draining].reduce((sum, { load }) => sum + load, 0);
    return this.held.length + running;
  }

  /** Requests with a complete response. */
  get completed(): number {
    return [...this.ready, ...this.draining, ...this.removed].reduce((sum, { completed }) => sum + completed, 0);
  }

  /** Adds pods that serve from the first second. */
  begin(count: number): void {
    for (let index = 0; index < count; index += 1) this.serve(this.created++, 0);
  }

  /** Creates pods, or removes pods: first those that load, then the youngest. */
  scale(count: number, now: number): void {
    const { startup, probePeriod } = this.workload;
    while (this.replicas < count) this.loading.push({ id: this.created++, readyAt: now + startup + probePeriod });
    const back: Request[] = [];
    while (this.replicas > count) {
      if (this.loading.pop()) continue;
      const victim = this.ready.pop();
      if (!victim) break;
      back.push(...victim.release());
      this.draining.push(victim);
    }
    for (const request of back) this.route(request);
  }

  /** Puts pods into service whose probe passes now. */
  probe(now: number): void {
    const passed = this.loading.filter(({ readyAt }) => readyAt <= now);
    if (passed.length === 0) return;
    this.loading = this.loading.filter(({ readyAt }) => readyAt > now);
    for (const { id } of passed) this.serve(id, now);
    for (const request of this.held.splice(0)) this.route(request);
  }

  arrive(request: Request): void {
    this.arrived += 1;
    this.route(request);
  }

  /** Runs pods in service until `time`. */
  advance(time: number): void {
    for (const replica of this.ready) replica.advance(time);
  }

  /** Runs terminating pods until `time`, and removes those without requests. */
  drain(time: number): void {
    if (this.draining.length === 0) return;
    for (const replica of this.draining) replica.advance(time);
    this.removed.push(...this.draining.filter(({ load }) => load === 0));
    this.draining = this.draining.filter(({ load }) => load > 0);
  }

  private serve(id: number, now: number): void {
    this.ready.push(new Replica(id, this.workload, now));
  }

  private route(request: Request): void {
    let least: Replica | undefined;
    for (const replica of this.ready) if (!least || replica.load < least.load) least = replica;
    if (least) least.take(request);
    else this.held.push(request);
  }
}
