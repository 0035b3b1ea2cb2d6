import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { nearest } from '../preflight/nearest';
import { show } from '../shapes/show';
import { findingsOf, shape } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { PrometheusHost } from './prometheus-host';
import { hostOf } from './prometheus-host';
import { MAX_PORT } from '../units/port';

/** The parts of an address that `addressFindings` accepts. */
export interface PrometheusAddress {
  readonly tls: boolean;
  readonly host: PrometheusHost;
  readonly port: number | undefined;
  /** Empty, or with a slash at its beginning and none at its end. */
  readonly path: string;
}

const SUBJECT = 'address';
const EXAMPLE = '"http://prometheus.monitoring:9090"';
const GIVEN = structOf<{ address: string }>(
  {
    address: shape<string>(
      `an address such as ${EXAMPLE}`,
      (value) => typeof value === 'string' && value.trim() !== '',
    ),
  },
  {},
);

/** Scheme, host with port, and the rest. A host may have brackets with colons inside. */
const PARTS = /^(https?):\/\/(\[[^\]/]*\]|[^/:]*)(?::([^/]*))?(\/.*)?$/;

/** What templates of Helm, shells and documentation have in the place of a value. No host and no path has these. */
const TEMPLATE = /[<>{}]|\$[\w(]|%\(/;

/**
 * Paths of pages and of the API itself, at the end of an address. Readers of an address append `/api/v1/query` (keda
 * pkg/scalers/prometheus_scaler.go; prometheus/client_golang api/prometheus/v1). Not `/query` and not `/metrics`, which
 * are also prefixes of servers behind one host.
 */
const PAGES =
  /\/(graph|vmui|federate|-\/(healthy|ready|reload)|api\/v1(\/(query|query_range|query_exemplars|series|labels?|targets|rules|alerts|metadata|status|write|push|receive|import|read|remote_write|remote_read)(\/.*)?)?|(?<=\/api\/prom\/)(push|query|query_range))$/;

const DNS_LABEL = /^[a-z0-9]([-a-z0-9_]*[a-z0-9])?$/;

const findingOf = (problem: string, fix: string): Finding => error('wrong-value', SUBJECT, problem, fix);

/** An address without a page and slashes at its end. */
const baseOf = (address: string): string => address.replace(/\/+$/, '').replace(PAGES, '');

/** The parts of an address without mistakes. */
export function addressOf(address: string): PrometheusAddress {
  const [, scheme, host = '', port, path = ''] = PARTS.exec(address) ?? [];
  return { tls: scheme === 'https', host: hostOf(host), port: port === undefined ? undefined : Number(port), path };
}

/** An address that cannot be one of a server with the query API of Prometheus. */
export function addressFindings(address: unknown): Finding[] {
  if (typeof address !== 'string' || address.trim() === '') return findingsOf({ address }, '', GIVEN);
  if (address.includes('@')) {
    return [findingOf('has a user name or a password, so it is not printed', 'use PrometheusAuthentication.basic')];
  }
  const [bare = ''] = address.split(/[?#]/);
  if (bare !== address) {
    const what = address[bare.length] === '?' ? 'a query' : 'a fragment';
    const problem = `is ${show(bare)} with ${what}, and /api/v1/query is appended to the address`;
    return [findingOf(problem, `use ${show(baseOf(bare))}`)];
  }
  const given = `is ${show(address)}`;
  if (TEMPLATE.test(address)) {
    return [findingOf(`${given}, a template that nothing fills in`, `give the address, such as ${EXAMPLE}`)];
  }
  // eslint-disable-next-line no-control-regex -- a line break in an address is a mistake like a space
  if (/[\s"'`\\,;|^\x00-\x1f\x7f]/.test(address)) {
    return [findingOf(`${given}, with a character that no address has`, `give an address such as ${EXAMPLE}`)];
  }
  return schemeFindings(address, given);
}

/** Scheme, and then the parts behind it, each with its own finding. */
function schemeFindings(address: string, given: string): Finding[] {
  const [, scheme, rest = ''] = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(.*)$/.exec(address) ?? [];
  if (scheme === undefined) {
    const meant = address.replace(/^(https?(?=[:/]))?:?\/*/i, '');
    const tls = /^https/i.test(address);
    return [findingOf(`${given}, without http:// or https://`, `use "${tls ? 'https' : 'http'}://${meant}"`)];
  }
  if (scheme !== 'http' && scheme !== 'https') {
    const meant = nearest(scheme, ['http', 'https']) ?? 'http';
    const problem = `${given}, and the query API of Prometheus is served by HTTP only`;
    return [findingOf(problem, `use "${meant}://${rest}"`)];
  }
  if (/^https?:\/\//.test(rest)) return [findingOf(`${given}, with two schemes`, `use "${rest}"`)];
  const [, , host, port, path = ''] = PARTS.exec(address) ?? [];
  if (host === undefined) return [findingOf(given, `give an address such as ${EXAMPLE}`)];
  const colons = rest.split('/')[0]?.match(/:/g)?.length ?? 0;
  if (colons > 1 && !/^\[.*\]$/.test(host)) {
    const problem = `${given}, with more than one ":" in its host`;
    return [
      findingOf(problem, 'use one scheme and one port, and brackets around an IPv6 address: "http://[fd00::1]:9090"'),
    ];
  }
  return [...hostFindings(host, given), ...portFindings(port, given), ...pathFindings(address, path, given)];
}

function hostFindings(host: string, given: string): Finding[] {
  if (host === '') return [findingOf(`${given}, without a host`, `give an address such as ${EXAMPLE}`)];
  const isAddress = host.startsWith('[') || /^[\d.]+$/.test(host);
  if (isAddress) {
    // Parses addresses as no pattern does; it also completes "10.0.1", which Go's client looks up as a name.
    const parsed = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).host : undefined;
    if (parsed !== undefined && (host.startsWith('[') || parsed === host)) return [];
    return [findingOf(`${given}, and ${show(host)} is no IP address`, 'correct the address, or use a name')];
  }
  const { name, service, namespace } = hostOf(host);
  const labels = name.split('.');
  const wrong = labels.find((label) => !DNS_LABEL.test(label) || label.length > 63);
  if (wrong !== undefined || name.length > 253) {
    const what =
      wrong === undefined ? 'the host has more than 253 characters' : `${show(wrong)} is no part of a name in DNS`;
    return [findingOf(`${given}, and ${what}`, `give an address such as ${EXAMPLE}`)];
  }
  const underscored = [service, namespace].find((each) => each?.includes('_'));
  if (underscored === undefined) return [];
  const problem = `${given}, and neither a Service nor a namespace can have the name ${show(underscored)}`;
  return [findingOf(problem, 'write the name as kubectl shows it: letters, digits and "-"')];
}

function portFindings(port: string | undefined, given: string): Finding[] {
  if (port === undefined || (/^[1-9]\d{0,4}$/.test(port) && Number(port) <= MAX_PORT)) return [];
  const problem = `${given}, and its port is ${port === '' ? 'empty' : show(port)}`;
  return [findingOf(problem, `give a port from 1 to ${MAX_PORT}, such as 9090, or remove ":"`)];
}

function pathFindings(address: string, path: string, given: string): Finding[] {
  const slashless = path.replace(/\/+$/, '');
  const [page] = PAGES.exec(slashless) ?? [];
  if (page !== undefined) {
    const problem = `${given}, and "${page}" is a page or a part of the API: /api/v1/query is appended to the address`;
    return [findingOf(problem, `use "${baseOf(address)}"`)];
  }
  if (slashless === path) return [];
  return [findingOf(`${given}, with a slash at its end: /api/v1/query is appended`, `use "${baseOf(address)}"`)];
}
