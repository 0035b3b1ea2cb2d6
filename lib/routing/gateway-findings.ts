import type { Finding } from '../preflight/finding';
import { error, notice, warning } from '../preflight/finding';
import { proxyNamespace } from './proxy-namespace';
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
  const { facts, routes } = plan;
  const from = proxyNamespace(plan.gateway, plan.namespace);
  const stacks = routes.flatMap(({ subject, backends }) =>
    backends.flatMap((backend) => backend.stacks.map((stack) => ({ subject, stack }))),
  );
  const once = stacks.filter(
    ({ stack }, index) => stacks.findIndex((each) => each.stack.what === stack.what) === index,
  );
  return once.flatMap(({ subject, stack: { what, network, namespace } }) => {
    if (network === undefined) return [];
    if (from !== undefined) {
      const own = network.ownNamespace && from === namespace;
      if (own || network.namespaces.includes(from)) return [];
      const problem = `sends requests from the namespace "${from}" of the proxies, and the NetworkPolicy of ${what} blocks them`;
      const fix = `set network: { clientNamespaces: ['${from}'] } for the stack, or proxyNamespace if they run elsewhere`;
      return [warning('gateway-shut-out', `${subject}.to`, problem, fix)];
    }
    if (facts.proxies === 'unknown') return [];
    const problem = `sends requests from outside of the pod network, and the NetworkPolicy of ${what} lets namespaces in only`;
    const fix = 'set network: { policy: false } for the stack, and write a policy for the addresses of the proxies';
    return [warning('gateway-shut-out', `${subject}.to`, problem, fix)];
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
