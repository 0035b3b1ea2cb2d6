/** Names of the Ingress controllers that the library knows. */
export type IngressKind = 'ingressNginx' | 'nginx' | 'awsLoadBalancer' | 'contour' | 'openShift' | 'other';

/** What a controller does with an Ingress. */
export interface IngressFacts {
  /** Its name in messages. */
  readonly title: string;
  /** The IngressClass that its installation creates; undefined where the user names it. */
  readonly className: string | undefined;
  /** Namespace of the proxies by default; `outside` of the pod network; `unknown`. */
  readonly proxies: { readonly namespace: string } | 'outside' | 'unknown';
  /** Whether it ignores an Ingress without a host. */
  readonly needsHosts: boolean;
  /** Whether it answers a path of the type `Exact`; where it ignores these, each path is a prefix. */
  readonly exactPaths: boolean;
  /** What makes it connect to engines with TLS, in words. */
  readonly backendTls: string;
  /** What no annotation of an Ingress sets, in words. */
  readonly outside: string;
}

const LOAD_BALANCER = 'a load balancer in front of its proxies has an idle timeout of its own, often 60 s to 4 min';

/**
 * Classes and namespaces are those of the manifests and charts of each project: kubernetes/ingress-nginx
 * deploy/static/provider/cloud/deploy.yaml, nginx/kubernetes-ingress deployments/common (docs.nginx.com, Installation with
 * Manifests), kubernetes-sigs/aws-load-balancer-controller helm/aws-load-balancer-controller/values.yaml,
 * projectcontour/contour examples/contour.
 */
export const INGRESSES: Readonly<Record<IngressKind, IngressFacts>> = {
  ingressNginx: {
    title: 'ingress-nginx',
    className: 'nginx',
    proxies: { namespace: 'ingress-nginx' },
    needsHosts: false,
    exactPaths: true,
    backendTls: "set the annotation nginx.ingress.kubernetes.io/backend-protocol: 'HTTPS'",
    // docs/user-guide/nginx-configuration/configmap.md, worker-shutdown-timeout.
    outside: `a reload of its configuration ends streams after 240 s (worker-shutdown-timeout), and ${LOAD_BALANCER}`,
  },
  nginx: {
    title: 'F5 NGINX Ingress Controller',
    className: 'nginx',
    proxies: { namespace: 'nginx-ingress' },
    // nginx/documentation content/nic/configuration/ingress-resources/basic-configuration.md, Restrictions.
    needsHosts: true,
    exactPaths: true,
    backendTls: 'set the annotation nginx.org/ssl-services to the name of the Service',
    outside: LOAD_BALANCER,
  },
  awsLoadBalancer: {
    title: 'AWS Load Balancer Controller',
    className: 'alb',
    proxies: 'outside',
    needsHosts: false,
    exactPaths: true,
    backendTls: "set the annotations alb.ingress.kubernetes.io/backend-protocol and …/healthcheck-protocol: 'HTTPS'",
    outside: 'a CDN in front of the load balancer has timeouts of its own',
  },
  contour: {
    title: 'Contour',
    className: 'contour',
    proxies: { namespace: 'projectcontour' },
    needsHosts: false,
    exactPaths: true,
    backendTls: 'set the annotation projectcontour.io/upstream-protocol.tls of the Service',
    // projectcontour/contour site/content/docs/main/configuration.md, timeouts.stream-idle-timeout.
    outside: `its own configuration ends a stream after 5 min without a byte (timeouts.stream-idle-timeout), and ${LOAD_BALANCER}`,
  },
  openShift: {
    title: 'the router of OpenShift',
    className: 'openshift-default',
    proxies: { namespace: 'openshift-ingress' },
    // openshift/route-controller-manager pkg/route/ingress/ingress.go: rules without a host and paths of the type Exact
    // are passed over.
    needsHosts: true,
    exactPaths: false,
    backendTls: "set the annotation route.openshift.io/termination: 'reencrypt'",
    outside: LOAD_BALANCER,
  },
  other: {
    title: 'this controller',
    className: undefined,
    proxies: 'unknown',
    needsHosts: false,
    exactPaths: true,
    backendTls: 'set the annotation with which the controller uses TLS',
    outside: LOAD_BALANCER,
  },
};
