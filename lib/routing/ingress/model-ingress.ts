import type { Finding } from '../../preflight/finding';
import { error, throwOnErrors } from '../../preflight/finding';
import { brandMade, FACTORY } from '../../shapes/brand';
import { DNS_SUBDOMAIN } from '../../shapes/kubernetes-names';
import { annotationMap } from '../../shapes/label-shapes';
import { findingsOf, flag, listOf, matching } from '../../shapes/shape';
import type { Shape } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import { namespace, objectName } from '../../shapes/object-names';
import type { IngressKind } from './ingress-facts';
import { INGRESSES } from './ingress-facts';
import type {
  AwsLoadBalancerIngressOptions,
  IngressOptions,
  IngressTls,
  OtherIngressOptions,
} from './model-ingress-options';

/** TLS of an Ingress: a Secret, or certificates of the cloud. */
export type IngressTlsPlan =
  { readonly secretName: string } | { readonly certificateArns: readonly string[] } | { readonly discovered: true };

/** An Ingress as a plan holds it. */
export interface IngressEntry {
  readonly kind: IngressKind;
  readonly className: string;
  readonly tls: IngressTlsPlan | undefined;
  /** Namespace of the proxies, where the user set it. */
  readonly proxyNamespace: string | undefined;
  /** Whether a load balancer of the cloud has addresses of the internet. */
  readonly internetFacing: boolean;
  /** Annotations of the user. */
  readonly annotations: Readonly<Record<string, string>>;
}

const className = matching(DNS_SUBDOMAIN, 'the name of an IngressClass, for example "nginx"');
const tls = structOf<IngressTls>({ secretName: objectName }, {});
const OPTIONS = structOf<IngressOptions>({}, { className, tls, proxyNamespace: namespace, annotations: annotationMap });
const OTHER = structOf<OtherIngressOptions>(
  { className },
  { tls, proxyNamespace: namespace, annotations: annotationMap },
);

/** An ARN of ACM or of IAM. A comma would begin the next one in the annotation. */
const arn = matching(
  /^arn:aws[a-z-]*:(acm|iam):[a-z0-9-]*:\d{12}:(certificate|server-certificate)\/[^\s,]+$/,
  'the ARN of a certificate, for example "arn:aws:acm:eu-west-1:123456789012:certificate/…"',
);
const AWS = structOf<AwsLoadBalancerIngressOptions>(
  {},
  {
    className,
    internetFacing: flag,
    certificateArns: listOf(arn, 1),
    discoverCertificates: flag,
    annotations: annotationMap,
  },
);

/**
 * The Ingress of a route, by the controller that serves it. An Ingress matches hostnames and paths only, and its Services
 * are in its own namespace; a `ModelGateway` can do more.
 */
export class ModelIngress {
  /**
   * ingress-nginx of the Kubernetes project (annotations `nginx.ingress.kubernetes.io/…`). It is retired since March 2026
   * and gets no security fixes, which is reported as a warning.
   */
  public static ingressNginx(options: IngressOptions = {}): ModelIngress {
    return ModelIngress.ofProxies('ingressNginx', 'ModelIngress.ingressNginx', options, OPTIONS);
  }

  /** F5 NGINX Ingress Controller (annotations `nginx.org/…`), version 5.4 or later. Its routes need hostnames. */
  public static nginx(options: IngressOptions = {}): ModelIngress {
    return ModelIngress.ofProxies('nginx', 'ModelIngress.nginx', options, OPTIONS);
  }

  /** AWS Load Balancer Controller: an Application Load Balancer that sends requests to the pods. */
  public static awsLoadBalancer(options: AwsLoadBalancerIngressOptions = {}): ModelIngress {
    const who = 'ModelIngress.awsLoadBalancer';
    throwOnErrors(who, findingsOf(options, '', AWS));
    const { certificateArns, discoverCertificates = false, internetFacing = false, annotations = {} } = options;
    throwOnErrors(who, certificatesTwice(options));
    return new ModelIngress(FACTORY, {
      kind: 'awsLoadBalancer',
      className: options.className ?? (INGRESSES.awsLoadBalancer.className as string),
      tls: certificateArns ? { certificateArns } : discoverCertificates ? { discovered: true } : undefined,
      proxyNamespace: undefined,
      internetFacing,
      annotations: { ...annotations },
    });
  }

  /** Contour, with Envoy as its proxy (annotations `projectcontour.io/…`). */
  public static contour(options: IngressOptions = {}): ModelIngress {
    return ModelIngress.ofProxies('contour', 'ModelIngress.contour', options, OPTIONS);
  }

  /**
   * The router of OpenShift, which makes Routes of an Ingress (annotations `haproxy.router.openshift.io/…`). Its routes
   * need hostnames, and each path includes those below it: OpenShift ignores paths of the type `Exact`.
   */
  public static openShift(options: IngressOptions = {}): ModelIngress {
    return ModelIngress.ofProxies('openShift', 'ModelIngress.openShift', options, OPTIONS);
  }

  /** Another controller. It gets no annotations but yours, and a warning lists the limits that you have to set. */
  public static other(options: OtherIngressOptions): ModelIngress {
    return ModelIngress.ofProxies('other', 'ModelIngress.other', options, OTHER);
  }

  private static ofProxies(kind: IngressKind, who: string, options: IngressOptions, expected: Shape): ModelIngress {
    throwOnErrors(who, findingsOf(options, '', expected));
    const { tls: certificate, proxyNamespace, annotations = {} } = options;
    return new ModelIngress(FACTORY, {
      kind,
      className: options.className ?? (INGRESSES[kind].className as string),
      tls: certificate && { secretName: certificate.secretName },
      proxyNamespace,
      internetFacing: false,
      annotations: { ...annotations },
    });
  }

  /** @internal */
  public readonly _plan: IngressEntry;

  private constructor(caller: typeof FACTORY, plan: IngressEntry) {
    brandMade(this, 'ModelIngress', caller);
    this._plan = plan;
  }
}

/** The controller looks for certificates only where none is named. */
function certificatesTwice({ certificateArns, discoverCertificates }: AwsLoadBalancerIngressOptions): Finding[] {
  if (certificateArns === undefined || discoverCertificates !== true) return [];
  const problem = 'is true, and the controller ignores it where certificateArns is set';
  return [error('wrong-value', 'discoverCertificates', problem, 'remove one of the two')];
}
