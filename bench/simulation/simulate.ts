import { arrivals } from './arrivals';
import { Fleet } from './fleet';
import type { Metric } from './hpa';
import { HorizontalPodAutoscaler } from './hpa';
import { Activation } from './keda';
import { Measurements } from './measure';
import type { ScalingPolicy, Trigger } from './policy';
import type { Request } from './replica';
import type { Result, Snapshot } from './result';
import { minutesOf, waited } from './result';
import type { Trace } from './traces';
import type { Workload } from './workload';

/** All inputs of a simulation. Times are whole seconds. */
export interface Scenario {
  readonly workload: Workload;
  readonly policy: ScalingPolicy;
  readonly trace: Trace;
  /** Makes gaps and responses irregular, and the same in each run. */
  readonly seed?: number;
  /** Default 15. */
  readonly scrapeInterval?: number;
  /** Period in which Prometheus finds no engine although engines run. */
  readonly outage?: { readonly from: number; readonly to: number };
  /** Ready replicas at the start. Default: the minimum of the policy, but not below 1. */
  readonly replicas?: number;
}

/** `--horizontal-pod-autoscaler-sync-period`, and its distance from the scrapes. */
const SYNC = { period: 15, phase: 7 };
/** Maximum time after the trace in which waiting requests can finish. */
const OVERTIME = 3600;

const milli = (value: number): number => Math.round(value * 1000);

/** One trigger, as KEDA returns it to the autoscaler. */
export function metricOf(trigger: Trigger, measured: number | undefined): Metric {
  const { threshold, type = 'AverageValue', spare = 0, ignoreNullValues = true } = trigger;
  const value = measured ?? (ignoreNullValues ? 0 : undefined);
  return { type, target: milli(threshold), value: value === undefined ? undefined : milli(value + spare * threshold) };
}

/** Runs the control loop over a trace. The same scenario gives the same result. */
export function simulate(scenario: Scenario): Result {
  const { workload, policy, trace, seed, scrapeInterval = 15, outage } = scenario;
  const fleet = new Fleet(workload);
  const windows = policy.triggers.map(({ signal }) => ('window' in signal ? signal.window : 0));
  const measurements = new Measurements(Math.max(...windows, scrapeInterval));
  const autoscaler = new HorizontalPodAutoscaler(Math.max(1, policy.minReplicas), policy.maxReplicas, policy.behavior);
  const keda = new Activation(policy);
  const read = (now: number): Metric[] =>
    policy.triggers.map((trigger) => metricOf(trigger, measurements.query(trigger.signal, now)));

  let desired = scenario.replicas ?? Math.max(1, policy.minReplicas);
  fleet.begin(desired);
  const changes: [number, number][] = [];
  const set = (count: number, now: number) => {
    if (count === desired) return;
    changes.push([now, count]);
    desired = count;
    fleet.scale(count, now);
  };

  const requests: Request[] = [];
  const snapshots: Snapshot[] = [];
  const source = arrivals(trace, workload, seed);
  let coming = source.next();
  let podSeconds = 0;
  let replicaSeconds = 0;
  let inFlightSeconds = 0;
  for (let now = 0; now < trace.duration; now += 1) {
    fleet.probe(now);
    if (now % scrapeInterval === 0) {
      measurements.scrape(now, fleet, outage === undefined || now < outage.from || now >= outage.to);
    }
    if (keda.polls(now)) set(keda.poll(now, read(now), desired), now);
    if (now % SYNC.period === SYNC.phase) {
      set(autoscaler.sync(now, read(now), { desired, existing: fleet.replicas, ready: fleet.ready.length }), now);
    }
    if (now % 60 === 0) snapshots.push({ time: now, ready: fleet.ready.length, desired });
    for (; !coming.done && coming.value.arrival < now + 1; coming = source.next()) {
      fleet.advance(coming.value.arrival);
      fleet.arrive(coming.value);
      requests.push(coming.value);
    }
    fleet.advance(now + 1);
    fleet.drain(now + 1);
    podSeconds += fleet.pods;
    replicaSeconds += fleet.replicas;
    inFlightSeconds += fleet.inFlight;
  }
  const { completed } = fleet;
  fleet.advance(trace.duration + OVERTIME);
  fleet.drain(trace.duration + OVERTIME);

  const end = trace.duration + OVERTIME;
  const within = requests.filter((request) => waited(request, end) <= workload.objective).length;
  return {
    requests: requests.length,
    withinObjective: requests.length === 0 ? 1 : within / requests.length,
    gpuHours: (podSeconds * workload.gpusPerReplica) / 3600,
    peakReplicas: Math.max(...changes.map(([, count]) => count), scenario.replicas ?? Math.max(1, policy.minReplicas)),
    events: changes.length,
    completed,
    meanReplicas: replicaSeconds / trace.duration,
    meanInFlight: inFlightSeconds / trace.duration,
    minutes: minutesOf(snapshots, requests, end),
    changes,
  };
}
