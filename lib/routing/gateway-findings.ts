import type { Finding } from '../preflight/finding';
import { error, notice, warning } from '../preflight/finding';
import { proxyClients } from './proxy-clients';
import type { RoutesPlan } from './routes-plan';

/** What the implementation does not support. */
function unsupported(plan: RoutesPlan): Finding[] {
  const { prefix, facts, routes, listAllModels, requestTimeout } = plan;
  const findings: Finding[] = [];
  const no = (subject: string, what: string, fix: string): void => {
    findings.push(error('gateway-unsupported', subject, `${what}, and ${facts.title} does not support that`, fix));
  };
  for (const { subject, match, backends } of routes) {
    if (match.method !== undefined && !facts.methods) {
      no(`${subject}.method`, `matches the method ${match.method}`, 'remove it: vLLM answers 405 to a wrong method');
    }
    if (match.contentLengthBelow !== undefined && !facts.headerPatterns) {
      no(`${subject}.contentLengthBelow`, 'matches a pattern of a header', 'use promptLength');
    }
    backends.forEach(({ kind, what }, index) => {
      if (kind !== 'InferencePool' || facts.pools) return;
      no(
        `${subject}.to[${index}]`,
        `sends requests to ${what}`,
        'use Istio, GKE or NGINX Gateway Fabric, or the stacks',
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

/** Stacks whose NetworkPolicy blocks the proxies. */
function shutOut(plan: RoutesPlan): Finding[] {
  const { facts, gateway, routes, namespace: routesNamespace } = plan;
  const proxies = proxyClients(gateway, routesNamespace);
  const stacks = routes.flatMap(({ subject, backends }) =>
    backends.flatMap((backend) => backend.stacks.map((stack) => ({ subject, stack }))),
  );
  const once = stacks.filter(({ stack }, at) => stacks.findIndex((each) => each.stack.what === stack.what) === at);
  return once.flatMap(({ subject, stack: { what, network, namespace } }) => {
    if (network === undefined) return [];
    const blocks = (from: string, fix: string): Finding[] => {
      const problem = `gets requests from ${from}, and the NetworkPolicy of ${what} blocks them`;
      return [warning('gateway-shut-out', `${subject}.to`, problem, fix)];
    };
    if (facts.proxies === 'node') {
      const fix = 'set network: { policy: false } for the stack, and let ingress in with a CiliumNetworkPolicy';
      return blocks('proxies on the nodes, which a NetworkPolicy cannot select', fix);
    }
    const ranges = proxies.ranges.filter((range) => !network.ranges.includes(range));
    if (ranges.length > 0) {
      const named = ranges.map((range) => `'${range}'`).join(', ');
      const fix = `set network: { clientRanges: [${named}] } for the stack, and add the proxy-only subnet if there is one`;
      return blocks(`the addresses ${ranges.join(' and ')} of load balancers`, fix);
    }
    const names = proxies.namespaces.filter(
      (name) => !network.namespaces.includes(name) && !(network.ownNamespace && name === namespace),
    );
    if (names.length === 0) return [];
    const fix = `set network: { clientNamespaces: ['${names[0]}'] } for the stack, or proxyNamespace if they run elsewhere`;
    return blocks(`the proxies in the namespace "${names[0]}"`, fix);
  });
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

/** Limits in front of the cluster. */
function outside({ prefix, facts, requestTimeout }: RoutesPlan): Finding[] {
  const problem = `limits streams to ${requestTimeout === 0 ? 'no time' : `${requestTimeout} s`} in the cluster; ${facts.outside}`;
  const fix = 'raise the idle and response timeouts of load balancers and CDNs in front of the cluster';
  return [notice('gateway-outside-limits', `${prefix}gateway`, problem, fix)];
}

/** Findings about the gateway of routes. */
export function gatewayFindings(plan: RoutesPlan): Finding[] {
  return [...unsupported(plan), ...shutOut(plan), ...entryFindings(plan), ...outside(plan)];
}
