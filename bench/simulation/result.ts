import type { Request } from './replica';

/** One minute of a simulation. */
export interface Minute {
  /** Seconds since the start. */
  readonly time: number;
  /** Pods in service and desired pods at the start of the minute. */
  readonly ready: number;
  readonly desired: number;
  /** Requests per second that arrived in the minute. */
  readonly offered: number;
  /** Seconds to the first token of the requests that arrived in the minute; 0 without requests. */
  readonly p95: number;
  readonly worst: number;
}

/** The result of a policy for a trace. */
export interface Result {
  readonly requests: number;
  /** Share of requests with their first token within the objective, 0 to 1; 1 without requests. */
  readonly withinObjective: number;
  /** GPU-hours of pods that load, serve or terminate. */
  readonly gpuHours: number;
  readonly peakReplicas: number;
  /** How often the desired number of replicas changed. */
  readonly events: number;
  readonly completed: number;
  /** Time averages over the whole trace. */
  readonly meanReplicas: number;
  readonly meanInFlight: number;
  readonly minutes: readonly Minute[];
  /** Each change: its time and the new number of replicas. */
  readonly changes: readonly (readonly [time: number, replicas: number])[];
}

/** Smallest value that a `share` of the sorted values does not exceed. */
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;

/** Seconds to the first token; a request without one waits until the end. */
export const waited = ({ arrival, firstToken }: Request, end: number): number => (firstToken ?? end) - arrival;

export interface Snapshot {
  readonly time: number;
  readonly ready: number;
  readonly desired: number;
}

/** Requests by the minute of their arrival, joined with the pods of that minute. */
export function minutesOf(snapshots: readonly Snapshot[], requests: readonly Request[], end: number): Minute[] {
  const byMinute = snapshots.map((): number[] => []);
  for (const request of requests) byMinute[Math.floor(request.arrival / 60)]?.push(waited(request, end));
  return snapshots.map((snapshot, at) => {
    const times = (byMinute[at] ?? []).sort((a, b) => a - b);
    return { ...snapshot, offered: times.length / 60, p95: percentile(times, 0.95), worst: times.at(-1) ?? 0 };
  });
}
