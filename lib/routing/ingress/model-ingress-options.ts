/**
 * The certificate of an Ingress: a Secret of the type `kubernetes.io/tls` in the namespace of the routes.
 */
export interface IngressTls {
  /** Name of the Secret. An Ingress cannot use one of another namespace. */
  readonly secretName: string;
}

/**
 * An Ingress of a controller whose proxies run in the cluster.
 */
export interface IngressOptions {
  /**
   * IngressClass.
   *
   * @default - the one that the controller installs: `nginx`, `contour` or `openshift-default`
   */
  readonly className?: string;

  /**
   * Certificate of every hostname; the routes then need hostnames.
   *
   * @default - no TLS, with a warning
   */
  readonly tls?: IngressTls;

  /**
   * Namespace of the proxies that connect to the pods. The NetworkPolicy of each stack must let them in.
   *
   * @default - where the controller installs them: `ingress-nginx`, `nginx-ingress` (F5), `projectcontour`,
   * or `openshift-ingress`
   */
  readonly proxyNamespace?: string;

  /**
   * Further annotations of the Ingress. One that the library sets too is replaced, with a warning.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * An Ingress of the AWS Load Balancer Controller: an Application Load Balancer.
 */
export interface AwsLoadBalancerIngressOptions {
  /**
   * IngressClass.
   *
   * @default 'alb'
   */
  readonly className?: string;

  /**
   * Whether clients on the internet reach the load balancer.
   *
   * @default false: the load balancer has addresses of the VPC only
   */
  readonly internetFacing?: boolean;

  /**
   * ARNs of certificates of AWS Certificate Manager or IAM, the default one first. The load balancer then listens on
   * port 443 only. It cannot use a Secret.
   *
   * @default - no TLS, with a warning, unless `discoverCertificates` is set
   */
  readonly certificateArns?: string[];

  /**
   * Let the controller choose certificates of AWS Certificate Manager by the hostnames of the routes. The load balancer
   * then listens on port 443 only. Set either this or `certificateArns`.
   *
   * @default false
   */
  readonly discoverCertificates?: boolean;

  /**
   * Further annotations of the Ingress. One that the library sets too is replaced, with a warning.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * An Ingress of a controller that the library does not know.
 */
export interface OtherIngressOptions {
  /** IngressClass. */
  readonly className: string;

  /**
   * Certificate of every hostname; the routes then need hostnames.
   *
   * @default - no TLS, with a warning
   */
  readonly tls?: IngressTls;

  /**
   * Namespace of the proxies that connect to the pods. The NetworkPolicy of each stack must let them in.
   *
   * @default - not known, and not checked
   */
  readonly proxyNamespace?: string;

  /**
   * Annotations of the Ingress: the limits of the controller for streams, as its documentation names them.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}
