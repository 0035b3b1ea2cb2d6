import { setTimeout as sleep } from 'node:timers/promises';
import type { PodProcess, RunningPod } from '../world/kubelet';
import type { Any } from '../world/world-api';
import { EngineMetrics } from './engine-metrics';

/** How the engine of a version behaves. */
export interface Behaviour {
  /** Share of the requests that it answers with 500. */
  readonly errors?: number;
  /** Milliseconds until the first token, which is also the whole answer. */
  readonly latency?: number;
  /** Seconds until it is ready. */
  readonly load?: number;
}

/** The variable of the pod template with the version and its behaviour: each value is a revision of its own. */
export const VERSION = 'TEST_VERSION';

/** The value of `VERSION`. */
export const versionOf = (name: string, behaviour: Behaviour = {}): string => JSON.stringify({ name, ...behaviour });

const DEFAULTS: Required<Behaviour> = { errors: 0, latency: 5, load: 1 };

/** One engine: what the process in a pod does. */
export class EnginePod implements PodProcess {
  public ready = false;
  /** The name of the version. */
  public readonly version: string;
  public readonly metrics = new EngineMetrics();
  private readonly behaviour: Required<Behaviour>;
  private requests = 0;

  public constructor(public readonly pod: RunningPod['pod']) {
    const variables: Any[] = pod.spec.containers[0].env ?? [];
    const value = variables.find(({ name }) => name === VERSION)?.value ?? versionOf('v1');
    const { name, ...behaviour } = JSON.parse(value);
    this.version = name;
    this.behaviour = { ...DEFAULTS, ...behaviour };
    setTimeout(() => (this.ready = true), this.behaviour.load * 1000);
  }

  /** Answers a request: the status. */
  public async answer(): Promise<number> {
    const { errors, latency } = this.behaviour;
    this.metrics.running++;
    await sleep(latency);
    this.metrics.running--;
    // Every nth request fails, so that a short run has the share, too.
    this.requests++;
    const status = Math.floor(this.requests * errors) > Math.floor((this.requests - 1) * errors) ? 500 : 200;
    this.metrics.count(status, latency / 1000);
    return status;
  }

  public async stop(): Promise<void> {
    this.ready = false;
  }
}
