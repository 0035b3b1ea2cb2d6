import { throwOnErrors } from '../preflight/finding';
import { weight as share } from '../routing/entry-props';
import type { RouteBackend } from '../routing/targets/route-backend';
import { serviceName } from '../routing/routing-shapes';
import { namespace } from '../shapes/object-names';
import { brandMade, FACTORY } from '../shapes/brand';
import { findingsOf, flag, instance, integer } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { VllmInferenceStack } from '../stack/vllm-inference-stack';
import { backendOfStack } from '../stack/routed-stack';
import type { InferencePool } from './inference-pool';

/**
 * A Service that is not of this program: another team's, or one in front of another region.
 */
export interface ServiceTargetOptions {
  /** Name of the Service. */
  readonly name: string;

  /** Port of the Service, from 1 to 65535. */
  readonly port: number;

  /**
   * Namespace of the Service.
   *
   * @default - the namespace of the routes
   */
  readonly namespace?: string;

  /**
   * Confirms that a ReferenceGrant in the namespace of the Service lets the routes use it.
   *
   * @default false
   */
  readonly granted?: boolean;
}

const WEIGHT = structOf<{ weight?: number }>({}, { weight: share });
const STACK = structOf<{ stack: VllmInferenceStack }>(
  {
    stack: instance<VllmInferenceStack>(
      'VllmInferenceStack',
      'a VllmInferenceStack, made with new VllmInferenceStack(chart, id, { … })',
    ),
  },
  {},
);
const POOL = structOf<{ pool: InferencePool }>(
  { pool: instance<InferencePool>('InferencePool', 'an InferencePool, made with new InferencePool(chart, id, { … })') },
  {},
);
const SERVICE = structOf<ServiceTargetOptions>(
  { name: serviceName, port: integer(1, 65535) },
  { namespace, granted: flag },
);

/**
 * What receives the requests of a route.
 */
export class RouteTarget {
  /**
   * A stack of this program.
   *
   * @param stack the stack
   * @param weight its share of the requests, from 0 to 1,000,000; all targets of a route have one, or none for equal shares
   */
  public static stack(stack: VllmInferenceStack, weight?: number): RouteTarget {
    throwOnErrors('RouteTarget.stack', [...findingsOf({ stack }, '', STACK), ...findingsOf({ weight }, '', WEIGHT)]);
    return new RouteTarget(FACTORY, { ...backendOfStack(stack._parts, stack.node.path), weight });
  }

  /**
   * A pool of this program. The gateway must support InferencePools.
   *
   * @param pool the pool
   * @param weight its share of the requests, from 0 to 1,000,000; all targets of a route have one, or none for equal shares
   */
  public static pool(pool: InferencePool, weight?: number): RouteTarget {
    throwOnErrors('RouteTarget.pool', [...findingsOf({ pool }, '', POOL), ...findingsOf({ weight }, '', WEIGHT)]);
    return new RouteTarget(FACTORY, { ...pool._backend, weight });
  }

  /**
   * A Service that is not of this program. The route then needs `paths`, since those of the Service are not known.
   *
   * @param options the Service
   * @param weight its share of the requests, from 0 to 1,000,000; all targets of a route have one, or none for equal shares
   */
  public static service(options: ServiceTargetOptions, weight?: number): RouteTarget {
    throwOnErrors('RouteTarget.service', [...findingsOf(options, '', SERVICE), ...findingsOf({ weight }, '', WEIGHT)]);
    const { name, port, granted = false } = options;
    const what = `the Service "${name}"`;
    const own = {
      what,
      group: '' as const,
      kind: 'Service' as const,
      name,
      port,
      granted,
      picker: undefined,
      stacks: [],
    };
    return new RouteTarget(FACTORY, { ...own, namespace: options.namespace, weight });
  }

  /** @internal */
  public readonly _backend: RouteBackend;

  private constructor(caller: typeof FACTORY, backend: RouteBackend) {
    brandMade(this, 'RouteTarget', caller);
    this._backend = backend;
  }
}
