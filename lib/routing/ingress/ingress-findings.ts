import type { Finding } from '../../preflight/finding';
import { warning } from '../../preflight/finding';
import { targetNamespaces } from '../targets/namespace-findings';
import { exposureFindings } from '../paths/path-findings';
import { ingressClients } from '../gateway/proxy-clients';
import { targetSubject } from '../routes-plan';
import { shutOut } from '../targets/shut-out';
import { targetsOfRoute } from '../targets/target-findings';
import { controllerFindings } from './controller-findings';
import type { IngressPlan } from './ingress-plan';
import { reachedPathsFindings } from './reached-paths';
import { unsupported } from './unsupported';

/** Engines with TLS, to which a controller connects in the clear. */
function backendTls({ routes, facts }: IngressPlan): Finding[] {
  return routes.flatMap((route) =>
    route.backends.flatMap(({ stacks }, index) =>
      stacks
        .filter(({ https }) => https)
        .map(({ what }) => {
          const problem = `is ${what}, which serves TLS, and ${facts.title} connects in the clear`;
          const fix = `remove the certificate from the engine, or ${facts.backendTls} and acknowledge this`;
          return warning('route-backend-tls', targetSubject(route, index), problem, fix);
        }),
    ),
  );
}

/** A load balancer of the cloud, with addresses of the user's subnets. */
const OUTSIDE = {
  from: 'a load balancer outside of the pod network',
  fix: "set network: { clientRanges: ['10.0.0.0/16'] } for the stack, with the subnets of the load balancer",
  haveAddresses: true,
};

const once = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((each) => [JSON.stringify(each), each])).values(),
];

/** All findings about the routes of an Ingress. */
export function ingressFindings(plan: IngressPlan): Finding[] {
  const { routes, ingress, facts } = plan;
  const refused = unsupported(plan);
  const blocked = shutOut(routes, ingressClients(ingress), facts.proxies === 'outside' ? OUTSIDE : undefined);
  return once([
    ...routes.flatMap(targetsOfRoute),
    ...targetNamespaces(plan),
    ...exposureFindings(plan),
    ...refused,
    // Routes that differ in a header only would be reported again.
    ...(refused.length === 0 ? reachedPathsFindings(plan) : []),
    ...backendTls(plan),
    ...controllerFindings(plan),
    ...blocked,
  ]);
}
