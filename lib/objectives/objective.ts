import { SECONDS_OF_DAY } from '../metrics/slo';
import type { Duration } from 'cdk8s';
import { SLO } from '../defaults';
import { throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import type { Shape } from '../shapes/shape';
import { above, findingsOf, flag, shape } from '../shapes/shape';
import { show } from '../shapes/show';
import type { OptionalShapes, RequiredShapes } from '../shapes/struct';
import { structOf } from '../shapes/struct';
import { isDuration } from '../units/duration';
import { decimal } from '../units/decimal';
import type {
  AvailabilityObjectiveOptions,
  ErrorRateObjectiveOptions,
  LatencyObjectiveOptions,
} from './objective-options';
import type { LatencyKind, ObjectiveSpec } from './objective-spec';
import { timeOf } from './words';

const secondsOf = (value: Duration): number => value.toMilliseconds() / 1000;
const daysOf = (window: Duration | undefined): number =>
  window === undefined ? SLO.window : secondsOf(window) / SECONDS_OF_DAY;

const between = (allowed: string, min: number, max: number): Shape<number> =>
  shape<number>(allowed, (value) => typeof value === 'number' && value >= min && value <= max);

const percent = { min: decimal(SLO.leastTarget * 100), max: decimal(SLO.mostTarget * 100) };
const failing = { min: decimal(1 - SLO.mostTarget), max: decimal(1 - SLO.leastTarget) };

const PERCENTILE = between(
  `a percentage from ${percent.min} to ${percent.max}, for example 95`,
  percent.min,
  percent.max,
);
const BELOW = between(
  `a share from ${failing.min} to ${failing.max}, for example 0.005 for half a percent`,
  failing.min,
  failing.max,
);
const AT_LEAST = between(
  `a share from ${SLO.leastTarget} to ${SLO.mostTarget}, for example 0.999`,
  SLO.leastTarget,
  SLO.mostTarget,
);
const WITHIN = shape<Duration>('a Duration above 0 and of at most a day, for example Duration.millis(60)', (value) => {
  if (!isDuration(value)) return false;
  const seconds = secondsOf(value);
  return seconds > 0 && seconds <= SLO.longestLatency;
});

/** Days rather than their seconds: what is allowed is in days. */
const inDays = (value: unknown): string => (isDuration(value) ? timeOf(secondsOf(value)) : show(value));

const WINDOW = shape<Duration>(
  `a Duration of ${SLO.windows.join(' or ')} days, for example Duration.days(${SLO.window})`,
  (value) => isDuration(value) && SLO.windows.some((days) => days === daysOf(value)),
  inDays,
);

/** Optional properties of every promise about requests; time has no rate. */
const OPTIONAL: OptionalShapes<LatencyObjectiveOptions> = { window: WINDOW, minEventRate: above(0) };

function checked<T extends object>(
  factory: string,
  options: T,
  required: RequiredShapes<T>,
  optional: OptionalShapes<T>,
): void {
  throwOnErrors(`Objective.${factory}`, findingsOf(options, '', structOf<T>(required, optional)));
}

/**
 * A promise to clients. Recording rules, burn-rate alerts, dashboards and the guards of a canary derive from it.
 */
export class Objective {
  /**
   * Time from the arrival of a request at vLLM to its first token: queue and prefill. This is the wait that a chat user
   * notices first.
   */
  public static timeToFirstToken(options: LatencyObjectiveOptions): Objective {
    return Objective.latency('timeToFirstToken', 'time-to-first-token', options);
  }

  /**
   * Time between two tokens of a stream. Each gap counts, so a long answer weighs more than a short one. Needs vLLM 0.10.2.
   */
  public static interTokenLatency(options: LatencyObjectiveOptions): Objective {
    return Objective.latency('interTokenLatency', 'inter-token-latency', options);
  }

  /**
   * Time from the arrival of a request at vLLM to its last token. It grows with the length of the answer, which clients
   * choose: promise it only where answers have a known length.
   */
  public static endToEnd(options: LatencyObjectiveOptions): Objective {
    return Objective.latency('endToEnd', 'end-to-end', options);
  }

  /**
   * Requests that fail on the side of the service: responses 5xx, streams that the engine breaks off, and streams that it
   * rejects. Errors of the client (4xx) and clients that disconnect do not count. With `atGateway`, responses 5xx that
   * the gateway counts.
   */
  public static errorRate(options: ErrorRateObjectiveOptions): Objective {
    checked('errorRate', options, { below: BELOW }, { ...OPTIONAL, atGateway: flag });
    const { below, atGateway = false, window, minEventRate } = options;
    const kind = atGateway ? 'gateway-error-rate' : 'error-rate';
    return new Objective(FACTORY, { kind, target: decimal(1 - below), window: daysOf(window), minEventRate });
  }

  /**
   * Share of the time in which at least one replica is available, of the time in which replicas are desired. Needs
   * kube-state-metrics.
   */
  public static availability(options: AvailabilityObjectiveOptions): Objective {
    checked('availability', options, { atLeast: AT_LEAST }, { window: WINDOW });
    const { atLeast, window } = options;
    return new Objective(FACTORY, { kind: 'availability', target: atLeast, window: daysOf(window) });
  }

  private static latency(factory: string, kind: LatencyKind, options: LatencyObjectiveOptions): Objective {
    checked(factory, options, { percentile: PERCENTILE, within: WITHIN }, OPTIONAL);
    const { percentile, within, window, minEventRate } = options;
    return new Objective(FACTORY, {
      kind,
      percentile,
      within: secondsOf(within),
      window: daysOf(window),
      minEventRate,
    });
  }

  /** @internal */
  public readonly _spec: ObjectiveSpec;

  private constructor(caller: typeof FACTORY, spec: ObjectiveSpec) {
    brandMade(this, 'Objective', caller);
    this._spec = spec;
  }
}
