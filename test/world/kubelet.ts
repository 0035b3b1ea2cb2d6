import { setTimeout as sleep } from 'node:timers/promises';
import { podAddress } from './addresses';
import { type Any, RefusedError, type Stored, type WorldApi } from './world-api';

/** A process that is a pod. */
export interface PodProcess {
  /** The result of the pod's readiness probe. */
  readonly ready: boolean;
  stop(): Promise<void>;
}

/** A pod that the kubelet runs. */
export interface RunningPod {
  readonly pod: { readonly metadata: Stored; readonly spec: Any };
  readonly address: string;
  /** Undefined for a pod that the engine server plays: it is ready at once. */
  readonly process: PodProcess | undefined;
}

interface Known extends RunningPod {
  /** The readiness that the API knows. */
  reported: boolean | undefined;
  /** Whether it was deleted and its preStop hook runs. */
  ending: boolean;
}

const PERIOD_MS = 100;
const NODE = 'node';

/**
 * The part of a kubelet that endpoints need: each pod gets an address, its readiness is reported, and a deleted pod
 * stops after the wait of its preStop hook. No pod is restarted.
 */
export class Kubelet {
  private readonly pods = new Map<string, Known>();
  private count = 0;
  private running = true;
  private readonly loop: Promise<void>;

  /** @param start starts the process of a pod, if it has one */
  public constructor(
    private readonly api: WorldApi,
    private readonly start: (pod: RunningPod['pod'], address: string) => Promise<PodProcess | undefined>,
  ) {
    this.loop = this.run();
  }

  /** The pods that run, by address. */
  public at(address: string): RunningPod | undefined {
    return [...this.pods.values()].find((each) => each.address === address);
  }

  /** The pods with a label. */
  public labelled(label: string, value: string): RunningPod[] {
    return [...this.pods.values()].filter(({ pod, ending }) => !ending && pod.metadata.labels?.[label] === value);
  }

  /** All pods of a namespace, also those that end: they still hold their GPUs. */
  public podsOf(namespace: string): readonly Readonly<Known>[] {
    return [...this.pods.values()].filter(({ pod }) => pod.metadata.namespace === namespace);
  }

  public async stop(): Promise<void> {
    this.running = false;
    await this.loop;
    await Promise.all([...this.pods.values()].map(({ process }) => process?.stop()));
  }

  private async run(): Promise<void> {
    while (this.running) {
      const { items } = await this.api.get('/api/v1/pods');
      await Promise.all((items as Known['pod'][]).map((pod) => this.sync(pod).catch(unlessGone)));
      await sleep(PERIOD_MS);
    }
  }

  private async sync(pod: Known['pod']): Promise<void> {
    const { uid, deletionTimestamp } = pod.metadata;
    const known = this.pods.get(uid) ?? (deletionTimestamp ? undefined : await this.begin(pod));
    if (known === undefined || known.ending) return;
    if (deletionTimestamp) {
      known.ending = true;
      void this.end(known);
      return;
    }
    const ready = known.process?.ready ?? true;
    if (known.reported === ready) return;
    known.reported = ready;
    await this.report(known, ready);
  }

  private async begin(pod: Known['pod']): Promise<Known> {
    const { name, namespace, uid } = pod.metadata;
    const address = podAddress(++this.count);
    const target = { apiVersion: 'v1', kind: 'Node', name: NODE };
    const binding = { apiVersion: 'v1', kind: 'Binding', metadata: { name }, target };
    await this.api.post(`/api/v1/namespaces/${namespace}/pods/${name}/binding`, binding);
    const known = { pod, address, process: await this.start(pod, address), reported: undefined, ending: false };
    this.pods.set(uid, known);
    return known;
  }

  private async end({ pod, process }: Known): Promise<void> {
    const { name, namespace, uid } = pod.metadata;
    const seconds = pod.spec.containers.map(({ lifecycle }: Any) => waitOf(lifecycle?.preStop));
    await sleep(Math.max(0, ...seconds) * 1000);
    await process?.stop();
    this.pods.delete(uid);
    await this.api.delete(`/api/v1/namespaces/${namespace}/pods/${name}?gracePeriodSeconds=0`);
  }

  private async report({ pod, address }: Known, ready: boolean): Promise<void> {
    const { name, namespace } = pod.metadata;
    const status = ready ? 'True' : 'False';
    const lastTransitionTime = new Date().toISOString().replace(/\.\d+/, '');
    await this.api.patch(`/api/v1/namespaces/${namespace}/pods/${name}/status`, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace },
      status: {
        phase: 'Running',
        podIP: address,
        podIPs: [{ ip: address }],
        conditions: ['Ready', 'ContainersReady'].map((type) => ({ type, status, lastTransitionTime })),
      },
    });
  }
}

/** Seconds that a hook waits: the action `sleep`, or the command of that name. */
function waitOf(hook: Any): number {
  const [command, seconds] = hook?.exec?.command ?? [];
  return command === 'sleep' ? Number(seconds) : (hook?.sleep?.seconds ?? 0);
}

/** A pod without a node is gone as soon as it is deleted, which may be before the next request about it. */
function unlessGone(error: unknown): void {
  if (!(error instanceof RefusedError && [404, 409].includes(error.status))) throw error;
}

/** The node of all pods. */
export const NODE_OBJECT = { apiVersion: 'v1', kind: 'Node', metadata: { name: NODE } };
