import { equalLabels, matchingLabels, metricName } from '../metrics/matcher-shapes';
import type { Matcher } from '../metrics/promql';
import type { Finding } from '../preflight/finding';
import { error, throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { atLeast, duration, findingsOf, flag, integer, matching, propertyOf, shape, text } from '../shapes/shape';
import type { OptionalShapes, RequiredShapes } from '../shapes/struct';
import { structOf } from '../shapes/struct';
import { cron, timeZone } from './cron';
import type {
  CustomSignalOptions,
  GatewaySignalOptions,
  LatencySignalOptions,
  PerReplicaOptions,
  RatePerReplicaOptions,
  ScheduleSignalOptions,
} from './signal-options';
import type { EngineSignalName } from './signal-catalogue';
import type { SignalSpec } from './signal-spec';

/** KEDA passes targets on in thousandths: a smaller one becomes 0, which the autoscaler refuses. */
const MIN_TARGET = 0.001;
const positive = atLeast(MIN_TARGET);
const perReplica = { perReplica: positive };
const triggerName = matching(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/, 'a name of lower-case letters, digits and "-"');
const seriesSelector = matching(
  /^[a-zA-Z_:][a-zA-Z0-9_:]*(\{[^{}]*\})?$/,
  'a metric with its labels, for example up{job="router"}',
);
const matchers = equalLabels('set it in patterns instead');

function checked<T extends object>(
  factory: string,
  options: T,
  required: RequiredShapes<T>,
  optional: OptionalShapes<T>,
): void {
  throwOnErrors(`Signal.${factory}`, findingsOf(options, '', structOf<T>(required, optional)));
}

/** A counter is set completely or not at all: half of it would be mixed with what the gateway of the stack counts. */
function counterFindings({ metric, matchers: equal, patterns, presence }: GatewaySignalOptions): Finding[] {
  if (metric !== undefined) {
    if (equal !== undefined || patterns !== undefined) {
      const both = Object.keys(equal ?? {}).filter((label) => Object.hasOwn(patterns ?? {}, label));
      const problem = 'is in matchers too';
      return both.map((label) => error('wrong-value', propertyOf('patterns', label), problem, 'keep one of them'));
    }
    const problem = `is unset, but metric is "${metric}": the counter would include every service behind the gateway`;
    const fix = 'set the labels that select the requests for this stack, or remove metric to use gatewayTraffic';
    return [error('missing-property', 'matchers', problem, fix)];
  }
  return Object.entries({ matchers: equal, patterns, presence })
    .filter(([, value]) => value !== undefined)
    .map(([property]) => {
      const problem = 'is set, but metric is unset: without metric, the series come from gatewayTraffic of the stack';
      return error('wrong-value', property, problem, `set metric too, or remove ${property}`);
    });
}

/**
 * A signal that the scaler follows.
 */
export class Signal {
  /**
   * Requests that run or wait in all engines: the whole load, known without delay and linear in replicas. The default
   * signal.
   *
   * `perReplica` is 30 by default: 0.47 of a batch of 64, or of `engine.maxNumSeqs` if that is smaller. Raise it after
   * a load test.
   */
  public static inFlightRequests(options: PerReplicaOptions = {}): Signal {
    return Signal.engine('inFlightRequests', 'in-flight-requests', options, {}, perReplica);
  }

  /**
   * Share of the KV cache in use, summed over replicas: the second default signal, for long prompts.
   *
   * `perReplica` is 0.8 by default; at most 1.
   */
  public static kvCacheUse(options: PerReplicaOptions = {}): Signal {
    const share = shape<number>(
      `a share from ${MIN_TARGET} to 1`,
      (value) => typeof value === 'number' && value >= MIN_TARGET && value <= 1,
    );
    return Signal.engine('kvCacheUse', 'kv-cache-use', options, {}, { perReplica: share });
  }

  /**
   * Requests that wait. The number is 0 while capacity is sufficient, so replicas swing between minimum and maximum.
   * The library warns about that.
   *
   * `perReplica` is 5 by default.
   */
  public static queuedRequests(options: PerReplicaOptions = {}): Signal {
    return Signal.engine('queuedRequests', 'queued-requests', options, {}, perReplica);
  }

  /** Answered requests per second: vLLM counts a request after its answer. A full replica reports a constant rate. */
  public static requestRate(options: RatePerReplicaOptions): Signal {
    return Signal.engine('requestRate', 'request-rate', options, perReplica, {});
  }

  /** Generated tokens per second. A target near the capacity of a replica is never exceeded: stay below 70 % of it. */
  public static generatedTokens(options: RatePerReplicaOptions): Signal {
    return Signal.engine('generatedTokens', 'generated-tokens', options, perReplica, {});
  }

  /** Prompt tokens per second, for services whose work is prefill. */
  public static promptTokens(options: RatePerReplicaOptions): Signal {
    return Signal.engine('promptTokens', 'prompt-tokens', options, perReplica, {});
  }

  /**
   * Time in the queue. It rises only after replicas are overloaded, then without limit. The library warns about that.
   */
  public static queueTime(options: LatencySignalOptions): Signal {
    return Signal.latency('queueTime', 'queue-time', options);
  }

  /**
   * Time to first token. It rises only after replicas are overloaded, then without limit. The library warns about that.
   */
  public static timeToFirstToken(options: LatencySignalOptions): Signal {
    return Signal.latency('timeToFirstToken', 'time-to-first-token', options);
  }

  /**
   * Requests per second at a gateway in front of the stack. vLLM's own metrics end with the last replica; this one
   * does not. Either the stack has `gatewayTraffic` or `routes`, or the signal has `metric` and `matchers`.
   */
  public static gatewayRequests(options: GatewaySignalOptions): Signal {
    const counter = { metric: metricName, matchers, patterns: matchingLabels, presence: seriesSelector };
    checked('gatewayRequests', options, perReplica, { name: triggerName, ...counter });
    throwOnErrors('Signal.gatewayRequests', counterFindings(options));
    const { name = 'gateway-requests', metric, patterns = {}, presence, perReplica: target } = options;
    const matched = Object.entries(patterns).map(([label, matches]) => [label, { matches }]);
    const selects: Readonly<Record<string, Matcher>> = { ...options.matchers, ...Object.fromEntries(matched) };
    const own = metric === undefined ? undefined : { metric, matchers: selects, presence };
    return new Signal(FACTORY, { of: 'gateway', name, counter: own, target });
  }

  /** A minimum number of replicas at a time of day: capacity is ready before the load rises. */
  public static schedule(options: ScheduleSignalOptions): Signal {
    checked('schedule', options, { timeZone, start: cron, end: cron, replicas: integer(1) }, { name: triggerName });
    if (options.start === options.end) {
      const problem = `is "${options.end}", the same time as start`;
      throwOnErrors('Signal.schedule', [error('wrong-value', 'end', problem, 'set another time')]);
    }
    const { name = 'schedule', timeZone: zone, start, end, replicas } = options;
    return new Signal(FACTORY, { of: 'schedule', name, timeZone: zone, start, end, replicas });
  }

  /** Any PromQL. */
  public static custom(options: CustomSignalOptions): Signal {
    checked('custom', options, { name: triggerName, query: text, target: positive }, { total: flag, unchecked: flag });
    const { name, query, target, total = true, unchecked = false } = options;
    return new Signal(FACTORY, { of: 'custom', name, query, target, perReplica: total, unchecked });
  }

  private static engine<T extends PerReplicaOptions>(
    factory: string,
    name: EngineSignalName,
    options: T,
    required: RequiredShapes<T>,
    optional: OptionalShapes<T>,
  ): Signal {
    checked(factory, options, required, optional);
    return new Signal(FACTORY, { of: 'engine', name, target: options.perReplica });
  }

  private static latency(factory: string, name: EngineSignalName, options: LatencySignalOptions): Signal {
    checked(factory, options, { target: duration('Duration.seconds(2)') }, { percentile: integer(1, 99) });
    const { target, percentile = 95 } = options;
    return new Signal(FACTORY, { of: 'engine', name, target: target.toMilliseconds() / 1000, percentile });
  }

  /** @internal */
  public readonly _spec: SignalSpec;

  private constructor(caller: typeof FACTORY, spec: SignalSpec) {
    brandMade(this, 'Signal', caller);
    this._spec = spec;
  }
}
