import type { Finding } from '../../preflight/finding';
import { error, notice, warning } from '../../preflight/finding';
import { gapOf } from './gap';
import { GATEWAYS, gatewayOfClass } from './gateway-facts';
import { proxyClients } from './proxy-clients';
import type { RoutesPlan } from '../routes-plan';
import { targetSubject } from '../routes-plan';
import { pickerShutOut, shutOut } from '../targets/shut-out';

/** What the implementation does not support. */
function unsupported(plan: RoutesPlan): Finding[] {
  const { prefix, facts, routes, listAllModels, requestTimeout } = plan;
  const findings: Finding[] = [];
  const no = (subject: string, what: string, fix: string): void => {
    findings.push(error('gateway-unsupported', subject, `${what}, and ${facts.title} does not support that`, fix));
  };
  for (const route of routes) {
    const { subject, match, backends } = route;
    if (match.method !== undefined && !facts.methods) {
      no(`${subject}.method`, `matches the method ${match.method}`, 'remove it: vLLM answers 405 to a wrong method');
    }
    if (match.contentLengthBelow !== undefined && !facts.headerPatterns) {
      no(`${subject}.contentLengthBelow`, 'matches a pattern of a header', 'use promptLength');
    }
    backends.forEach(({ kind, what }, index) => {
      if (kind !== 'InferencePool' || facts.pools) return;
      no(
        targetSubject(route, index),
        `sends requests to ${what}`,
        'use Istio, GKE or NGINX Gateway Fabric, or set the stacks as targets',
      );
    });
  }
  if (listAllModels && !facts.answers) {
    no(
      `${prefix}listAllModels`,
      'answers requests itself',
      'remove it, and give each model a hostname or a pathPrefix',
    );
  }
  if (requestTimeout === 0 && facts.timeouts === 'refused') {
    no(`${prefix}requestTimeout`, 'sets no limit for streams', 'set a long time: Duration.hours(12)');
  }
  return findings;
}

/** What is true of a Gateway that the routes only refer to, or that they create. */
function entryFindings({ prefix, gateway, namespace }: RoutesPlan): Finding[] {
  const { managed, name } = gateway;
  if (managed) {
    if (managed.tls) return [];
    const problem = `creates the Gateway "${name}" without TLS: API keys and prompts cross the network in the clear`;
    return [warning('gateway-clear-text', `${prefix}gateway`, problem, 'set tls: { secretName: … }')];
  }
  if (gateway.namespace === undefined || gateway.namespace === namespace) return [];
  const problem = `is the Gateway "${name}" in the namespace "${gateway.namespace}", whose listener must allow routes from "${namespace ?? 'default'}"`;
  return [
    notice('gateway-allowed-routes', `${prefix}gateway`, problem, 'set allowedRoutes.namespaces of its listener'),
  ];
}

/** A class of another implementation, which would ignore what is emitted for this one. */
function otherClass({ prefix, facts, gateway: { kind, managed } }: RoutesPlan): Finding[] {
  if (managed === undefined || kind === 'other') return [];
  const owner = gatewayOfClass(managed.className);
  const isOwn = owner === kind || (owner === undefined && kind !== 'gke');
  if (isOwn) return [];
  const whose =
    owner === undefined ? 'no class of GKE, which begin with "gke-l7-"' : `the class of ${GATEWAYS[owner].title}`;
  const problem = `has the className "${managed.className}", ${whose}, and the implementation ${facts.title}: limits and policies of streams would not apply`;
  return [warning('gateway-class', `${prefix}gateway`, problem, 'correct className or implementation')];
}

/** Limits that the manifests set, and those in front of the cluster. */
function outside({ prefix, facts, requestTimeout }: RoutesPlan): Finding[] {
  const limited = {
    response: requestTimeout === 0 ? 'does not limit a response' : `limits a whole response to ${requestTimeout} s`,
    gap: `limits the time without a byte to ${gapOf(requestTimeout)} s, not a whole response`,
    nothing: 'does not limit a response, whatever requestTimeout is',
  };
  const problem = `${limited[facts.limits]}; ${facts.outside}`;
  const fix = 'raise the idle and response timeouts of load balancers and CDNs in front of the cluster';
  return [notice('gateway-outside-limits', `${prefix}gateway`, problem, fix)];
}

/** Proxies that no NetworkPolicy selects. */
const ON_NODES = {
  from: 'proxies on the nodes, which a NetworkPolicy cannot select',
  fix: 'set network: { policy: false } for the stack, and let ingress in with a CiliumNetworkPolicy',
};

/** Findings about the gateway of routes. */
export function gatewayFindings(plan: RoutesPlan): Finding[] {
  const { facts, gateway, namespace, routes } = plan;
  const proxies = proxyClients(gateway, namespace);
  return [
    ...unsupported(plan),
    ...shutOut(routes, proxies, facts.proxies === 'node' ? ON_NODES : undefined),
    ...pickerShutOut(routes, proxies),
    ...entryFindings(plan),
    ...otherClass(plan),
    ...outside(plan),
  ];
}
