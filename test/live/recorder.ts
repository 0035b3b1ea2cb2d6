import { setTimeout as sleep } from 'node:timers/promises';
import type { Any } from '../world/world-api';
import { EnginePod } from './engine-pod';
import type { LiveWorld } from './live-world';
import type { Traffic } from './traffic';

/** Pods of one version. */
export interface Pods {
  readonly ready: number;
  readonly loading: number;
  /** Deleted, in their preStop hook. */
  readonly ending: number;
}

/** The state at one time. */
export interface Row {
  /** Seconds since the start of the recording. */
  readonly at: number;
  readonly phase: string;
  /** Number of completed steps. */
  readonly step: number | undefined;
  /** Per cent that the route sends to the canary. */
  readonly weight: number;
  readonly pods: Readonly<Record<string, Pods>>;
  /** Answers since the last row. */
  readonly answers: Readonly<Record<string, number>>;
  readonly lost: number;
}

/** What is recorded. */
export interface Recorded {
  readonly namespace: string;
  readonly rollout: string;
  readonly virtualService: string;
  /** The host of the canary in the route. */
  readonly canary: string;
}

const PERIOD_MS = 100;

/** All pods of a row. */
export const podCount = ({ pods }: Row): number =>
  Object.values(pods).reduce((sum, { ready, loading, ending }) => sum + ready + loading + ending, 0);

/** Records a delivery, for its time-line. */
export class Recorder {
  public readonly rows: Row[] = [];
  private readonly start = performance.now();
  private running = true;
  private readonly loop: Promise<void>;

  public constructor(
    private readonly world: LiveWorld,
    private readonly recorded: Recorded,
    private readonly traffic?: Traffic,
  ) {
    this.loop = this.run();
  }

  /** Seconds since the start. */
  public now(): number {
    return (performance.now() - this.start) / 1000;
  }

  public async stop(): Promise<readonly Row[]> {
    this.running = false;
    await this.loop;
    return this.rows;
  }

  private async run(): Promise<void> {
    let before = this.traffic?.counts();
    while (this.running) {
      const { namespace, rollout, virtualService } = this.recorded;
      const [workload, route] = await Promise.all([
        // There is none before a migration.
        this.world.api.get(`/apis/argoproj.io/v1alpha1/namespaces/${namespace}/rollouts/${rollout}`).catch(() => ({})),
        this.world.api.get(`/apis/networking.istio.io/v1/namespaces/${namespace}/virtualservices/${virtualService}`),
      ]);
      const counts = this.traffic?.counts();
      const answers = Object.entries(counts?.byVersion ?? {}).map(([version, count]) => [
        version,
        count - (before?.byVersion[version] ?? 0),
      ]);
      this.rows.push({
        at: Math.round(this.now() * 10) / 10,
        phase: workload.status?.phase ?? 'none',
        step: workload.status?.currentStepIndex,
        weight: this.weightOf(route),
        pods: this.pods(),
        answers: Object.fromEntries(answers),
        lost: (counts?.lost.length ?? 0) - (before?.lost.length ?? 0),
      });
      before = counts;
      await sleep(PERIOD_MS);
    }
  }

  private weightOf(route: Any): number {
    const destinations: Any[] = route.spec.http[0].route;
    return destinations.find(({ destination }) => destination.host === this.recorded.canary)?.weight ?? 0;
  }

  private pods(): Record<string, Pods> {
    const pods: Record<string, { ready: number; loading: number; ending: number }> = {};
    for (const { process, ending } of this.world.kubelet.podsOf(this.recorded.namespace)) {
      if (!(process instanceof EnginePod)) continue;
      const count = (pods[process.version] ??= { ready: 0, loading: 0, ending: 0 });
      count[ending ? 'ending' : process.ready ? 'ready' : 'loading']++;
    }
    return pods;
  }
}

/** One line for each change of phase, step, weight or pods, with the share of each version until the next line. */
export function timeline(rows: readonly Row[]): string {
  const lines: { row: Row; answers: Record<string, number>; lost: number }[] = [];
  const stateOf = ({ phase, step, weight, pods }: Row): string => JSON.stringify([phase, step, weight, pods]);
  for (const row of rows) {
    const last = lines.at(-1);
    // The answers of a row came before it.
    if (last !== undefined) {
      for (const [version, count] of Object.entries(row.answers))
        last.answers[version] = (last.answers[version] ?? 0) + count;
      last.lost += row.lost;
    }
    if (last === undefined || stateOf(last.row) !== stateOf(row)) lines.push({ row, answers: {}, lost: 0 });
  }
  return lines.map(({ row, answers, lost }) => lineOf(row, answers, lost)).join('\n');
}

function lineOf({ at, phase, step, weight, pods }: Row, answers: Record<string, number>, lost: number): string {
  const running = Object.entries(pods).map(([version, { ready, loading, ending }]) => {
    const parts = [`${ready}`, ...(loading ? [`${loading} loading`] : []), ...(ending ? [`${ending} ending`] : [])];
    return `${version}: ${parts.join(' + ')}`;
  });
  const total = Object.values(answers).reduce((sum, count) => sum + count, 0);
  const shares = Object.entries(answers)
    .filter(([, count]) => count > 0)
    .map(([version, count]) => `${version} ${((100 * count) / total).toFixed(1)} %`);
  const columns = [
    `${at.toFixed(1)} s`.padStart(7),
    phase.padEnd(11),
    `step ${step ?? '-'}`.padEnd(7),
    `${weight} %`.padStart(5),
    running.join(', ').padEnd(48),
    `${total} requests: ${shares.join(', ')}${lost > 0 ? `, ${lost} LOST` : ''}`,
  ];
  return columns.join('  ');
}
