import type { Finding } from '../../preflight/finding';
import { warning } from '../../preflight/finding';
import type { ProxyClients } from '../gateway/proxy-clients';
import type { RouteInput } from '../routes-plan';

/** Proxies that are neither in a known namespace nor at known addresses. */
export interface Elsewhere {
  readonly from: string;
  readonly fix: string;
  /** Whether a NetworkPolicy with IP ranges of the user may let them in. */
  readonly haveAddresses?: boolean;
}

/** Pools whose endpoint picker has a NetworkPolicy that blocks the proxies. */
export function pickerShutOut(routes: readonly RouteInput[], proxies: ProxyClients): Finding[] {
  const pools = routes.flatMap(({ subject, backends }) =>
    backends.map(({ what, picker }, index) => ({
      subject: `${subject}.to[${index}]`,
      what,
      admitted: picker?.namespaces,
    })),
  );
  const once = pools.filter(({ what }, at) => pools.findIndex((each) => each.what === what) === at);
  return once.flatMap(({ subject, what, admitted }) => {
    if (admitted === undefined) return [];
    const blocks = (from: string, fix: string): Finding[] => {
      const problem = `is ${what}, and the NetworkPolicy of its endpoint picker blocks ${from}`;
      return [warning('gateway-picker-shut-out', subject, problem, fix)];
    };
    if (proxies.ranges.length > 0) {
      return blocks('load balancers outside of the cluster', 'remove picker.network.gatewayNamespaces of the pool');
    }
    const [name] = proxies.namespaces.filter((each) => !admitted.includes(each));
    if (name === undefined) return [];
    const fix = `add '${name}' to picker.network.gatewayNamespaces of the pool`;
    return blocks(`the proxies in the namespace "${name}"`, fix);
  });
}

/** Stacks whose NetworkPolicy blocks the proxies. */
export function shutOut(routes: readonly RouteInput[], proxies: ProxyClients, elsewhere?: Elsewhere): Finding[] {
  const stacks = routes.flatMap(({ to, backends }) =>
    backends.flatMap((backend) => backend.stacks.map((stack) => ({ to, stack }))),
  );
  const once = stacks.filter(({ stack }, at) => stacks.findIndex((each) => each.stack.what === stack.what) === at);
  return once.flatMap(({ to, stack: { what, network, namespace } }) => {
    if (network === undefined) return [];
    const blocks = (from: string, fix: string): Finding[] => {
      const problem = `gets requests from ${from}, and the NetworkPolicy of ${what} blocks them`;
      return [warning('gateway-shut-out', to, problem, fix)];
    };
    if (elsewhere) {
      const isOpen = elsewhere.haveAddresses === true && network.ranges.length > 0;
      return isOpen ? [] : blocks(elsewhere.from, elsewhere.fix);
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
