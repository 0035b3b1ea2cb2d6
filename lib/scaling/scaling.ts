import { throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { findingsOf, instance, integer, listOf, wholeSeconds } from '../shapes/shape';
import type { PrometheusServer } from '../metrics/prometheus-server';
import { kedaWhatToDo } from './other-names';
import { structOf } from '../shapes/struct';
import type { KedaScalingOptions, ScaleToZero, ScalingFallback, ScalingSpeed } from './keda-scaling-options';
import type { Signal } from './signal';

/** KEDA and the autoscaler count whole seconds. */
const seconds = (example: string) => wholeSeconds(example, { least: 1 });

const REPLICAS = structOf<{ replicas: number }>({ replicas: integer(1) }, {});

const KEDA = structOf<KedaScalingOptions>(
  { maxReplicas: integer(1) },
  {
    minReplicas: integer(1),
    warmPool: integer(0),
    signals: listOf(instance<Signal>('Signal', 'a Signal, for example Signal.inFlightRequests()'), 1),
    prometheus: instance<PrometheusServer>(
      'PrometheusServer',
      'PrometheusServer.at("http://prometheus.monitoring:9090")',
    ),
    rateWindow: seconds('Duration.minutes(1)'),
    speed: structOf<ScalingSpeed>(
      {},
      {
        scaleUpPods: integer(1),
        scaleDownWindow: seconds('Duration.minutes(5)'),
        scaleDownPods: integer(1),
      },
    ),
    fallback: structOf<ScalingFallback>({ replicas: integer(1) }, { failureThreshold: integer(1) }),
    scaleToZero: structOf<ScaleToZero>(
      {},
      { cooldown: seconds('Duration.minutes(30)'), pollingInterval: seconds('Duration.seconds(15)') },
    ),
  },
  kedaWhatToDo,
);

/**
 * How many replicas a stack has.
 */
export class Scaling {
  /**
   * Always the same number of replicas.
   *
   * @param replicas whole number of at least 1
   */
  public static fixed(replicas: number): Scaling {
    throwOnErrors('Scaling.fixed', findingsOf({ replicas }, '', REPLICAS));
    return new Scaling(FACTORY, replicas, undefined);
  }

  /** As many replicas as the load needs: KEDA scales on Prometheus metrics. Needs KEDA 2.20 or later in the cluster. */
  public static keda(options: KedaScalingOptions): Scaling {
    throwOnErrors('Scaling.keda', findingsOf(options, '', KEDA));
    return new Scaling(FACTORY, undefined, options);
  }

  private constructor(
    caller: typeof FACTORY,
    /** Number of replicas; undefined when a scaler sets it. */
    public readonly replicas: number | undefined,
    /** Options of the scaler; undefined when the number is fixed. */
    public readonly kedaOptions: KedaScalingOptions | undefined,
  ) {
    brandMade(this, 'Scaling', caller);
  }
}
