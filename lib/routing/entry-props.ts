import type { Duration, Size } from 'cdk8s';
import { ROUTING } from '../defaults';
import { error } from '../preflight/finding';
import { annotationMap, labelMap } from '../shapes/label-shapes';
import { flag, instance, integer, isObject, shape } from '../shapes/shape';
import type { Shape } from '../shapes/shape';
import { isDuration } from '../units/duration';
import { isSize, mebibytesOf } from '../units/mebibytes';
import type { OptionalShapes } from '../shapes/struct';
import type { ModelIngress } from './ingress/model-ingress';
import type { ModelGateway } from './gateway/model-gateway';
import { hostnames } from '../shapes/hostnames';

/**
 * Where requests enter, and what holds for all routes.
 */
export interface EntryProps {
  /**
   * The Gateway. Set either this or `ingress`.
   *
   * @default - an Ingress
   */
  readonly gateway?: ModelGateway;

  /**
   * The Ingress, for a cluster without a Gateway: it matches hostnames and paths only. Set either this or `gateway`.
   *
   * @default - a Gateway
   */
  readonly ingress?: ModelIngress;

  /**
   * Hostnames that the routes answer: 1 to 16, without port; `*.example.com` for all below a domain, with an Ingress for
   * one label below it.
   *
   * @default - every hostname of the Gateway's listeners, or every host
   */
  readonly hostnames?: string[];

  /**
   * Time that a whole response may take, in whole seconds up to 99,999; `Duration.seconds(0)` for no limit. A stream is
   * cut when it ends. Where a gateway ignores the field of the route, its own policy object has it. NGINX and load balancers
   * of AWS limit the time without a byte instead; they get this time, and at most an hour. Traefik limits neither.
   *
   * @default Duration.hours(1)
   */
  readonly requestTimeout?: Duration;

  /**
   * Largest body of a request, in whole MiB, where the gateway limits it (NGINX).
   *
   * @default Size.mebibytes(32)
   */
  readonly maxBodySize?: Size;

  /**
   * Let the gateway answer `GET /v1/models` with the models of all routes, without asking an engine and without an API
   * key. A client that names a model still gets the answer of its stack. Only Envoy Gateway can.
   *
   * @default - without a model in the request, the first route that accepts it answers, and lists its own model
   */
  readonly listAllModels?: boolean;

  /**
   * Labels of the routes' objects.
   *
   * @default - the recommended labels of Kubernetes
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the routes' objects.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** Seconds of a Gateway API duration: at most five digits (GEP-2257). */
const MAX_TIMEOUT = 99_999;

const requestTimeout = shape<Duration>(
  `a Duration of whole seconds up to ${MAX_TIMEOUT}, for example Duration.minutes(30); 0 for no limit`,
  (value) => {
    if (!isDuration(value)) return false;
    const seconds = value.toMilliseconds() / 1000;
    return Number.isInteger(seconds) && seconds <= MAX_TIMEOUT;
  },
);

const maxBodySize = shape<Size>('a Size of 1 to 1024 whole MiB, for example Size.mebibytes(32)', (value) => {
  if (!isSize(value)) return false;
  const mib = mebibytesOf(value);
  return Number.isInteger(mib) && mib >= 1 && mib <= 1024;
});

const gateway = instance<ModelGateway>(
  'ModelGateway',
  'a ModelGateway, for example ModelGateway.existing({ name, implementation })',
);

const ingress = instance<ModelIngress>('ModelIngress', 'a ModelIngress, for example ModelIngress.nginx()');

/** The properties of `EntryProps`; all of them are optional for the compiler. */
export const ENTRY_OPTIONAL: OptionalShapes<EntryProps> = {
  gateway,
  ingress,
  hostnames,
  requestTimeout,
  maxBodySize,
  listAllModels: flag,
  labels: labelMap(),
  annotations: annotationMap,
};

/** A struct with exactly one entry. */
export function withEntry<T extends EntryProps>(struct: Shape<T>): Shape<T> {
  return {
    ...struct,
    check: (value, subject, findings) => {
      struct.check(value, subject, findings);
      if (!isObject(value)) return;
      const { gateway: hasGateway, ingress: hasIngress } = value as Partial<EntryProps>;
      const of = (name: string): string => (subject === '' ? name : `${subject}.${name}`);
      if (hasGateway === undefined && hasIngress === undefined) {
        const fix = 'set gateway: ModelGateway.existing({ … }), or ingress for a cluster without a Gateway';
        findings.push(error('route-entry', of('gateway'), 'and ingress are unset, so no request enters', fix));
      } else if (hasGateway !== undefined && hasIngress !== undefined) {
        const fix = 'remove one of the two, or use one ModelRoutes for each';
        findings.push(error('route-entry', of('ingress'), 'is set, and gateway too', fix));
      }
    },
  };
}

/** Weight of a target. */
export const weight = integer(0, ROUTING.maxWeight);
