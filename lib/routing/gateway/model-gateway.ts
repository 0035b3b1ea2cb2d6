import { throwOnErrors } from '../../preflight/finding';
import { brandMade, FACTORY } from '../../shapes/brand';
import { annotationMap, labelMap } from '../../shapes/label-shapes';
import { findingsOf, instance, matching } from '../../shapes/shape';
import { DNS_SUBDOMAIN } from '../../shapes/kubernetes-names';
import { structOf } from '../../shapes/struct';
import { GATEWAYS } from './gateway-facts';
import type { GatewayKind } from './gateway-facts';
import type { ExistingGatewayOptions, GatewayTls, ManagedGatewayOptions } from './model-gateway-options';
import type { GatewayImplementation } from './gateway-implementation';
import { addresses, shortName } from '../routing-shapes';
import { namespace, objectName } from '../../shapes/object-names';

/** A Gateway as a plan holds it. */
export interface GatewayPlan {
  readonly kind: GatewayKind;
  readonly name: string;
  /** Undefined for the namespace of the routes. */
  readonly namespace: string | undefined;
  /** Listener that the routes attach to; undefined for all. */
  readonly listener: string | undefined;
  /** Namespace of the proxies, where the user set it. */
  readonly proxyNamespace: string | undefined;
  /** Undefined for a Gateway that exists. */
  readonly managed:
    | {
        readonly className: string;
        readonly tls: GatewayTls | undefined;
        readonly labels: Readonly<Record<string, string>>;
        readonly annotations: Readonly<Record<string, string>>;
        readonly addresses: readonly string[];
      }
    | undefined;
}

const implementation = instance<GatewayImplementation>(
  'GatewayImplementation',
  'a GatewayImplementation, for example GatewayImplementation.envoyGateway()',
);
const className = matching(DNS_SUBDOMAIN, 'the name of a GatewayClass, for example "envoy"');
const EXISTING = structOf<ExistingGatewayOptions>(
  { name: objectName, implementation },
  { namespace, listener: objectName, proxyNamespace: namespace },
);
const MANAGED = structOf<ManagedGatewayOptions>(
  { name: shortName, implementation },
  {
    className,
    namespace,
    proxyNamespace: namespace,
    tls: structOf<GatewayTls>({ secretName: objectName }, { namespace }),
    labels: labelMap(),
    annotations: annotationMap,
    addresses,
  },
);

/**
 * The Gateway of a route: the entry of a cluster.
 */
export class ModelGateway {
  /** A Gateway that exists, or that another program creates. */
  public static existing(options: ExistingGatewayOptions): ModelGateway {
    throwOnErrors('ModelGateway.existing', findingsOf(options, '', EXISTING));
    const { name, namespace: inNamespace, listener, proxyNamespace } = options;
    const kind = options.implementation._kind;
    return new ModelGateway(FACTORY, {
      kind,
      name,
      namespace: inNamespace,
      listener,
      proxyNamespace,
      managed: undefined,
    });
  }

  /** A Gateway that is emitted with the routes: one listener for each hostname, with TLS if `tls` is set. */
  public static managed(options: ManagedGatewayOptions): ModelGateway {
    const findings = findingsOf(options, '', MANAGED);
    throwOnErrors('ModelGateway.managed', findings);
    const kind = options.implementation._kind;
    const { name, namespace: inNamespace, proxyNamespace, tls, labels = {}, annotations = {} } = options;
    const known = options.className ?? GATEWAYS[kind].className;
    throwOnErrors('ModelGateway.managed', findingsOf({ className: known }, '', CLASS));
    return new ModelGateway(FACTORY, {
      kind,
      name,
      namespace: inNamespace,
      listener: undefined,
      proxyNamespace,
      managed: {
        className: known as string,
        tls,
        labels: { ...labels },
        annotations: { ...annotations },
        addresses: [...(options.addresses ?? [])],
      },
    });
  }

  /** @internal */
  public readonly _plan: GatewayPlan;

  private constructor(caller: typeof FACTORY, plan: GatewayPlan) {
    brandMade(this, 'ModelGateway', caller);
    this._plan = plan;
  }
}

/** Installations without a GatewayClass of a known name need it from the user. */
const CLASS = structOf<{ className: string }>({ className }, {});
