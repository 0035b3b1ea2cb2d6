import { SCALING } from '../defaults';
import type { Catalogue } from '../engine/catalogue/catalogue';
import type { GatewayTrafficPlan } from '../metrics/gateway-series';
import type { MetricScope } from '../metrics/promql';
import { selector, window } from '../metrics/promql';
import { arrivals } from '../plan/gateway-rates';
import type { WorkloadFacts } from '../plan/workload-facts';
import type { EngineSignal, QueryScope } from './signal-catalogue';
import { ENGINE_SIGNALS } from './signal-catalogue';
import type { SignalSpec } from './signal-spec';

/** One trigger of the scaler. */
export type Trigger =
  | {
      readonly type: 'prometheus';
      readonly name: string;
      readonly query: string;
      readonly threshold: number;
      readonly metricType: 'AverageValue' | 'Value';
      readonly reason: string;
    }
  | {
      readonly type: 'cron';
      readonly name: string;
      readonly timeZone: string;
      readonly start: string;
      readonly end: string;
      readonly replicas: number;
    };

/** Inputs of the triggers. */
export interface TriggerInput {
  readonly scope: MetricScope;
  readonly rateWindow: number;
  /** Sequences of one engine's batch; undefined when unset. */
  readonly maxNumSeqs: number | undefined;
  /** Engines in one replica: its data-parallel ranks. */
  readonly engines: number;
  /** Undefined for a version that the library does not know. */
  readonly checked: Catalogue | undefined;
  readonly catalogue: Catalogue;
  /** An expression that is 0 while no replica runs, for a stack that scales to zero. */
  readonly noReplicas: string | undefined;
  readonly workload: WorkloadFacts;
  /** What the gateway of the stack counts; undefined where nothing is known about it. */
  readonly gateway: GatewayTrafficPlan | undefined;
}

type EngineSpec = Extract<SignalSpec, { of: 'engine' }>;
type GatewaySpec = Extract<SignalSpec, { of: 'gateway' }>;

function target(
  { name, target: set }: EngineSpec,
  signal: EngineSignal,
  { maxNumSeqs = SCALING.inFlightBatch, engines }: TriggerInput,
): [number, string] {
  if (set !== undefined) return [set, 'set in scaling.signals'];
  if (name === 'in-flight-requests') {
    const batch = Math.min(maxNumSeqs, SCALING.inFlightBatch) * engines;
    const share = Math.max(1, Math.round(SCALING.inFlightShare * batch));
    return [share, `${SCALING.inFlightShare} of a batch of ${batch} requests`];
  }
  if (signal.target === undefined) throw new Error(`${name} has no default target, and its factory requires one`);
  return [signal.target, `default: ${signal.target} ${signal.unit} per replica`];
}

/** An expression that also has an element while no replica runs. */
const orNone = (query: string, noReplicas: string | undefined): string =>
  noReplicas === undefined ? query : `${query} or ${noReplicas}`;

function engineTrigger(spec: EngineSpec, input: TriggerInput): Trigger {
  const signal = ENGINE_SIGNALS[spec.name];
  const [threshold, reason] = target(spec, signal, input);
  const { scope, catalogue, rateWindow, noReplicas } = input;
  const percentile = spec.percentile ?? 95;
  const queryScope: QueryScope = { ...scope, release: catalogue.release, rateWindow, percentile };
  const query = orNone(signal.query(queryScope), noReplicas);
  return { type: 'prometheus', name: spec.name, query, threshold, metricType: signal.metricType, reason };
}

/** A counter that does not exist yet means no load; a gateway that is not scraped is a failure. */
function gatewayQuery({ counter }: GatewaySpec, { scope, workload, gateway, rateWindow }: TriggerInput): string {
  if (counter === undefined) {
    // Without a gateway, a finding refuses the signal.
    if (gateway === undefined) return 'vector(0)';
    return arrivals(gateway, { namespace: scope.namespace, workload }, window(rateWindow));
  }
  const { metric, matchers, presence } = counter;
  const rate = `sum(rate(${selector(metric, matchers)}[${window(rateWindow)}]))`;
  return presence === undefined ? rate : `${rate} or 0 * sum(${presence})`;
}

/** The trigger of a signal. */
export function trigger(spec: SignalSpec, input: TriggerInput): Trigger {
  switch (spec.of) {
    case 'engine':
      return engineTrigger(spec, input);
    case 'gateway': {
      const { name, target: threshold } = spec;
      const query = gatewayQuery(spec, input);
      return {
        type: 'prometheus',
        name,
        query,
        threshold,
        metricType: 'AverageValue',
        reason: 'set in scaling.signals',
      };
    }
    case 'schedule': {
      const { name, timeZone, start, end, replicas } = spec;
      return { type: 'cron', name, timeZone, start, end, replicas };
    }
    case 'custom': {
      const { name, query, target: threshold, perReplica } = spec;
      const metricType = perReplica ? 'AverageValue' : 'Value';
      return { type: 'prometheus', name, query, threshold, metricType, reason: 'set in scaling.signals' };
    }
  }
}
