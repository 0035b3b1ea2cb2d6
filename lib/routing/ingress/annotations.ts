import { gapOf } from '../gateway/gap';
import type { IngressKind } from './ingress-facts';
import type { IngressEntry } from './model-ingress';

/** What annotations are made of. */
interface Limits {
  readonly ingress: IngressEntry;
  /** Seconds of a whole response; 0 for no limit. */
  readonly requestTimeout: number;
  /** MiB. */
  readonly maxBodySize: number;
}

type Annotations = (limits: Limits) => Readonly<Record<string, string>>;

/**
 * Both controllers with NGINX end a stream at the first gap of 60 s, and refuse bodies over 1 MB. `proxy-next-upstream` is
 * off so that no prompt is computed twice: NGINX itself repeats a POST only if it was not sent, but the configuration of
 * the controller may change that (retry-non-idempotent).
 */
const NGINX_RETRY = 'off';

/** Seconds without a unit (kubernetes/ingress-nginx docs/user-guide/nginx-configuration/annotations.md, Custom timeouts). */
const ingressNginx: Annotations = (limits) => {
  const prefix = 'nginx.ingress.kubernetes.io';
  const gap = `${gapOf(limits.requestTimeout)}`;
  return {
    [`${prefix}/proxy-read-timeout`]: gap,
    [`${prefix}/proxy-send-timeout`]: gap,
    // Off by default; the ConfigMap of the controller may set it.
    [`${prefix}/proxy-buffering`]: 'off',
    [`${prefix}/proxy-body-size`]: `${limits.maxBodySize}m`,
    [`${prefix}/proxy-next-upstream`]: NGINX_RETRY,
  };
};

/**
 * Times with a unit (nginx/documentation
 * content/nic/configuration/ingress-resources/advanced-configuration-with-annotations.md). An invalid value makes the
 * controller ignore the whole Ingress. NGINX collects responses by default.
 */
const nginx: Annotations = (limits) => {
  const gap = `${gapOf(limits.requestTimeout)}s`;
  return {
    'nginx.org/proxy-read-timeout': gap,
    'nginx.org/proxy-send-timeout': gap,
    'nginx.org/proxy-buffering': 'False',
    'nginx.org/client-max-body-size': `${limits.maxBodySize}m`,
    // Since 5.4.
    'nginx.org/proxy-next-upstream': NGINX_RETRY,
  };
};

/** Ports of the load balancer. Port 80 is closed with TLS: a redirect would come after the API key was sent. */
const listenPorts = (isHttps: boolean): string => JSON.stringify([isHttps ? { HTTPS: 443 } : { HTTP: 80 }]);

/**
 * kubernetes-sigs/aws-load-balancer-controller docs/guide/ingress/annotations.md. The Services have the type ClusterIP, so
 * targets are the addresses of the pods. The load balancer asks `/` by default, which vLLM answers with 404. It streams,
 * has no limit for bodies, and closes a connection without bytes after 60 s by default; the maximum is 4000 s.
 */
const awsLoadBalancer: Annotations = (limits) => {
  const prefix = 'alb.ingress.kubernetes.io';
  const { tls, internetFacing } = limits.ingress;
  const certificates: Record<string, string> =
    tls !== undefined && 'certificateArns' in tls
      ? { [`${prefix}/certificate-arn`]: tls.certificateArns.join(',') }
      : {};
  return {
    [`${prefix}/scheme`]: internetFacing ? 'internet-facing' : 'internal',
    [`${prefix}/target-type`]: 'ip',
    [`${prefix}/healthcheck-path`]: '/health',
    [`${prefix}/load-balancer-attributes`]: `idle_timeout.timeout_seconds=${gapOf(limits.requestTimeout)}`,
    [`${prefix}/listen-ports`]: listenPorts(tls !== undefined),
    ...certificates,
  };
};

/**
 * projectcontour/contour site/content/docs/main/config/annotations.md: the time of the whole response, 15 s by default.
 * Contour serves a hostname with TLS on port 80 too unless `allow-http` is false.
 */
const contour: Annotations = ({ requestTimeout, ingress }) => ({
  'projectcontour.io/response-timeout': requestTimeout === 0 ? 'infinity' : `${requestTimeout}s`,
  ...(ingress.tls ? { 'kubernetes.io/ingress.allow-http': 'false' } : {}),
});

/**
 * The time without a byte, 30 s by default; HAProxy neither collects responses nor limits bodies
 * (docs.redhat.com, Route-specific annotations). An Ingress with a certificate becomes a Route that ends TLS at the router
 * (openshift/route-controller-manager pkg/route/ingress/ingress.go).
 */
const openShift: Annotations = ({ requestTimeout, ingress }) => ({
  'haproxy.router.openshift.io/timeout': `${gapOf(requestTimeout)}s`,
  ...(ingress.tls ? { 'route.openshift.io/termination': 'edge' } : {}),
});

/** The annotations without which streams end early or requests are refused. */
export const ANNOTATIONS: Readonly<Record<IngressKind, Annotations>> = {
  ingressNginx,
  nginx,
  awsLoadBalancer,
  contour,
  openShift,
  other: () => ({}),
};
