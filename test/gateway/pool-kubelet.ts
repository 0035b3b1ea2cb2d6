import { setTimeout as sleep } from 'node:timers/promises';
import { podAddress } from './pool-addresses';
import type { Any, PoolApi, Stored } from './pool-api';

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
  reported: boolean | undefined;
  ending: boolean;
}

const PERIOD_MS = 100;
const NODE = 'node';

/**
 * The part of a kubelet that endpoints need: each pod gets an address, its readiness is reported, and a deleted pod
 * stops after the wait of its preStop hook. No pod is restarted.
 */
export class PoolKubelet {
  private readonly pods = new Map<string, Known>();
  private count = 0;
  private running = true;
  private readonly loop: Promise<void>;

  /** @param start starts the process of a pod, if it has one */
  public constructor(
    private readonly api: PoolApi,
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

  public async stop(): Promise<void> {
    this.running = false;
    await this.loop;
    await Promise.all([...this.pods.values()].map(({ process }) => process?.stop()));
  }

  private async run(): Promise<void> {
    while (this.running) {
      const { items } = await this.api.get('/api/v1/pods');
      await Promise.all((items as Known['pod'][]).map((pod) => this.sync(pod)));
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
    const seconds = Math.max(
      0,
      ...pod.spec.containers.map((each: Any) => each.lifecycle?.preStop?.sleep?.seconds ?? 0),
    );
    await sleep(seconds * 1000);
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

/** The node of all pods. */
export const poolNode = { apiVersion: 'v1', kind: 'Node', metadata: { name: NODE } };
